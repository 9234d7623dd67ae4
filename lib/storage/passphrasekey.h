// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "storage/lockedkey.h"

namespace Maestro {

//! How a key is made of a passphrase: scrypt, RFC 7914. Stored beside what the key opens, so that
//! the numbers can grow.
struct PassphraseParameters
{
    quint64 n = 1 << 17; //!< 128 MiB and about half a second
    quint32 r = 8;
    quint32 p = 1;
    QByteArray salt = {};

    friend bool operator==(const PassphraseParameters &, const PassphraseParameters &) = default;
};

//! The usual numbers and a new salt.
Result<PassphraseParameters> newPassphraseParameters();
QByteArray toBytes(const PassphraseParameters &parameters);
//! Nothing, if these are no parameters, or some that would take a gigabyte or take no effort.
std::optional<PassphraseParameters> passphraseParametersFrom(QByteArrayView bytes);

//! Takes half a second of a processor: not for the main thread.
Result<LockedKey> keyOf(const Secret &passphrase, const PassphraseParameters &parameters);

} // namespace Maestro
