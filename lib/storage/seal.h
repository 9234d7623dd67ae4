// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "storage/lockedkey.h"

#include <initializer_list>

namespace Maestro {

//! AES-256-GCM, as NIST SP 800-38D has it.
namespace Gcm {

constexpr qsizetype NonceSize = 12;
constexpr qsizetype TagSize = 16;

//! The ciphertext and the tag. The nonce must never have been used with this key.
Result<QByteArray> encrypt(const LockedKey &key, QByteArrayView nonce, QByteArrayView plain,
                           QByteArrayView associated);
//! Nothing, unless key, nonce and associated data are those of the encryption, and every bit is.
std::optional<Secret> decrypt(const LockedKey &key, QByteArrayView nonce, QByteArrayView sealed,
                              QByteArrayView associated);

} // namespace Gcm

//! The fields one after the other, each behind its length, so that no two lists read the same.
QByteArray associatedData(std::initializer_list<QByteArrayView> fields);
void appendField(QByteArray &data, QByteArrayView field);
void appendNumber(QByteArray &data, qint64 number);

//! nonce || ciphertext || tag, under a fresh random nonce. The length says how long the secret is
//! to 256 bytes only.
Result<QByteArray> seal(const LockedKey &key, const Secret &secret, QByteArrayView associated);
std::optional<Secret> unseal(const LockedKey &key, QByteArrayView box, QByteArrayView associated);

} // namespace Maestro
