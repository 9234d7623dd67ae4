// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/apikeypage.h"

#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QAction>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Far longer than any key; a whole document that was pasted by mistake is cut here.
constexpr int LongestKey = 4096;

bool isPrintableAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c > u' ' && c < QChar(0x7f); });
}

} // namespace

ApiKeyPage::ApiKeyPage(QWidget *parent)
    : QWizardPage(parent)
    , m_title(makeLabel({}, LabelLook::Title, this))
    , m_label(makeLabel({}, LabelLook::Strong, this))
    , m_key(new QLineEdit(this))
    , m_show(m_key->addAction(themeIcon(u"show"_s, IconTint::Muted), QLineEdit::TrailingPosition))
    , m_problem(makeLabel({}, LabelLook::Danger, this))
{
    m_key->setMaxLength(LongestKey);
    m_key->setAccessibleName(tr("API key"));
    m_key->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase
                               | Qt::ImhSensitiveData);
    m_show->setCheckable(true);
    m_label->setText(tr("API key"));
    m_label->setBuddy(m_key);

    auto *keeping = new QHBoxLayout;
    keeping->addWidget(makeIconLabel(themeIcon(u"lock"_s, IconTint::Muted), gridSteps(2.25), this),
                       0, Qt::AlignTop);
    keeping->addWidget(makeLabel(tr("Kept in memory until you quit Maestro. It is sent to this "
                                    "provider and nowhere else."),
                                 LabelLook::Muted, this),
                       1);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridSteps(1));
    layout->addWidget(m_title);
    layout->addWidget(makeLabel(tr("Paste the key that the provider gave you. It is tried out at "
                                   "once, which costs nothing."),
                                LabelLook::Muted, this));
    layout->addSpacing(gridSteps(1));
    layout->addWidget(m_label);
    layout->addWidget(m_key);
    layout->addWidget(m_problem);
    layout->addLayout(keeping);
    layout->addStretch();

    connect(m_show, &QAction::toggled, this, &ApiKeyPage::setShown);
    connect(m_key, &QLineEdit::textChanged, this, &ApiKeyPage::completeChanged);
    connect(m_key, &QLineEdit::textChanged, this, [this] {
        const bool odd = !isPrintableAscii(QStringView(m_key->text()).trimmed());
        m_problem->setText(
            odd ? tr("A key has no spaces or special characters; this does not look like one.")
                : QString());
    });
    setShown(false);
}

void ApiKeyPage::setChoice(const SignInChoice &choice)
{
    m_title->setText(choice.title);
    setAccessibleName(choice.title);
    m_key->setPlaceholderText(choice.keyHint);
    clearKey();
}

Secret ApiKeyPage::key() const { return Secret(m_key->text().trimmed().toLatin1()); }

void ApiKeyPage::clearKey()
{
    m_key->clear();
    m_show->setChecked(false);
}

bool ApiKeyPage::isComplete() const
{
    const QString text = m_key->text().trimmed();
    return !text.isEmpty() && isPrintableAscii(text);
}

void ApiKeyPage::initializePage() { m_key->setFocus(); }

void ApiKeyPage::setShown(bool shown)
{
    m_key->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    m_show->setIcon(themeIcon(shown ? u"hide"_s : u"show"_s, IconTint::Muted));
    const QString text = shown ? tr("Hide the key") : tr("Show the key");
    m_show->setText(text);
    m_show->setToolTip(text);
    for (QToolButton *button : m_key->findChildren<QToolButton *>()) {
        button->setAccessibleName(text);
        // The field's own buttons leave the keyboard out.
        button->setFocusPolicy(Qt::TabFocus);
    }
}

} // namespace Maestro
