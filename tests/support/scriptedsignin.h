// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/signin.h"

namespace Maestro::Test {

//! A sign-in that goes as the test tells it to.
class ScriptedSignIn final : public SignIn
{
public:
    void start() override { started = true; }
    std::optional<Error> submitAddress(const QString &address) override
    {
        submitted.append(address);
        return refusal;
    }
    SignInStage stage() const override { return current; }
    QUrl authorizationUrl() const override { return url; }

    void reach(SignInStage stage, const QString &detail = {})
    {
        current = stage;
        Q_EMIT stageReached(stage, detail);
    }
    void requestBrowser() { Q_EMIT browserRequested(url); }
    void end(const Result<SignedIn> &result) { Q_EMIT finished(result); }

    bool started = false;
    SignInStage current = SignInStage::AuthorizationUrl;
    QUrl url;
    QStringList submitted;
    std::optional<Error> refusal;
};

} // namespace Maestro::Test
