// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/passphrasekey.h"

#include <QCoreApplication>
#include <QtEndian>

#include <bit>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace Maestro {

namespace {

constexpr qsizetype SaltSize = 16;
constexpr quint64 MinN = 1 << 14;
constexpr quint64 MaxN = 1 << 20;
constexpr quint32 MaxR = 32;
constexpr quint32 MaxP = 4;
//! scrypt takes 128 · n · r bytes.
constexpr quint64 MaxMemory = 1024ULL * 1024 * 1024;

bool areReasonable(const PassphraseParameters &parameters)
{
    return std::has_single_bit(parameters.n) && parameters.n >= MinN && parameters.n <= MaxN
        && parameters.r >= 1 && parameters.r <= MaxR && parameters.p >= 1 && parameters.p <= MaxP
        && 128 * parameters.n * parameters.r <= MaxMemory && parameters.salt.size() == SaltSize;
}

} // namespace

Result<PassphraseParameters> newPassphraseParameters()
{
    PassphraseParameters parameters;
    parameters.salt = QByteArray(SaltSize, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char *>(parameters.salt.data()), SaltSize) != 1) {
        return Error{Error::Kind::Configuration,
                     QCoreApplication::translate(
                         "Vault", "The system gave no random numbers to make a key of.")};
    }
    return parameters;
}

QByteArray toBytes(const PassphraseParameters &parameters)
{
    QByteArray bytes(16, '\0');
    qToBigEndian(parameters.n, bytes.data());
    qToBigEndian(parameters.r, bytes.data() + 8);
    qToBigEndian(parameters.p, bytes.data() + 12);
    return bytes + parameters.salt;
}

std::optional<PassphraseParameters> passphraseParametersFrom(QByteArrayView bytes)
{
    if (bytes.size() != 16 + SaltSize) {
        return std::nullopt;
    }
    const PassphraseParameters parameters{.n = qFromBigEndian<quint64>(bytes.data()),
                                          .r = qFromBigEndian<quint32>(bytes.data() + 8),
                                          .p = qFromBigEndian<quint32>(bytes.data() + 12),
                                          .salt = bytes.sliced(16).toByteArray()};
    return areReasonable(parameters) ? std::optional(parameters) : std::nullopt;
}

Result<LockedKey> keyOf(const Secret &passphrase, const PassphraseParameters &parameters)
{
    LockedKey key;
    const QByteArray &text = passphrase.reveal();
    const bool done = areReasonable(parameters)
        && EVP_PBE_scrypt(text.constData(), static_cast<size_t>(text.size()),
                          reinterpret_cast<const unsigned char *>(parameters.salt.constData()),
                          SaltSize, parameters.n, parameters.r, parameters.p,
                          MaxMemory + MaxMemory / 2, key.data(), LockedKey::Size)
            == 1;
    if (!done) {
        return Error{
            Error::Kind::Configuration,
            QCoreApplication::translate("Vault", "No key could be made of the passphrase."),
            QCoreApplication::translate(
                "Vault", "It takes 128 MB of memory: close another program, and try again.")};
    }
    return key;
}

} // namespace Maestro
