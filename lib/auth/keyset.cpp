// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keyset.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("KeySet", text); }

constexpr qsizetype MostKeys = 32;
constexpr qsizetype LongestKeyId = 256;

std::optional<QByteArray> number(const QJsonObject &object, QLatin1StringView name)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        object.value(name).toString().toLatin1(),
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
            | QByteArray::AbortOnBase64DecodingErrors);
    return decoded && !decoded.decoded.isEmpty() ? std::optional(decoded.decoded) : std::nullopt;
}

bool isAbsentOr(const QJsonObject &object, QLatin1StringView name, QLatin1StringView value)
{
    return !object.contains(name) || object.value(name) == value;
}

std::optional<SigningKey> readKey(const QJsonObject &object)
{
    const bool signs = object.value("kty"_L1) == "RSA"_L1 && isAbsentOr(object, "use"_L1, "sig"_L1)
        && isAbsentOr(object, "alg"_L1, "RS256"_L1)
        && (!object.contains("key_ops"_L1)
            || object.value("key_ops"_L1).toArray().contains(u"verify"_s));
    const QString id = object.value("kid"_L1).toString();
    const auto modulus = number(object, "n"_L1);
    const auto exponent = number(object, "e"_L1);
    if (!signs || !modulus || !exponent || id.size() > LongestKeyId) {
        return std::nullopt;
    }
    return SigningKey{id, {*modulus, *exponent}};
}

} // namespace

Result<KeySet> readKeySet(int status, const QByteArray &body)
{
    const QJsonArray array = body.size() > LongestKeySet
        ? QJsonArray()
        : QJsonDocument::fromJson(body).object().value("keys"_L1).toArray();
    KeySet keys;
    if (status == 200 && array.size() <= MostKeys) {
        for (const QJsonValue &value : array) {
            if (const auto key = readKey(value.toObject())) {
                keys.append(*key);
            }
        }
    }
    if (keys.isEmpty()) {
        return Error{status >= 500 ? Error::Kind::ServerFailure : Error::Kind::InvalidResponse,
                     tr("The sign-in server's keys cannot be read, so its word cannot be checked."),
                     tr("Try again in a few minutes. A network login page can cause this, too."),
                     tr("HTTP %1, %2 bytes").arg(status).arg(body.size())};
    }
    return keys;
}

} // namespace Maestro::OAuth
