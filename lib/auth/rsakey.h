// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace Maestro::OAuth {

//! A public RSA key, as big-endian numbers.
struct RsaKey
{
    QByteArray modulus;
    QByteArray exponent;

    friend bool operator==(const RsaKey &, const RsaKey &) = default;
};

//! Whether this is a signature of the bytes by that key: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518
//! §3.3), and a key of 2048 to 8192 bits.
bool verifyRs256(const RsaKey &key, QByteArrayView bytes, QByteArrayView signature);

} // namespace Maestro::OAuth
