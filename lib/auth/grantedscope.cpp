// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/grantedscope.h"

#include <QCoreApplication>

namespace Maestro::OAuth {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("GrantedScope", text); }

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

} // namespace Maestro::OAuth
