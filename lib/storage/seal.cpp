// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/seal.h"

#include <QCoreApplication>
#include <QtEndian>

#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace Maestro {

namespace {

//! How long a secret is tells something about it; to this many bytes, it does not.
constexpr qsizetype PaddingStep = 256;
//! No credential is near this; what claims to be is not ours.
constexpr qsizetype MaxSize = 1024 * 1024;
constexpr qsizetype LengthSize = 4;

struct FreeContext
{
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char *octets(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

unsigned char *octets(QByteArray &bytes) { return reinterpret_cast<unsigned char *>(bytes.data()); }

Error sealingFailed()
{
    return Error{
        Error::Kind::Configuration,
        QCoreApplication::translate("Vault", "The sign-in could not be encrypted."),
        QCoreApplication::translate("Vault", "Check that OpenSSL is installed completely.")};
}

QByteArray padded(const Secret &secret)
{
    const QByteArray &bytes = secret.reveal();
    const qsizetype needed = LengthSize + bytes.size();
    QByteArray result((needed + PaddingStep - 1) / PaddingStep * PaddingStep, '\0');
    qToBigEndian(static_cast<quint32>(bytes.size()), result.data());
    std::copy(bytes.begin(), bytes.end(), result.begin() + LengthSize);
    return result;
}

std::optional<Secret> unpadded(const Secret &padded)
{
    const QByteArray &bytes = padded.reveal();
    if (bytes.size() < LengthSize) {
        return std::nullopt;
    }
    const qsizetype size = qFromBigEndian<quint32>(bytes.constData());
    if (size > bytes.size() - LengthSize) {
        return std::nullopt;
    }
    return Secret(bytes.mid(LengthSize, size));
}

} // namespace

Result<QByteArray> Gcm::encrypt(const LockedKey &key, QByteArrayView nonce, QByteArrayView plain,
                                QByteArrayView associated)
{
    const Context context(EVP_CIPHER_CTX_new());
    QByteArray sealed(plain.size() + TagSize, '\0');
    int length = 0;
    const bool done = context && nonce.size() == NonceSize && plain.size() <= MaxSize
        && EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key.bytes()),
                              octets(nonce))
            == 1
        && EVP_EncryptUpdate(context.get(), nullptr, &length, octets(associated),
                             static_cast<int>(associated.size()))
            == 1
        && EVP_EncryptUpdate(context.get(), octets(sealed), &length, octets(plain),
                             static_cast<int>(plain.size()))
            == 1
        && EVP_EncryptFinal_ex(context.get(), octets(sealed) + length, &length) == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, TagSize,
                               octets(sealed) + plain.size())
            == 1;
    if (!done) {
        return sealingFailed();
    }
    return sealed;
}

std::optional<Secret> Gcm::decrypt(const LockedKey &key, QByteArrayView nonce,
                                   QByteArrayView sealed, QByteArrayView associated)
{
    const qsizetype size = sealed.size() - TagSize;
    if (nonce.size() != NonceSize || size < 0 || size > MaxSize) {
        return std::nullopt;
    }
    const Context context(EVP_CIPHER_CTX_new());
    QByteArray plain(size, '\0');
    QByteArray tag = sealed.last(TagSize).toByteArray();
    int length = 0;
    const bool done = context
        && EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key.bytes()),
                              octets(nonce))
            == 1
        && EVP_DecryptUpdate(context.get(), nullptr, &length, octets(associated),
                             static_cast<int>(associated.size()))
            == 1
        && EVP_DecryptUpdate(context.get(), octets(plain), &length, octets(sealed),
                             static_cast<int>(size))
            == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, TagSize, tag.data()) == 1
        && EVP_DecryptFinal_ex(context.get(), octets(plain) + length, &length) == 1;
    if (!done) {
        OPENSSL_cleanse(plain.data(), static_cast<size_t>(plain.size()));
        return std::nullopt;
    }
    return Secret(std::move(plain));
}

QByteArray associatedData(std::initializer_list<QByteArrayView> fields)
{
    QByteArray data;
    for (const QByteArrayView field : fields) {
        appendField(data, field);
    }
    return data;
}

void appendField(QByteArray &data, QByteArrayView field)
{
    char length[8];
    qToBigEndian(static_cast<quint64>(field.size()), length);
    data.append(length, sizeof length);
    data.append(field);
}

void appendNumber(QByteArray &data, qint64 number)
{
    char bytes[8];
    qToBigEndian(number, bytes);
    appendField(data, {bytes, sizeof bytes});
}

Result<QByteArray> seal(const LockedKey &key, const Secret &secret, QByteArrayView associated)
{
    QByteArray nonce(Gcm::NonceSize, '\0');
    if (RAND_bytes(octets(nonce), Gcm::NonceSize) != 1) {
        return sealingFailed();
    }
    const Secret plain(padded(secret));
    const Result<QByteArray> sealed = Gcm::encrypt(key, nonce, plain.reveal(), associated);
    if (!sealed) {
        return sealed.error();
    }
    return nonce + *sealed;
}

std::optional<Secret> unseal(const LockedKey &key, QByteArrayView box, QByteArrayView associated)
{
    if (box.size() < Gcm::NonceSize) {
        return std::nullopt;
    }
    const std::optional<Secret> plain
        = Gcm::decrypt(key, box.first(Gcm::NonceSize), box.sliced(Gcm::NonceSize), associated);
    return plain ? unpadded(*plain) : std::nullopt;
}

} // namespace Maestro
