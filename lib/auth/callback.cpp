// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/callback.h"

#include "auth/authorizationerror.h"
#include "auth/fields.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Callback", text); }

//! A redirect carries five or six parameters.
constexpr int MostParameters = 32;
//! As long as the longest request line that the listener takes.
constexpr qsizetype LongestAddress = 8 * 1024;

ForeignCallback malformed()
{
    return {{Error::Kind::InvalidRequest, tr("That address cannot be read."),
             tr("Copy the whole address again from the browser's address bar.")}};
}

ForeignCallback otherAttempt()
{
    return {{Error::Kind::StateMismatch, tr("This address belongs to an earlier attempt."),
             tr("Finish the sign-in that was opened last, or start it again.")}};
}

ForeignCallback otherIssuer()
{
    return {{Error::Kind::StateMismatch, tr("This address comes from another sign-in server."),
             tr("Finish the sign-in in the page that Maestro opened.")}};
}

RefusedCallback withoutCode()
{
    return {{Error::Kind::InvalidResponse, tr("The sign-in server sent no authorization code."),
             tr("Start the sign-in again.")}};
}

//! The part between `?` and `#`, of an address as it was pasted.
QByteArray queryOf(const QByteArray &address)
{
    const qsizetype hash = address.indexOf('#');
    const QByteArray withoutFragment = hash < 0 ? address : address.first(hash);
    const qsizetype question = withoutFragment.indexOf('?');
    return question < 0 ? QByteArray() : withoutFragment.mid(question + 1);
}

//! The part before the query and the fragment.
QByteArray placeOf(const QByteArray &address)
{
    for (qsizetype i = 0; i < address.size(); ++i) {
        if (address[i] == '?' || address[i] == '#') {
            return address.left(i);
        }
    }
    return address;
}

//! The same redirect on another of the profile's ports: where an earlier attempt listened.
bool isEarlierPlace(const QByteArray &place, const OAuthProfile &profile)
{
    const auto *loopback = std::get_if<LoopbackRedirect>(&profile.redirect);
    return loopback != nullptr
        && std::any_of(loopback->ports.begin(), loopback->ports.end(), [&](quint16 port) {
               return place == redirectUri(profile, port).toLatin1();
           });
}

Callback readCodeHashState(const QByteArray &pasted, const Secret &state)
{
    const qsizetype hash = pasted.indexOf('#');
    const QByteArrayView code = QByteArrayView(pasted).first(hash);
    if (!equalInConstantTime(QByteArrayView(pasted).sliced(hash + 1), state.reveal())) {
        return otherAttempt();
    }
    if (code.isEmpty()) {
        return malformed();
    }
    return AuthorizedCallback{.code = Secret(code.toByteArray())};
}

} // namespace

Callback readCallback(QByteArrayView rawQuery, const Secret &state, const QString &issuer)
{
    const auto fields = decodeFields(rawQuery, MostParameters);
    if (!fields || hasDuplicates(*fields)) {
        return malformed();
    }
    const auto given = findField(*fields, "state");
    if (state.isEmpty() || !given || !equalInConstantTime(*given, state.reveal())) {
        return otherAttempt();
    }
    const auto iss = findField(*fields, "iss");
    if (iss && !issuer.isEmpty() && *iss != issuer.toUtf8()) {
        return otherIssuer();
    }
    if (const auto error = findField(*fields, "error")) {
        const auto description = findField(*fields, "error_description");
        return RefusedCallback{describeAuthorizationError(
            QString::fromUtf8(*error), QString::fromUtf8(description.value_or(QByteArray())))};
    }
    const auto code = findField(*fields, "code");
    if (!code || code->isEmpty()) {
        return withoutCode();
    }
    if (!isVisibleAscii(*code)) {
        return malformed();
    }
    const QByteArray clientId = findField(*fields, "client_id").value_or(QByteArray());
    return AuthorizedCallback{Secret(*code), QString::fromUtf8(clientId)};
}

Callback readPastedAddress(const QString &pasted, const OAuthProfile &profile,
                           const QString &redirectUri, const Secret &state)
{
    const QString trimmed = pasted.trimmed();
    const QByteArray address = trimmed.toUtf8();
    if (address.isEmpty() || address.size() > LongestAddress || !isVisibleAscii(address)) {
        return malformed();
    }
    const QByteArray expected = redirectUri.toLatin1();
    const QByteArray place = placeOf(address);
    // Some browsers show, and copy, an address without its scheme.
    constexpr QByteArrayView Scheme = "http://";
    const bool isOurs = place == expected
        || (expected.startsWith(Scheme) && place == expected.sliced(Scheme.size()));
    if (isOurs) {
        const QByteArray query = queryOf(address);
        return query.isEmpty() ? Callback(malformed()) : readCallback(query, state, profile.issuer);
    }
    if (isEarlierPlace(place, profile)) {
        return otherAttempt();
    }
    if (profile.codeFormat == OAuthProfile::CodeFormat::CodeHashState && !address.contains("://")
        && address.count('#') == 1) {
        return readCodeHashState(address, state);
    }
    if (profile.codeFormat == OAuthProfile::CodeFormat::CodeHashState) {
        return ForeignCallback{{Error::Kind::InvalidRequest,
                                tr("That is not the code that the page shows."),
                                tr("Copy the whole code, with the # and what follows it.")}};
    }
    return ForeignCallback{
        {Error::Kind::InvalidRequest, tr("That is not the address of this sign-in."),
         tr("Copy the whole address at which the browser ended. It begins with %1.")
             .arg(redirectUri)}};
}

Result<QString> readIssuedClientId(const OAuthProfile &profile, const AuthorizedCallback &callback)
{
    constexpr qsizetype LongestClientId = 200;
    const IssuedClient issued = profile.issuedClient.value_or(IssuedClient());
    const QString &given = callback.clientId;
    if (profile.clientId != issued.introduction) {
        if (given.isEmpty() || given == profile.clientId) {
            return profile.clientId;
        }
        return Error{Error::Kind::InvalidClient,
                     tr("%1 answered for another account than the one that was to sign in.")
                         .arg(profile.name),
                     tr("Sign in with the same account, or add the other one as a new account.")};
    }
    const bool isIssued = given.startsWith(issued.prefix) && given.size() > issued.prefix.size()
        && given.size() <= LongestClientId && isVisibleAscii(given.toUtf8());
    if (!isIssued) {
        return Error{Error::Kind::InvalidResponse,
                     tr("%1 did not register Maestro for this account.").arg(profile.name),
                     tr("Start the sign-in again, or use an API key.")};
    }
    return given;
}

} // namespace Maestro::OAuth
