// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/signinwizard.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/signin/apikeypage.h"
#include "ui/signin/choicepage.h"
#include "ui/signin/progresspage.h"
#include "ui/signin/resultpage.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>

namespace Maestro {

SignInWizard::SignInWizard(const QList<SignInChoice> &choices, MakeSignIn makeSignIn,
                           OpenBrowser openBrowser, QWidget *parent)
    : QWizard(parent)
    , m_choices(choices)
    , m_makeSignIn(std::move(makeSignIn))
    , m_openBrowser(std::move(openBrowser))
    , m_choicePage(new ChoicePage(choices, this))
    , m_keyPage(new ApiKeyPage(this))
    , m_progressPage(new ProgressPage(this))
    , m_resultPage(new ResultPage(this))
{
    setWindowTitle(tr("Sign in"));
    setWindowIcon(applicationIcon());
    // One look on every desktop; the pages bring their own headings.
    setWizardStyle(QWizard::ClassicStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    setPage(ChoosePage, m_choicePage);
    setPage(KeyPage, m_keyPage);
    setPage(SignInPage, m_progressPage);
    setPage(EndPage, m_resultPage);
    setStartId(ChoosePage);
    setButtonText(BackButton, tr("&Back"));
    setButtonText(CancelButton, tr("Cancel"));
    setButtonText(FinishButton, tr("&Finish"));
    setMinimumSize(gridSteps(66), gridSteps(64));

    connect(this, &QWizard::currentIdChanged, this, &SignInWizard::onPageChanged);
    connect(m_choicePage, &ChoicePage::chosen, this, &SignInWizard::onChosen);
    connect(m_progressPage, &ProgressPage::openBrowserRequested, this, &SignInWizard::openBrowser);
    connect(m_progressPage, &ProgressPage::copyLinkRequested, this, &SignInWizard::copyLink);
    connect(m_progressPage, &ProgressPage::addressSubmitted, this, &SignInWizard::submitAddress);
    connect(m_progressPage, &ProgressPage::retryRequested, this, &SignInWizard::startSignIn);
}

SignInWizard::~SignInWizard() = default;

void SignInWizard::choose(const QString &choiceId)
{
    for (int i = 0; i < m_choices.size(); ++i) {
        if (m_choices[i].id == choiceId) {
            onChosen(i);
            return;
        }
    }
}

void SignInWizard::onChosen(int index)
{
    m_choice = m_choices[index];
    const bool needsKey = m_choice.kind == SignInChoice::Kind::ApiKey;
    m_keyPage->setChoice(m_choice);
    m_choicePage->setNextId(needsKey ? KeyPage : SignInPage);
    next();
}

void SignInWizard::onPageChanged(int page)
{
    if (page == SignInPage) {
        startSignIn();
    } else if (page != EndPage) {
        dropSignIn();
    }
    switch (page) {
    case ChoosePage:
        setButtonLayout({Stretch, CancelButton});
        break;
    case KeyPage:
        setButtonText(NextButton, tr("Use this key"));
        setButtonLayout({BackButton, Stretch, CancelButton, NextButton});
        break;
    // It goes on by itself once the sign-in has worked.
    case SignInPage:
        setButtonLayout({BackButton, Stretch, CancelButton});
        break;
    case EndPage:
        setButtonLayout({Stretch, FinishButton});
        break;
    default:
        break;
    }
    for (const WizardButton which : {BackButton, NextButton, CancelButton, FinishButton}) {
        if (QAbstractButton *each = button(which)) {
            each->setAccessibleName(each->text().remove(u'&'));
        }
    }
}

void SignInWizard::startSignIn()
{
    dropSignIn();
    m_progressPage->begin(m_choice);
    m_signIn = m_makeSignIn(
        m_choice, m_choice.kind == SignInChoice::Kind::ApiKey ? m_keyPage->key() : Secret());
    connect(m_signIn.get(), &SignIn::stageReached, m_progressPage, &ProgressPage::reach);
    connect(m_signIn.get(), &SignIn::browserRequested, this, &SignInWizard::onBrowserRequested);
    connect(m_signIn.get(), &SignIn::finished, this, &SignInWizard::onFinished);
    m_signIn->start();
}

void SignInWizard::dropSignIn()
{
    if (m_signIn) {
        // It may be in the middle of one of its own signals.
        m_signIn->disconnect(this);
        m_signIn->disconnect(m_progressPage);
        m_signIn.release()->deleteLater();
    }
}

void SignInWizard::onBrowserRequested(const QUrl &address)
{
    if (!m_openBrowser(address)) {
        m_progressPage->showBrowserProblem();
    }
}

void SignInWizard::openBrowser()
{
    if (m_signIn) {
        onBrowserRequested(m_signIn->authorizationUrl());
    }
}

void SignInWizard::copyLink()
{
    if (m_signIn) {
        QGuiApplication::clipboard()->setText(
            m_signIn->authorizationUrl().toString(QUrl::FullyEncoded));
    }
}

void SignInWizard::submitAddress(const QString &address)
{
    if (!m_signIn) {
        return;
    }
    if (const std::optional<Error> error = m_signIn->submitAddress(address)) {
        m_progressPage->showAddressProblem(*error);
    } else {
        m_progressPage->addressTaken();
    }
}

void SignInWizard::onFinished(const Result<SignedIn> &result)
{
    const SignInStage stage = m_signIn->stage();
    dropSignIn();
    if (!result) {
        m_progressPage->fail(stage, result.error());
        return;
    }
    m_keyPage->clearKey();
    m_progressPage->succeed();
    m_resultPage->showResult(m_choice, *result);
    next();
    Q_EMIT accountAdded(result->account, result->noKey);
}

void SignInWizard::done(int result)
{
    dropSignIn();
    m_keyPage->clearKey();
    QWizard::done(result);
}

} // namespace Maestro
