// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "practice/practiceform.h"

#include <QStringList>

namespace Maestro::Practice {

struct AuthorizationRequest
{
    QString clientId;
    QString redirectUri; //!< as it was sent: it is compared as text (RFC 6749 §4.1.3)
    QString codeChallenge;
    QString state;
    QString scope;

    friend bool operator==(const AuthorizationRequest &, const AuthorizationRequest &) = default;
};
//! What is wrong with the parameters of an authorization request, a sentence each; empty if nothing
//! is.
QStringList problemsOf(const Parameters &parameters);
//! Of parameters that problemsOf() found nothing wrong with.
AuthorizationRequest readAuthorizationRequest(const Parameters &parameters);

} // namespace Maestro::Practice
