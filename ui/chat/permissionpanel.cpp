// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/permissionpanel.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! The field scrolls beyond this.
constexpr int MostLines = 6;
constexpr qsizetype LongestQuestion = 300;

//! Breakable everywhere: a long address must not widen the window, nor hide its end.
QString wrappable(const QString &text)
{
    QString broken = text.left(LongestQuestion);
    if (broken.size() < text.size()) {
        broken += u'…';
    }
    for (qsizetype i = broken.size() - 1; i > 0; --i) {
        if (!broken[i].isLowSurrogate() && !broken[i].isSpace() && !broken[i].isMark()) {
            broken.insert(i, QChar(0x200b)); // ZERO WIDTH SPACE
        }
    }
    return broken;
}

} // namespace

PermissionPanel::PermissionPanel(QWidget *parent)
    : Panel(Tone::Notice, parent)
    , m_title(makeLabel({}, LabelLook::Strong, this))
    , m_arguments(new QPlainTextEdit(this))
    , m_question(makeLabel({}, LabelLook::Body, this))
    , m_refuse(new QPushButton(tr("&Don't allow"), this))
    , m_allow(new QPushButton(tr("&Allow once"), this))
{
    m_arguments->setReadOnly(true);
    m_arguments->setTabChangesFocus(true);
    m_arguments->setFrameShape(QFrame::NoFrame);
    m_arguments->viewport()->setAutoFillBackground(false);
    m_arguments->document()->setDocumentMargin(0);
    m_arguments->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_arguments->setAccessibleName(tr("What the tool is run with"));
    m_refuse->setAccessibleName(tr("Don't allow"));
    m_refuse->setToolTip(tr("The model is told that it may not"));
    m_allow->setAccessibleName(tr("Allow once"));
    m_allow->setToolTip(tr("Run it this time; you are asked again for the next"));

    auto *text = new QVBoxLayout;
    text->setSpacing(gridSteps(0.75));
    text->addWidget(m_title);
    text->addWidget(m_question);
    text->addWidget(m_arguments);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.25), gridSteps(1.5), gridSteps(1.25));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(makeIconLabel(themeIcon(u"tool"_s, IconTint::Accent), gridSteps(3), this), 0,
                      Qt::AlignTop);
    layout->addLayout(text, 1);
    layout->addWidget(m_refuse, 0, Qt::AlignTop);
    layout->addWidget(m_allow, 0, Qt::AlignTop);

    connect(m_refuse, &QPushButton::clicked, this, [this] { answer(false); });
    connect(m_allow, &QPushButton::clicked, this, [this] { answer(true); });
    hide();
}

void PermissionPanel::ask(const ToolQuestion &question)
{
    m_callId = question.callId;
    m_title->setText(tr("The model wants to use the tool %1").arg(question.tool));
    m_question->setText(wrappable(question.question));
    m_arguments->setPlainText(
        QString::fromUtf8(QJsonDocument(question.arguments).toJson()).trimmed());
    const int lines = std::clamp(m_arguments->document()->blockCount(), 1, MostLines);
    m_arguments->setFixedHeight(m_arguments->fontMetrics().lineSpacing() * lines + gridSteps(1.5));
    setAccessibleName(question.question);
    setAccessibleDescription(m_title->text());
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void PermissionPanel::answer(bool allowed)
{
    dismiss();
    Q_EMIT answered(m_callId, allowed);
}

void PermissionPanel::dismiss() { hide(); }

} // namespace Maestro
