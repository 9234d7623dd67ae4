// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/packedsecrets.h"

#include <QtEndian>

#include <array>
#include <limits>

namespace Maestro {

namespace {

//! The first had no servers.
constexpr char FirstFormat = 1;
constexpr char Format = 2;
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
    const Secret servers(secrets.servers.join(u' ').toUtf8());
    const std::array parts{&secrets.apiKey, &secrets.accessToken, &secrets.refreshToken,
                           &secrets.idToken, &servers};
    QByteArray bytes;
    // All of it at once, or growing leaves copies behind.
    qsizetype size = HeaderSize + 8;
    for (const Secret *part : parts) {
        size += 4 + part->reveal().size();
    }
    bytes.reserve(size);
    bytes.append(Format);
    bytes.append(toLetter(secrets.signsWith));
    char expiry[8];
    qToBigEndian(secrets.accessTokenExpiresAt ? secrets.accessTokenExpiresAt->toMSecsSinceEpoch()
                                              : NeverExpires,
                 expiry);
    bytes.append(expiry, sizeof expiry);
    for (const Secret *part : parts) {
        append(bytes, *part);
    }
    return Secret(std::move(bytes));
}

std::optional<AccountSecrets> unpack(const Secret &packed)
{
    QByteArrayView bytes = packed.reveal();
    if (bytes.size() < HeaderSize + 8
        || (bytes[0] != Format && bytes[0] != FirstFormat)) {
        return std::nullopt;
    }
    const bool hasServers = bytes[0] != FirstFormat;
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
    if (hasServers) {
        const std::optional<Secret> servers = take(bytes);
        if (!servers) {
            return std::nullopt;
        }
        secrets.servers = QString::fromUtf8(servers->reveal()).split(u' ', Qt::SkipEmptyParts);
    }
    return bytes.isEmpty() ? std::optional(secrets) : std::nullopt;
}

} // namespace Maestro
