// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/signin.h"

namespace Maestro {

//! A sign-in that cannot even begin: it says why, where every sign-in says it.
class RefusedSignIn final : public SignIn
{
    Q_OBJECT

public:
    explicit RefusedSignIn(const Error &error);

    void start() override;
    std::optional<Error> submitAddress(const QString &address) override;
    SignInStage stage() const override { return SignInStage::AuthorizationUrl; }
    QUrl authorizationUrl() const override { return {}; }

private:
    Error m_error;
};

} // namespace Maestro
