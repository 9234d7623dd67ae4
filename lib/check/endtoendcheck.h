// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "check/checksteps.h"
#include "core/answer.h"
#include "core/chatclient.h"
#include "core/signin.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Maestro {

//! The end-to-end check that a product owner runs and must be able to believe: a real sign-in by a
//! real person, a real request, a real stream, and what happens when something goes wrong. It
//! watches the same objects that the program works with and judges by structure, never by what the
//! answer says. Make, connect, start(); `finished` exactly once.
class EndToEndCheck : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        Provider provider;
        QString model = {};
        QString prompt = {};
        //! How to sign in; empty where there is nothing to sign in to and `account` is asked with.
        std::function<std::unique_ptr<SignIn>()> makeSignIn = {};
        AccountKey account = {};
    };

    //! "How would you write a FastAPI application that handles Stripe-based subscriptions?"
    static QString standardPrompt();

    //! `client` must outlive the check.
    EndToEndCheck(Setup setup, ChatClient &client, QObject *parent = nullptr);
    ~EndToEndCheck() override;

    void start();
    const QList<CheckStep> &steps() const { return m_steps.list(); }
    //! The sign-in while it waits for the person, to paste an address into; null otherwise.
    SignIn *signIn() const { return m_signIn.get(); }

Q_SIGNALS:
    void stepChanged(const Maestro::CheckStep &step);
    //! To be opened in a browser; see SignIn::browserRequested().
    void browserRequested(const QUrl &authorizationUrl);
    //! The answer as it comes, for showing it.
    void answerReceived(const Maestro::StreamMessages &messages);
    void finished(const Maestro::CheckReport &report);

private:
    // The sign-in.
    void beginSignIn();
    void onStage(SignInStage stage, const QString &detail);
    void onSignedIn(const Result<SignedIn> &result);
    // The answer.
    void beginAnswer();
    void onAnswer(const StreamMessages &messages);
    void onAnswerFinished(const std::optional<Error> &error);
    void judgeAnswer();
    // Error recovery.
    void beginInvalidCode();
    void submitInvalidCode(const QUrl &authorizationUrl);
    void onInvalidCodeAnswered(const Result<SignedIn> &result);
    void beginInterruption();
    void onInterruptible(const StreamMessages &messages);
    void onInterrupted(const std::optional<Error> &error);

    void run(const QString &id);
    void pass(const QString &id, const QString &detail = {});
    void fail(const QString &id, const Error &error);
    void skip(const QString &id, const QString &why);
    void announce(const QString &id);
    void dropSignIn();
    void dropStream();
    void end();

    Setup m_setup;
    ChatClient &m_client;
    CheckSteps m_steps;
    CheckReport m_report;
    AccountKey m_account;
    std::unique_ptr<SignIn> m_signIn;
    std::unique_ptr<ChatStream> m_stream;
    Answer m_answer;
    qint64 m_askedAtMs = 0;
};

} // namespace Maestro
