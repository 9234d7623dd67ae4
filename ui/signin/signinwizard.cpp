// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/signinwizard.h"

#include "core/after.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/signin/apikeypage.h"
#include "ui/signin/choicepage.h"
#include "ui/signin/keepingpage.h"
#include "ui/signin/progresspage.h"
#include "ui/signin/resultpage.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>

namespace Maestro {

SignInWizard::SignInWizard(const QList<SignInChoice> &choices, SignInMeans means, QWidget *parent)
    : QWizard(parent)
    , m_choices(choices)
    , m_means(std::move(means))
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
    addPages();
    setButtonText(BackButton, tr("&Back"));
    setButtonText(CancelButton, tr("Cancel"));
    setButtonText(FinishButton, tr("&Finish"));
    setMinimumSize(gridSteps(66), gridSteps(64));
    connectPages();
}

SignInWizard::~SignInWizard() = default;

void SignInWizard::addPages()
{
    setPage(ChoosePage, m_choicePage);
    if (m_means.vault) {
        m_keepingPage = new KeepingPage(*m_means.vault, this);
        setPage(KeepPage, m_keepingPage);
        connect(m_keepingPage, &KeepingPage::settled, this, &SignInWizard::goOn);
        connect(m_keepingPage, &KeepingPage::untilQuitChosen, this, &SignInWizard::keepUntilQuit);
        connect(m_keepingPage, &KeepingPage::keyringWanted, this, &SignInWizard::prepare);
    }
    setPage(KeyPage, m_keyPage);
    setPage(SignInPage, m_progressPage);
    setPage(EndPage, m_resultPage);
    setStartId(ChoosePage);
}

void SignInWizard::connectPages()
{
    connect(this, &QWizard::currentIdChanged, this, &SignInWizard::onPageChanged);
    connect(m_choicePage, &ChoicePage::chosen, this, &SignInWizard::onChosen);
    connect(m_progressPage, &ProgressPage::openBrowserRequested, this, &SignInWizard::openBrowser);
    connect(m_progressPage, &ProgressPage::copyLinkRequested, this, &SignInWizard::copyLink);
    connect(m_progressPage, &ProgressPage::addressSubmitted, this, &SignInWizard::submitAddress);
    connect(m_progressPage, &ProgressPage::retryRequested, this, &SignInWizard::startSignIn);
}

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
    m_keyPage->setChoice(m_choice);
    // Nothing of the practice provider is worth keeping.
    if (m_keepingPage && m_choice.kind != SignInChoice::Kind::Practice) {
        prepare();
    } else {
        goOn();
    }
}

void SignInWizard::prepare()
{
    if (m_isPreparing) {
        return;
    }
    const QFuture<std::optional<Error>> prepared = m_means.prepareKeeping();
    if (prepared.isFinished() && prepared.resultCount() > 0) {
        onPrepared(prepared.result());
        return;
    }
    m_isPreparing = true;
    m_choicePage->setBusy(true);
    after(this, prepared, [this](const std::optional<Error> &problem) {
        m_isPreparing = false;
        m_choicePage->setBusy(false);
        if (isVisible()) {
            onPrepared(problem);
        }
    });
}

void SignInWizard::onPrepared(const std::optional<Error> &problem)
{
    if (!problem) {
        goOn();
        return;
    }
    m_keepingPage->showProblem(*problem);
    if (currentId() == ChoosePage) {
        m_choicePage->setNextId(KeepPage);
        next();
        m_keepingPage->showProblem(*problem); // now it can take the focus
    }
}

void SignInWizard::goOn()
{
    const int following = m_choice.kind == SignInChoice::Kind::ApiKey ? KeyPage : SignInPage;
    if (currentId() == ChoosePage) {
        m_choicePage->setNextId(following);
        next();
    } else if (currentId() == KeepPage) {
        // The question is settled, and stands in nobody's way back.
        m_choicePage->setNextId(following);
        back();
        next();
    }
}

void SignInWizard::keepUntilQuit()
{
    m_means.keepUntilQuit();
    goOn();
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
    case KeepPage:
        setButtonLayout({BackButton, Stretch, CancelButton});
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
    nameButtons();
}

void SignInWizard::nameButtons()
{
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
    m_signIn = m_means.makeSignIn(m_choice, input());
    connect(m_signIn.get(), &SignIn::stageReached, m_progressPage, &ProgressPage::reach);
    connect(m_signIn.get(), &SignIn::browserRequested, this, &SignInWizard::onBrowserRequested);
    connect(m_signIn.get(), &SignIn::finished, this, &SignInWizard::onFinished);
    m_signIn->start();
}

SignInInput SignInWizard::input() const
{
    SignInInput input;
    if (m_choice.kind == SignInChoice::Kind::ApiKey) {
        input.apiKey = m_keyPage->key();
    }
    return input;
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
    if (!m_means.openBrowser(address)) {
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
    SignedIn signedIn = *result;
    if (m_means.asKept) {
        signedIn.account = m_means.asKept(signedIn.account);
    }
    m_resultPage->showResult(m_choice, signedIn);
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
