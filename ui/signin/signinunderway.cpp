// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/signinunderway.h"

#include "ui/signin/progresspage.h"

#include <QClipboard>
#include <QGuiApplication>

namespace Maestro {

SignInUnderWay::SignInUnderWay(const SignInMeans &means, ProgressPage &page, QObject *parent)
    : QObject(parent)
    , m_means(means)
    , m_page(page)
{
    connectPage();
}

SignInUnderWay::~SignInUnderWay() = default;

void SignInUnderWay::connectPage()
{
    connect(&m_page, &ProgressPage::openBrowserRequested, this, &SignInUnderWay::openBrowser);
    connect(&m_page, &ProgressPage::copyLinkRequested, this, &SignInUnderWay::copyLink);
    connect(&m_page, &ProgressPage::addressSubmitted, this, &SignInUnderWay::submitAddress);
    connect(&m_page, &ProgressPage::retryRequested, this, &SignInUnderWay::retry);
    connect(&m_page, &ProgressPage::restartRequested, this, &SignInUnderWay::restartRequested);
    connect(&m_page, &ProgressPage::keepOtherRequested, this, &SignInUnderWay::keepOther);
}

void SignInUnderWay::start(const SignInChoice &choice, const SignInInput &input)
{
    drop();
    m_page.begin({.choice = choice,
                  .route = input.route,
                  .proxy = m_means.describeProxy ? m_means.describeProxy(choice) : QString(),
                  .versions = m_means.versions,
                  .listsModels = m_means.fetchModels != nullptr});
    m_signIn = m_means.makeSignIn(choice, input);
    connectSignIn();
    if (input.again) {
        m_signIn->expect(*input.again);
    }
    m_signIn->start();
}

void SignInUnderWay::connectSignIn()
{
    connect(m_signIn.get(), &SignIn::stageReached, &m_page, &ProgressPage::reach);
    connect(m_signIn.get(), &SignIn::codeOffered, &m_page, &ProgressPage::offerCode);
    connect(m_signIn.get(), &SignIn::otherAccountFound, &m_page, &ProgressPage::askAboutOther);
    connect(m_signIn.get(), &SignIn::browserRequested, this, &SignInUnderWay::showInBrowser);
    connect(m_signIn.get(), &SignIn::finished, this, &SignInUnderWay::onFinished);
}

void SignInUnderWay::drop()
{
    if (m_signIn) {
        // It may be in the middle of one of its own signals.
        m_signIn->disconnect(this);
        m_signIn->disconnect(&m_page);
        m_signIn.release()->deleteLater();
    }
}

void SignInUnderWay::showInBrowser(const QUrl &address)
{
    if (!m_means.openBrowser(address)) {
        m_page.showBrowserProblem();
    }
}

void SignInUnderWay::openBrowser()
{
    if (m_signIn) {
        showInBrowser(m_signIn->authorizationUrl());
    }
}

void SignInUnderWay::copyLink()
{
    if (m_signIn) {
        QGuiApplication::clipboard()->setText(
            m_signIn->authorizationUrl().toString(QUrl::FullyEncoded));
    }
}

void SignInUnderWay::submitAddress(const QString &address)
{
    if (!m_signIn) {
        return;
    }
    if (const std::optional<Error> error = m_signIn->submitAddress(address)) {
        m_page.showAddressProblem(*error);
    } else {
        m_page.addressTaken();
    }
}

void SignInUnderWay::retry()
{
    if (!m_signIn || !m_signIn->canRetry()) {
        Q_EMIT restartRequested();
        return;
    }
    m_page.goOn();
    m_signIn->retry();
}

void SignInUnderWay::keepOther()
{
    if (m_signIn) {
        m_page.goOn();
        m_signIn->keepOther();
    }
}

void SignInUnderWay::onFinished(const Result<SignedIn> &result)
{
    if (result) {
        drop();
        Q_EMIT succeeded(*result);
        return;
    }
    const SignInStage stage = m_signIn->stage();
    const bool canRetry = m_signIn->canRetry();
    if (!canRetry) {
        drop();
    }
    m_page.fail(stage, result.error(), canRetry);
}

} // namespace Maestro
