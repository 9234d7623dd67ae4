// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/refresh.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Refresh", text); }

//! The codes that end a set of tokens (RFC 6749 §5.2, and OpenAI's own), with what they mean.
struct End
{
    QLatin1StringView code;
    const char *message;
};

const std::array<End, 6> &ends()
{
    static constexpr const char *Expired
        = QT_TRANSLATE_NOOP("Refresh", "Your sign-in has expired.");
    static constexpr const char *Refused
        = QT_TRANSLATE_NOOP("Refresh", "The sign-in server no longer accepts your sign-in.");
    static const std::array<End, 6> list{{
        {"refresh_token_expired"_L1, Expired},
        {"token_expired"_L1, Expired},
        {"refresh_token_reused"_L1,
         QT_TRANSLATE_NOOP("Refresh", "Your sign-in was renewed somewhere else already.")},
        {"refresh_token_invalidated"_L1,
         QT_TRANSLATE_NOOP("Refresh", "Your sign-in was ended somewhere else.")},
        {"invalid_refresh_token"_L1, Refused},
        {"invalid_grant"_L1, Refused},
    }};
    return list;
}

//! What ended the tokens, in a sentence; null if nothing did.
const char *findEnd(int status, const ErrorWords &words)
{
    if (status >= 500) { // the server's trouble, whatever its body says
        return nullptr;
    }
    for (const End &end : ends()) {
        if (words.code == end.code) {
            return end.message;
        }
    }
    return status == 401 ? ends().back().message : nullptr;
}

} // namespace

RefreshOutcome readRefresh(int status, const QByteArray &body)
{
    const auto tokens = readRefreshedTokens(status, body);
    if (tokens) {
        return *tokens;
    }
    const ErrorWords words = readErrorWords(body);
    if (const char *end = findEnd(status, words)) {
        const Error said = describeTokenError(status, words);
        Error ended = describeEndedSignIn(tr(end), said.detail);
        ended.reason = said.reason;
        return RefreshFailure{RefreshFailure::Lasts::UntilSignIn, ended};
    }
    return RefreshFailure{RefreshFailure::Lasts::ForNow, tokens.error()};
}

std::optional<Error> findForeigner(const AccountKey &account, const Tokens &tokens)
{
    const auto claims = readIdToken(tokens.idToken);
    const QString id
        = claims ? claims->identity.accountId : tokens.identity.value_or(Identity()).accountId;
    if (id.isEmpty() || account.accountId.isEmpty() || id == account.accountId) {
        return std::nullopt;
    }
    return describeEndedSignIn(tr("The sign-in server answered for another account."));
}

AccountSecrets merged(const AccountSecrets &old, const Tokens &fresh, const QDateTime &now)
{
    AccountSecrets secrets = old;
    if (!fresh.refreshToken.isEmpty()) {
        secrets.refreshToken = fresh.refreshToken;
    }
    if (!fresh.idToken.isEmpty()) {
        secrets.idToken = fresh.idToken;
    }
    if (!fresh.accessToken.isEmpty()) {
        secrets.accessToken = fresh.accessToken;
        secrets.accessTokenExpiresAt = fresh.expiresIn
            ? std::optional(now.addSecs(fresh.expiresIn->count()))
            : expiryOf(fresh.accessToken);
    }
    return secrets;
}

Error describeEndedSignIn(const QString &message, const QString &detail)
{
    return {Error::Kind::AuthenticationRequired, message,
            tr("Sign in again. What you wrote, and what was answered, stays as it is."), detail};
}

Error describeUnrenewable()
{
    return describeEndedSignIn(
        tr("Your sign-in has ended, and it is not one that can be renewed."));
}

} // namespace Maestro::OAuth
