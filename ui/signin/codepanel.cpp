// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/codepanel.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr int TickMs = 500;
constexpr double CodeScale = 2.4;

//! "A B C D": a screen reader then says the code sign by sign.
QString spelled(const QString &code)
{
    QString text;
    for (const QChar c : code) {
        text += (text.isEmpty() ? QString() : u" "_s) + c;
    }
    return text;
}

QString withoutScheme(const QUrl &address)
{
    return address.toDisplayString(QUrl::RemoveScheme).mid(2);
}

} // namespace

CodePanel::CodePanel(QWidget *parent)
    : Panel(Tone::Surface, parent)
    , m_address(makeLabel({}, LabelLook::Strong, this))
    , m_code(makeLabel({}, LabelLook::Body, this))
    , m_time(makeLabel({}, LabelLook::Small, this))
    , m_copy(new QPushButton(themeIcon(u"copy"_s), tr("Copy code"), this))
    , m_open(new QPushButton(themeIcon(u"browser"_s), tr("Open the page here"), this))
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(this->font().pointSizeF() * CodeScale);
    font.setBold(true);
    font.setLetterSpacing(QFont::PercentageSpacing, 112);
    m_code->setFont(font);
    m_code->setWordWrap(false);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setAccessibleName(tr("Code"));
    m_address->setAccessibleName(tr("Address of the page"));
    m_copy->setAccessibleName(tr("Copy code"));
    m_copy->setToolTip(tr("Copy the code; it is meant for you alone"));
    m_open->setAccessibleName(m_open->text());
    m_open->setToolTip(tr("Open the page in the browser of this computer"));
    for (QPushButton *button : {m_copy, m_open}) {
        button->setAutoDefault(false);
    }

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addWidget(m_open);
    buttons->addStretch();
    buttons->addWidget(m_time);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->setSpacing(gridSteps(1));
    layout->addWidget(makeLabel(tr("On any computer or phone, open"), LabelLook::Muted, this));
    layout->addWidget(m_address);
    layout->addWidget(makeLabel(tr("and type this code:"), LabelLook::Muted, this));
    layout->addWidget(m_code);
    layout->addLayout(buttons);
    layout->addWidget(makeLabel(tr("Give the code to nobody: whoever has you type theirs, or types "
                                   "yours, signs in as you."),
                                LabelLook::Muted, this));
    m_tick.setInterval(TickMs);
    connect(&m_tick, &QTimer::timeout, this, &CodePanel::refreshTime);
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_where); });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_userCode);
        m_copy->setText(tr("Code copied"));
    });
    hide();
}

void CodePanel::offer(const QUrl &where, const QString &userCode, const QDateTime &expiresAt)
{
    m_where = where;
    m_userCode = userCode;
    m_expiresAt = expiresAt;
    m_address->setText(withoutScheme(where));
    m_code->setText(userCode);
    m_code->setAccessibleName(tr("Code: %1").arg(spelled(userCode)));
    m_copy->setText(tr("Copy code"));
    setAccessibleName(tr("Type the code %1 at %2").arg(spelled(userCode), m_address->text()));
    refreshTime();
    m_tick.start();
    show();
    m_copy->setFocus();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void CodePanel::stop()
{
    m_tick.stop();
    m_userCode.clear();
    m_code->clear();
    hide();
}

void CodePanel::refreshTime()
{
    const qint64 left = qMax<qint64>(0, QDateTime::currentDateTimeUtc().secsTo(m_expiresAt));
    m_time->setText(
        left == 0
            ? tr("The code is no longer valid.")
            : tr("valid for %1:%2 more").arg(left / 60).arg(left % 60, 2, 10, QLatin1Char('0')));
}

} // namespace Maestro
