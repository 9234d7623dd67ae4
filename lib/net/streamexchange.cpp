// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/streamexchange.h"

#include "net/httpfetch.h"
#include "net/networkerror.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QSslError>

namespace Maestro {

StreamExchange::StreamExchange(QNetworkAccessManager &network, const Limits &limits,
                               QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_limits(limits)
{
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &StreamExchange::onSilence);
}

StreamExchange::~StreamExchange()
{
    if (m_networkReply) {
        m_networkReply->disconnect(this);
        m_networkReply->abort();
        m_networkReply->deleteLater();
    }
}

void StreamExchange::start(const HttpRequest &request, const HttpHeaders &authorization)
{
    m_networkReply = m_network.post(toNetworkRequest(request, authorization), request.body);
    connect(m_networkReply, &QNetworkReply::readyRead, this, &StreamExchange::onReadyRead);
    connect(m_networkReply, &QNetworkReply::finished, this, &StreamExchange::onReplyFinished,
            Qt::QueuedConnection);
    // A head without a body is a sign of life.
    connect(m_networkReply, &QNetworkReply::metaDataChanged, this, &StreamExchange::restartClock);
    connect(m_networkReply, &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError> &errors) {
                m_tlsProblem = errors.isEmpty() ? QString() : errors.first().errorString();
            });
    restartClock();
}

void StreamExchange::stop() { end(End::Stopped); }

void StreamExchange::keepWaiting()
{
    if (m_networkReply) {
        restartClock();
    }
}

std::chrono::milliseconds StreamExchange::limit() const
{
    return m_bytes == 0 ? m_limits.firstByte : m_limits.betweenBytes;
}

void StreamExchange::restartClock()
{
    m_hasStalled = false;
    m_silence.start(limit() / 2);
}

void StreamExchange::onSilence()
{
    if (m_hasStalled) {
        end(End::Silent);
        return;
    }
    m_hasStalled = true;
    const std::chrono::milliseconds left = limit() - limit() / 2;
    m_silence.start(left);
    Q_EMIT stalled(limit() / 2, left);
}

void StreamExchange::onReadyRead() { take(m_networkReply->readAll()); }

void StreamExchange::take(const QByteArray &bytes)
{
    if (m_reply.status == 0) {
        m_reply = headOf(*m_networkReply);
    }
    m_bytes += bytes.size();
    restartClock();
    if (!isStream()) {
        m_reply.body.append(bytes.left(m_limits.errorBody - m_reply.body.size()));
        if (m_bytes > m_limits.answer) {
            end(End::Closed); // what there is of the error says enough
        }
    } else if (m_bytes > m_limits.answer) {
        end(End::TooLarge);
    } else if (!bytes.isEmpty()) {
        Q_EMIT received(bytes);
    }
}

void StreamExchange::onReplyFinished()
{
    if (!m_networkReply) {
        return; // it has ended meanwhile
    }
    const QPointer<StreamExchange> guard(this);
    take(m_networkReply->isReadable() ? m_networkReply->readAll() : QByteArray());
    if (guard) {
        end(End::Closed);
    }
}

void StreamExchange::end(End reason)
{
    if (!m_networkReply) {
        return;
    }
    m_silence.stop();
    m_end = reason;
    QNetworkReply *reply = std::exchange(m_networkReply, nullptr);
    reply->disconnect(this);
    if (m_reply.status == 0) {
        m_networkError = describeNetworkError(*reply);
        if (!m_tlsProblem.isEmpty()) {
            m_networkError.detail = m_tlsProblem;
        }
    }
    reply->abort();
    reply->deleteLater();
    // Not from within the reply's or the owner's own call.
    QMetaObject::invokeMethod(this, &StreamExchange::finished, Qt::QueuedConnection);
}

} // namespace Maestro
