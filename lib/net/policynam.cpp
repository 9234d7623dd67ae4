// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/policynam.h"

#include "net/offline.h"
#include "net/tlsproblem.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QNetworkReply>

#include <algorithm>
#include <cstring>
#include <memory>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! A body that can be read once. Qt asks for a reset() before it sends a POST a second time; the
//! refusal turns the silent repetition into ContentReSendError.
class OneShotBody final : public QIODevice
{
public:
    explicit OneShotBody(const QByteArray &bytes)
        : m_bytes(bytes)
    {
        open(ReadOnly | Unbuffered);
    }

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_position == m_bytes.size(); }
    qint64 bytesAvailable() const override
    {
        return m_bytes.size() - m_position + QIODevice::bytesAvailable();
    }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 size = std::min<qint64>(maxSize, m_bytes.size() - m_position);
        if (size == 0) {
            return -1;
        }
        std::memcpy(data, m_bytes.constData() + m_position, static_cast<size_t>(size));
        m_position += size;
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_position = 0;
};

//! The answer to a request that must not be sent.
class RefusedReply final : public QNetworkReply
{
public:
    RefusedReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request,
                 QObject *parent)
        : QNetworkReply(parent)
    {
        setOperation(operation);
        setRequest(request);
        setUrl(request.url());
        setError(ContentAccessDenied,
                 QCoreApplication::translate("PolicyNam",
                                             "The address is not allowed: it must begin with "
                                             "https, or with http on this computer."));
        open(ReadOnly);
        // Whoever asked connects after it has the reply.
        QMetaObject::invokeMethod(
            this,
            [this] {
                setFinished(true);
                Q_EMIT errorOccurred(ContentAccessDenied);
                Q_EMIT finished();
            },
            Qt::QueuedConnection);
    }

    void abort() override { }

protected:
    qint64 readData(char *, qint64) override { return -1; }
};

//! The system's proxy for the world; none for this computer, which no proxy can reach for us.
class SystemProxy final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        return isLoopbackHost(query.peerHostName()) ? QList<QNetworkProxy>{QNetworkProxy::NoProxy}
                                                    : systemProxyForQuery(query);
    }
};

//! A kept connection may be closed by the other side at the moment it is used again, and a request
//! that is never repeated would be lost that way: Qt shares connections within a manager, so the
//! request gets one to itself. Lives as long as its reply, and a little longer.
class OneRequestNam final : public QNetworkAccessManager
{
public:
    //! `endings` is where it is deleted.
    OneRequestNam(PolicyNam &owner, ConnectionEndings &endings)
        : QNetworkAccessManager(&owner)
        , m_endings(endings)
    {
        setProxyFactory(new SystemProxy); // the manager owns it
    }

    QNetworkReply *send(Operation operation, const QNetworkRequest &request, const QByteArray &body)
    {
        m_body = std::make_unique<OneShotBody>(body);
        QNetworkReply *reply = createRequest(operation, request, m_body.get());
        connect(reply, &QObject::destroyed, this, [this] {
            QMetaObject::invokeMethod(
                parent(), [this] { end(); }, Qt::QueuedConnection);
        });
        return reply;
    }

private:
    void end()
    {
        m_body.reset(); // what was said is not for other threads
        setParent(nullptr);
        moveToThread(nullptr);
        m_endings.add(std::unique_ptr<QNetworkAccessManager>(this));
    }

    ConnectionEndings &m_endings;
    std::unique_ptr<OneShotBody> m_body;
};

} // namespace

PolicyNam::PolicyNam(QObject *parent)
    : PolicyNam(QList<QSslCertificate>(), parent)
{ }

PolicyNam::PolicyNam(const QList<QSslCertificate> &authorities, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_tls(QSslConfiguration::defaultConfiguration())
{
    if (!authorities.isEmpty()) {
        // Qt looks the system's up one by one as long as nothing is set, and not any more then.
        m_tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + authorities);
    }
    m_tls.setProtocol(QSsl::TlsV1_2OrLater);
    setProxyFactory(new SystemProxy); // the manager owns it
}

PolicyNam::PolicyNam(NetworkPresence &presence, const QList<QSslCertificate> &authorities,
                     QObject *parent)
    : PolicyNam(authorities, parent)
{
    m_presence = &presence;
}

//! What is not to be asked of the reply any more when it has failed.
void PolicyNam::remember(QNetworkReply &reply)
{
    rememberTlsErrors(reply);
    if (m_presence) {
        rememberPresence(reply, *m_presence);
    }
}

QNetworkReply *PolicyNam::createRequest(Operation operation, const QNetworkRequest &original,
                                        QIODevice *outgoing)
{
    QNetworkRequest request = original;
    if (!isAllowedAddress(request.url())) {
        return new RefusedReply(operation, request, this);
    }
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setSslConfiguration(m_tls);
    request.setHeader(QNetworkRequest::UserAgentHeader,
                      QString(u"Maestro/"_s + QCoreApplication::applicationVersion()));
    if (!outgoing) {
        QNetworkReply *reply = QNetworkAccessManager::createRequest(operation, request, outgoing);
        remember(*reply);
        return reply;
    }
    const QByteArray body = outgoing->readAll();
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    request.setRawHeader("Connection", "close");
    auto *connection = new OneRequestNam(*this, m_endings);
    QNetworkReply *reply = connection->send(operation, request, body);
    remember(*reply);
    return reply;
}

bool isAllowedAddress(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty()) {
        return false;
    }
    return url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopbackHost(url.host()));
}

bool isLoopbackHost(const QString &host)
{
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0
        || QHostAddress(host).isLoopback();
}

} // namespace Maestro
