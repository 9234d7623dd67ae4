// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/tokenreply.h"

#include "auth/fields.h"
#include "auth/redact.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("TokenReply", text); }

Error unreadable(int status, const QByteArray &body)
{
    const bool isPage = body.trimmed().startsWith('<');
    return {Error::Kind::InvalidResponse,
            isPage ? tr("A web page came instead of the sign-in server's answer.")
                   : tr("The sign-in server's answer cannot be read."),
            isPage ? tr("A network login page or a company proxy can cause this.")
                   : tr("Start the sign-in again."),
            tr("HTTP %1, %2 bytes").arg(status).arg(body.size())};
}

//! The shapes in use: {"error":"…"}, {"error":{…}}, {"detail":"…"} and {"detail":{…}}.
ErrorWords wordsOf(const QJsonObject &object)
{
    const QJsonValue error = object.value("error"_L1);
    if (error.isObject()) {
        const QJsonObject inner = error.toObject();
        const QString code = inner.value("code"_L1).toString();
        return {code.isEmpty() ? inner.value("type"_L1).toString() : code,
                inner.value("message"_L1).toString()};
    }
    if (error.isString()) {
        const QString description = object.value("error_description"_L1).toString();
        return {error.toString(),
                description.isEmpty() ? object.value("message"_L1).toString() : description};
    }
    const QJsonValue detail = object.value("detail"_L1);
    if (detail.isObject()) {
        return {detail["code"_L1].toString(), detail["message"_L1].toString()};
    }
    return {object.value("code"_L1).toString(), detail.toString()};
}

//! The answer's object, or what went wrong.
Result<QJsonObject> readObject(int status, const QByteArray &body)
{
    if (body.size() > LongestTokenReply) {
        return Error{Error::Kind::TooLarge, tr("The sign-in server's answer is too long."),
                     tr("Start the sign-in again."), tr("HTTP %1").arg(status)};
    }
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonObject object = document.object();
    if (status < 200 || status >= 300) {
        return describeTokenError(status, wordsOf(object));
    }
    if (!document.isObject()) {
        return unreadable(status, body);
    }
    if (object.contains("error"_L1)) {
        return describeTokenError(status, wordsOf(object));
    }
    return object;
}

//! A token goes into a header, so it must fit there. Null when it is absent, nothing when it is not
//! a token.
std::optional<Secret> token(const QJsonObject &object, QLatin1StringView name)
{
    const QJsonValue value = object.value(name);
    if (value.isUndefined() || value.isNull()) {
        return Secret();
    }
    const QByteArray bytes = value.toString().toUtf8();
    if (!value.isString() || bytes.isEmpty() || !isVisibleAscii(bytes)) {
        return std::nullopt;
    }
    return Secret(bytes);
}

std::optional<std::chrono::seconds> lifetime(const QJsonObject &object)
{
    constexpr double TenYears = 315360000;
    const QJsonValue value = object.value("expires_in"_L1);
    const double seconds = value.isString() ? value.toString().toDouble() : value.toDouble();
    if (!(seconds > 0 && seconds <= TenYears)) {
        return std::nullopt;
    }
    return std::chrono::seconds(static_cast<qint64>(seconds));
}

std::optional<QStringList> scopes(const QJsonObject &object)
{
    const QJsonValue value = object.value("scope"_L1);
    if (!value.isString()) {
        return std::nullopt;
    }
    return value.toString().split(u' ', Qt::SkipEmptyParts);
}

//! Anthropic names account and organization beside the tokens.
std::optional<Identity> identityOf(const QJsonObject &object)
{
    const QJsonObject account = object.value("account"_L1).toObject();
    const QString id = quoted(account.value("uuid"_L1).toString());
    if (id.isEmpty()) {
        return std::nullopt;
    }
    return Identity{
        .accountId = id,
        .email = quoted(account.value("email_address"_L1).toString()),
        .organization
        = quoted(object.value("organization"_L1).toObject().value("name"_L1).toString()),
    };
}

Result<Tokens> readWhatThereIs(int status, const QByteArray &body)
{
    const auto object = readObject(status, body);
    if (!object) {
        return object.error();
    }
    const auto access = token(*object, "access_token"_L1);
    const auto refresh = token(*object, "refresh_token"_L1);
    const auto id = token(*object, "id_token"_L1);
    const QString type = object->value("token_type"_L1).toString(u"Bearer"_s);
    if (!access || !refresh || !id || type.compare("Bearer"_L1, Qt::CaseInsensitive) != 0) {
        return unreadable(status, body);
    }
    return Tokens{.accessToken = *access,
                  .refreshToken = *refresh,
                  .idToken = *id,
                  .expiresIn = lifetime(*object),
                  .scopes = scopes(*object),
                  .identity = identityOf(*object)};
}

} // namespace

Result<Tokens> readTokens(int status, const QByteArray &body)
{
    auto tokens = readWhatThereIs(status, body);
    return tokens && tokens->accessToken.isEmpty() ? unreadable(status, body) : tokens;
}

Result<Tokens> readRefreshedTokens(int status, const QByteArray &body)
{
    auto tokens = readWhatThereIs(status, body);
    const bool isEmpty = tokens && tokens->accessToken.isEmpty() && tokens->refreshToken.isEmpty()
        && tokens->idToken.isEmpty();
    return isEmpty ? unreadable(status, body) : tokens;
}

ErrorWords readErrorWords(const QByteArray &body)
{
    return body.size() > LongestTokenReply ? ErrorWords()
                                           : wordsOf(QJsonDocument::fromJson(body).object());
}

Result<Secret> readApiKey(int status, const QByteArray &body)
{
    const auto object = readObject(status, body);
    if (!object) {
        return object.error();
    }
    const auto key = token(*object, "access_token"_L1);
    if (!key || key->isEmpty()) {
        return unreadable(status, body);
    }
    return *key;
}

} // namespace Maestro::OAuth
