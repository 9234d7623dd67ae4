// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/packedsecrets.h"

#include <QtEndian>

#include <limits>

namespace Maestro {

namespace {

constexpr char Format = 1;
constexpr qsizetype HeaderSize = 2;
constexpr qint64 NeverExpires = std::numeric_limits<qint64>::min();

char toLetter(Credential::Type type)
{
    switch (type) {
    case Credential::Type::ApiKey:
        return 'k';
    case Credential::Type::OAuthToken:
        return 't';
    case Credential::Type::None:
        return 'n';
    }
    Q_UNREACHABLE();
}

std::optional<Credential::Type> fromLetter(char letter)
{
    for (const auto type :
         {Credential::Type::ApiKey, Credential::Type::OAuthToken, Credential::Type::None}) {
        if (toLetter(type) == letter) {
            return type;
        }
    }
    return std::nullopt;
}

void append(QByteArray &bytes, const Secret &secret)
{
    char length[4];
    qToBigEndian(static_cast<quint32>(secret.reveal().size()), length);
    bytes.append(length, sizeof length).append(secret.reveal());
}

//! Takes a secret from the front of the bytes; nothing if it is not all there.
std::optional<Secret> take(QByteArrayView &bytes)
{
    if (bytes.size() < 4) {
        return std::nullopt;
    }
    const qsizetype size = qFromBigEndian<quint32>(bytes.data());
    if (size > bytes.size() - 4) {
        return std::nullopt;
    }
    Secret secret(bytes.sliced(4, size).toByteArray());
    bytes = bytes.sliced(4 + size);
    return secret;
}

} // namespace

// Not JSON or CBOR: their values live in memory that nobody overwrites.
Secret pack(const AccountSecrets &secrets)
{
    QByteArray bytes;
    // All of it at once, or growing leaves copies behind.
    bytes.reserve(HeaderSize + 8 + 4 * 4 + secrets.apiKey.reveal().size()
                  + secrets.accessToken.reveal().size() + secrets.refreshToken.reveal().size()
                  + secrets.idToken.reveal().size());
    bytes.append(Format);
    bytes.append(toLetter(secrets.signsWith));
    char expiry[8];
    qToBigEndian(secrets.accessTokenExpiresAt ? secrets.accessTokenExpiresAt->toMSecsSinceEpoch()
                                              : NeverExpires,
                 expiry);
    bytes.append(expiry, sizeof expiry);
    for (const Secret *secret :
         {&secrets.apiKey, &secrets.accessToken, &secrets.refreshToken, &secrets.idToken}) {
        append(bytes, *secret);
    }
    return Secret(std::move(bytes));
}

std::optional<AccountSecrets> unpack(const Secret &packed)
{
    QByteArrayView bytes = packed.reveal();
    if (bytes.size() < HeaderSize + 8 || bytes[0] != Format) {
        return std::nullopt;
    }
    const std::optional<Credential::Type> type = fromLetter(bytes[1]);
    if (!type) {
        return std::nullopt;
    }
    AccountSecrets secrets;
    secrets.signsWith = *type;
    const qint64 expiry = qFromBigEndian<qint64>(bytes.data() + HeaderSize);
    if (expiry != NeverExpires) {
        secrets.accessTokenExpiresAt = QDateTime::fromMSecsSinceEpoch(expiry, Qt::UTC);
    }
    bytes = bytes.sliced(HeaderSize + 8);
    for (Secret *secret :
         {&secrets.apiKey, &secrets.accessToken, &secrets.refreshToken, &secrets.idToken}) {
        const std::optional<Secret> taken = take(bytes);
        if (!taken) {
            return std::nullopt;
        }
        *secret = *taken;
    }
    return bytes.isEmpty() ? std::optional(secrets) : std::nullopt;
}

} // namespace Maestro
