// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinmeans.h"

#include <QPointer>

namespace Maestro {

//! A sign-in that gets on when the test says so.
class ScriptedSignIn : public SignIn
{
    Q_OBJECT

public:
    void start() override { started = true; }
    std::optional<Error> submitAddress(const QString &address) override
    {
        submitted.append(address);
        return answerToAddress;
    }
    SignInStage stage() const override { return m_stage; }
    QUrl authorizationUrl() const override
    {
        return QUrl(QStringLiteral("https://provider.example/authorize?state=st4te"));
    }

    void reach(SignInStage stage)
    {
        m_stage = stage;
        Q_EMIT stageReached(stage, {});
    }
    void reachAllUntil(SignInStage last)
    {
        for (int stage = 0; stage <= static_cast<int>(last); ++stage) {
            reach(static_cast<SignInStage>(stage));
        }
    }
    void expect(const AccountKey &account) override { expected = account; }
    void keepOther() override { keptOther = true; }
    bool canRetry() const override { return retryable; }
    void retry() override { ++retries; }

    void offerCode()
    {
        Q_EMIT codeOffered(QUrl(QStringLiteral("https://provider.example/device")),
                           QStringLiteral("WXYZ-1234"),
                           QDateTime::currentDateTimeUtc().addSecs(880));
    }
    void findOther(const Account &account) { Q_EMIT otherAccountFound(account); }
    void reach(SignInStage stage, const QString &detail)
    {
        m_stage = stage;
        Q_EMIT stageReached(stage, detail);
    }
    void askForBrowser() { Q_EMIT browserRequested(authorizationUrl()); }
    void finish(const Result<SignedIn> &result) { Q_EMIT finished(result); }
    void failAt(SignInStage stage, const Error &error)
    {
        m_stage = stage;
        Q_EMIT finished(error);
    }

    bool started = false;
    QStringList submitted;
    std::optional<Error> answerToAddress;
    std::optional<AccountKey> expected;
    bool keptOther = false;
    bool retryable = false;
    int retries = 0;

private:
    SignInStage m_stage = SignInStage::AuthorizationUrl;
};

//! Hands out scripted sign-ins and remembers what for.
struct SignInScript
{
    QList<SignInChoice> choices{
        {QStringLiteral("openai"),
         QStringLiteral("Sign in with OpenAI"),
         QStringLiteral("Opens your browser. Works with a ChatGPT or OpenAI account."),
         SignInChoice::Kind::Browser,
         QStringLiteral("OpenAI"),
         {},
         {},
         {},
         true,
         QStringLiteral("openai-key"),
         QStringLiteral("chatgpt")},
        {QStringLiteral("chatgpt"),
         QStringLiteral("Continue with ChatGPT"),
         QStringLiteral("In your browser. Answers run on your ChatGPT Plus or Pro plan."),
         SignInChoice::Kind::Browser,
         QStringLiteral("ChatGPT"),
         {},
         {},
         QUrl(QStringLiteral("https://chatgpt.com/settings/usage"))},
        {QStringLiteral("openai-key"), QStringLiteral("OpenAI API key"),
         QStringLiteral("Use a key of the OpenAI platform."), SignInChoice::Kind::ApiKey,
         QStringLiteral("OpenAI"), QStringLiteral("sk-…")},
        {QStringLiteral("anthropic-key"), QStringLiteral("Anthropic API key"),
         QStringLiteral("Use a key of the Claude console."), SignInChoice::Kind::ApiKey,
         QStringLiteral("Anthropic"), QStringLiteral("sk-ant-…")},
        {QStringLiteral("gemini-key"), QStringLiteral("Gemini API key"),
         QStringLiteral("Use a key of Google AI Studio."), SignInChoice::Kind::ApiKey,
         QStringLiteral("Gemini"), QStringLiteral("AIza…")},
        {QStringLiteral("compatible"), QStringLiteral("OpenAI-compatible server"),
         QStringLiteral("By its address: on this computer, in your company, or elsewhere."),
         SignInChoice::Kind::Server, QStringLiteral("Your server")},
        {QStringLiteral("practice"), QStringLiteral("Try without an account"),
         QStringLiteral(
             "The practice provider runs on this computer. Its answers do not come from a model."),
         SignInChoice::Kind::Practice, QStringLiteral("Practice provider")},
    };
    QList<std::pair<SignInChoice, SignInInput>> made;
    QPointer<ScriptedSignIn> signIn;
    QList<QUrl> opened;
    bool browserWorks = true;

    SignInMeans means()
    {
        SignInMeans means;
        means.makeSignIn = [this](const SignInChoice &choice, const SignInInput &input) {
            made.append({choice, input});
            auto result = std::make_unique<ScriptedSignIn>();
            signIn = result.get();
            return result;
        };
        means.openBrowser = [this](const QUrl &address) {
            opened.append(address);
            return browserWorks;
        };
        means.describeProxy
            = [](const SignInChoice &) { return QStringLiteral("HTTP proxy proxy.example:3128"); };
        means.versions = QStringLiteral("Maestro 9.9");
        return means;
    }
};

inline Account openAiAccount()
{
    return {.key = {QStringLiteral("openai"), AccountKey::Type::OAuth, QStringLiteral("acct-1")},
            .email = QStringLiteral("ada@example.org"),
            .name = QStringLiteral("Ada Lovelace"),
            .plan = QStringLiteral("plus"),
            .organization = QStringLiteral("Analytical Engines")};
}

} // namespace Maestro
