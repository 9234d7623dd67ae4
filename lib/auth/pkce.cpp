// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/pkce.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

namespace Maestro::OAuth {

namespace {

constexpr auto Base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

//! The system's generator, never the seeded one: what is predictable here is an open door
//! (CVE-2024-36048).
template <size_t Bytes>
Secret makeRandom()
{
    std::array<quint32, Bytes / sizeof(quint32)> words = {};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    QByteArray raw(reinterpret_cast<const char *>(words.data()), Bytes);
    Secret encoded(raw.toBase64(Base64Url));
    raw.fill(0);
    return encoded;
}

} // namespace

Pkce makePkce()
{
    Secret verifier = makeRandom<64>();
    QByteArray challenge = challengeOf(verifier);
    return {std::move(verifier), std::move(challenge)};
}

QByteArray challengeOf(const Secret &verifier)
{
    return QCryptographicHash::hash(verifier.reveal(), QCryptographicHash::Sha256)
        .toBase64(Base64Url);
}

Secret makeState() { return makeRandom<32>(); }

} // namespace Maestro::OAuth
