// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

namespace Maestro {

//! An issuer's key, which really signs.
class TokenSigner
{
public:
    static constexpr auto Base64Url
        = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

    explicit TokenSigner(const QString &id = QStringLiteral("key-1"), unsigned bits = 2048)
        : m_id(id)
        , m_key(EVP_RSA_gen(bits))
    { }

    static QByteArray encoded(const QJsonObject &object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(Base64Url);
    }

    //! The public half, as issuers publish it.
    QJsonObject publicKey() const
    {
        return {{QStringLiteral("kty"), QStringLiteral("RSA")},
                {QStringLiteral("kid"), m_id},
                {QStringLiteral("use"), QStringLiteral("sig")},
                {QStringLiteral("alg"), QStringLiteral("RS256")},
                {QStringLiteral("n"), number(OSSL_PKEY_PARAM_RSA_N)},
                {QStringLiteral("e"), number(OSSL_PKEY_PARAM_RSA_E)}};
    }
    QByteArray keySet() const
    {
        const QJsonObject set{{QStringLiteral("keys"), QJsonArray{publicKey()}}};
        return QJsonDocument(set).toJson(QJsonDocument::Compact);
    }

    QJsonObject header() const
    {
        return {{QStringLiteral("alg"), QStringLiteral("RS256")},
                {QStringLiteral("kid"), m_id},
                {QStringLiteral("typ"), QStringLiteral("JWT")}};
    }
    Secret sign(const QJsonObject &claims) const { return sign(header(), claims); }
    Secret sign(const QJsonObject &header, const QJsonObject &claims) const
    {
        const QByteArray bytes = encoded(header) + '.' + encoded(claims);
        return Secret(bytes + '.' + signatureOf(bytes).toBase64(Base64Url));
    }
    QByteArray signatureOf(const QByteArray &bytes, const EVP_MD *digest = EVP_sha256()) const
    {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              EVP_MD_CTX_free);
        EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, m_key.get());
        size_t size = static_cast<size_t>(EVP_PKEY_get_size(m_key.get()));
        QByteArray signature(static_cast<qsizetype>(size), '\0');
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                       reinterpret_cast<const unsigned char *>(bytes.constData()),
                       static_cast<size_t>(bytes.size()));
        return signature.first(static_cast<qsizetype>(size));
    }

private:
    QString number(const char *name) const
    {
        BIGNUM *raw = nullptr;
        EVP_PKEY_get_bn_param(m_key.get(), name, &raw);
        const std::unique_ptr<BIGNUM, decltype(&BN_free)> value(raw, BN_free);
        QByteArray bytes(BN_num_bytes(value.get()), '\0');
        BN_bn2bin(value.get(), reinterpret_cast<unsigned char *>(bytes.data()));
        return QString::fromLatin1(bytes.toBase64(Base64Url));
    }

    struct FreeKey
    {
        void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    };

    QString m_id;
    std::unique_ptr<EVP_PKEY, FreeKey> m_key;
};

} // namespace Maestro
