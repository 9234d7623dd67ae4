// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

#include <chrono>
#include <memory>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace Maestro {

//! An authority of the test's own, which issues certificates of every kind.
class Authority
{
public:
    struct Wish
    {
        QByteArray names = "IP:127.0.0.1"; //!< as OpenSSL has it
        std::chrono::seconds from = std::chrono::hours(-1);
        std::chrono::seconds to = std::chrono::hours(1);
    };

    explicit Authority(const QByteArray &name, const QByteArray &organization = {})
        : m_key(EVP_EC_gen("P-256"))
        , m_name(name)
        , m_organization(organization)
        , m_certificate(made(m_key.get(), name, Wish(), Role::Authority))
    { }

    QByteArray pem() const { return pemOf(*m_certificate); }
    QSslCertificate certificate() const { return QSslCertificate(pem()); }
    QByteArray keyPem() const { return pemOf(*m_key); }

    //! What a server needs to speak TLS with a certificate of this authority.
    QSslConfiguration serverTls(const Wish &wish) const
    {
        const Key key(EVP_EC_gen("P-256"));
        return tlsOf(made(key.get(), "server", wish, Role::Server), key, certificate());
    }
    //! With the authority's own certificate, which is its own word.
    QSslConfiguration ownTls() const { return tlsOf(m_certificate, m_key, QSslCertificate()); }

private:
    struct Free
    {
        void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
        void operator()(X509 *certificate) const { X509_free(certificate); }
        void operator()(BIO *bytes) const { BIO_free(bytes); }
        void operator()(X509_EXTENSION *extension) const { X509_EXTENSION_free(extension); }
    };
    using Key = std::unique_ptr<EVP_PKEY, Free>;
    using Certificate = std::unique_ptr<X509, Free>;
    enum class Role { Authority, Server };

    static QByteArray taken(BIO &bytes)
    {
        char *data = nullptr;
        const long size = BIO_get_mem_data(&bytes, &data);
        return QByteArray(data, size);
    }
    static QByteArray pemOf(X509 &certificate)
    {
        const std::unique_ptr<BIO, Free> bytes(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(bytes.get(), &certificate);
        return taken(*bytes);
    }
    static QByteArray pemOf(EVP_PKEY &key)
    {
        const std::unique_ptr<BIO, Free> bytes(BIO_new(BIO_s_mem()));
        PEM_write_bio_PrivateKey(bytes.get(), &key, nullptr, nullptr, 0, nullptr, nullptr);
        return taken(*bytes);
    }

    static void name(X509_NAME *name, const char *field, const QByteArray &value)
    {
        X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(value.constData()),
                                   static_cast<int>(value.size()), -1, 0);
    }
    static void extend(X509 &certificate, int kind, const QByteArray &value)
    {
        const std::unique_ptr<X509_EXTENSION, Free> extension(
            X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.constData()));
        X509_add_ext(&certificate, extension.get(), -1);
    }

    Certificate made(EVP_PKEY *key, const QByteArray &subject, const Wish &wish, Role role) const
    {
        Certificate certificate(X509_new());
        X509_set_version(certificate.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), role == Role::Authority ? 1 : 2);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.from.count());
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.to.count());
        X509_set_pubkey(certificate.get(), key);
        X509_NAME *subjectName = X509_get_subject_name(certificate.get());
        X509_NAME *issuerName = X509_get_issuer_name(certificate.get());
        name(subjectName, "CN", subject);
        name(issuerName, "CN", m_name);
        if (!m_organization.isEmpty()) {
            name(issuerName, "O", m_organization);
        }
        if (!m_organization.isEmpty() && role == Role::Authority) {
            name(subjectName, "O", m_organization);
        }
        extend(*certificate, NID_basic_constraints,
               role == Role::Authority ? "critical,CA:TRUE" : "CA:FALSE");
        extend(*certificate, NID_subject_alt_name, wish.names);
        X509_sign(certificate.get(), m_key.get(), EVP_sha256());
        return certificate;
    }

    static QSslConfiguration tlsOf(const Certificate &certificate, const Key &key,
                                   const QSslCertificate &issuer)
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        QList<QSslCertificate> chain{QSslCertificate(pemOf(*certificate), QSsl::Pem)};
        if (!issuer.isNull()) {
            chain.append(issuer);
        }
        tls.setLocalCertificateChain(chain);
        tls.setPrivateKey(QSslKey(pemOf(*key), QSsl::Ec));
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        return tls;
    }

    Key m_key;
    QByteArray m_name;
    QByteArray m_organization;
    Certificate m_certificate;
};

} // namespace Maestro
