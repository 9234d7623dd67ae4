// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/apikeypage.h"

#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/secretfield.h"
#include "ui/common/theme.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

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
    , m_key(makeSecretField(tr("API key"), this))
    , m_keeping(makeLabel({}, LabelLook::Muted, this))
    , m_problem(makeLabel({}, LabelLook::Danger, this))
{
    m_label->setText(tr("API key"));
    m_label->setBuddy(m_key);

    auto *keeping = new QHBoxLayout;
    keeping->addWidget(makeIconLabel(themeIcon(u"lock"_s, IconTint::Muted), gridSteps(2.25), this),
                       0, Qt::AlignTop);
    keeping->addWidget(m_keeping, 1);
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

    connect(m_key, &QLineEdit::textChanged, this, &ApiKeyPage::completeChanged);
    connect(m_key, &QLineEdit::textChanged, this, [this] {
        const bool odd = !isPrintableAscii(QStringView(m_key->text()).trimmed());
        m_problem->setText(
            odd ? tr("A key has no spaces or special characters; this does not look like one.")
                : QString());
    });
}

void ApiKeyPage::setChoice(const SignInChoice &choice)
{
    m_title->setText(choice.title);
    setAccessibleName(choice.title);
    m_key->setPlaceholderText(choice.keyHint);
    setKeeping({});
    clearKey();
}

void ApiKeyPage::setKeeping(const QString &keeping)
{
    const QString sent = tr("It is sent to this provider and nowhere else.");
    m_keeping->setText(keeping.isEmpty() ? sent : QString(keeping + u' ' + sent));
}

Secret ApiKeyPage::key() const { return Secret(m_key->text().trimmed().toLatin1()); }

void ApiKeyPage::clearKey()
{
    hideSecret(m_key);
    m_key->clear();
}

bool ApiKeyPage::isComplete() const
{
    const QString text = m_key->text().trimmed();
    return !text.isEmpty() && isPrintableAscii(text);
}

void ApiKeyPage::initializePage() { m_key->setFocus(); }

} // namespace Maestro
