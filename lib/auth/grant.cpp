// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/grant.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Grant", text); }

} // namespace

std::optional<Error> findMissingScope(const OAuthProfile &profile, const Tokens &tokens)
{
    const QStringList granted = tokens.scopes.value_or(profile.scopes);
    if (profile.requiredScope.isEmpty() || granted.contains(profile.requiredScope)) {
        return std::nullopt;
    }
    return Error{
        Error::Kind::ConsentRequired,
        tr("You signed in, but did not allow Maestro to use your %1 plan.").arg(profile.name),
        tr("Sign in again and allow it when you are asked. Nothing has been kept."),
        profile.requiredScope};
}

Result<Identity> readIdentity(const OAuthProfile &profile, const Tokens &tokens)
{
    const bool isOpenId = profile.scopes.contains(u"openid"_s);
    if (!isOpenId && tokens.idToken.isEmpty()) {
        return tokens.identity.value_or(Identity());
    }
    if (tokens.idToken.isEmpty()) { // OpenID Connect Core §3.1.3.3
        return Error{Error::Kind::InvalidResponse,
                     tr("The sign-in server did not say who signed in."),
                     tr("Start the sign-in again."), u"id_token"_s};
    }
    const auto claims = readIdToken(tokens.idToken);
    if (!claims) {
        return claims.error();
    }
    return claims->identity;
}

Account toAccount(const OAuthProfile &profile, const Identity &identity)
{
    return {
        .key = {profile.provider, AccountKey::Type::OAuth, identity.accountId},
        .email = identity.email,
        .name = identity.name,
        .plan = identity.plan,
        .organization = identity.organization,
        .project = identity.project,
        .clientId = profile.issuedClient ? profile.clientId : QString(),
    };
}

} // namespace Maestro::OAuth
