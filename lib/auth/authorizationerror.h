// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

namespace Maestro::OAuth {

//! The words of an error answer, in whichever shape a server gave them.
struct ErrorWords
{
    QString code; //!< `error`, or `error.code`
    QString description; //!< `error_description`, `error.message` or `detail`

    friend bool operator==(const ErrorWords &, const ErrorWords &) = default;
};

//! What an `error` on the redirect means (RFC 6749 §4.1.2.1, and OpenAI's own account errors).
Error describeAuthorizationError(const QString &code, const QString &description);

//! What an error of the token endpoint means (RFC 6749 §5.2, RFC 8693 §2.2.2, and OpenAI's own).
Error describeTokenError(int status, const ErrorWords &words);

//! Signed in, but the account gives out no API key: what that means, with the ways forward.
Error describeMissingOrganization(const QString &detail);
//! The same where the account has one, or none is what the server complains of.
Error describeRefusedKey(const QString &detail);

//! Where a person makes the organization that an API key needs.
QUrl organizationPage();

//! The provider registers no client for this account: some accounts it does not connect at all.
Error describeRefusedRegistration(const QString &provider, const QString &detail);
//! The provider does not know the client any more that it made for this account.
Error describeLostRegistration(const QString &provider, const QString &detail);

} // namespace Maestro::OAuth
