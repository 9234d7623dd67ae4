// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/streamexchange.h"

#include "net/httpfetch.h"
#include "net/networkerror.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

#include <algorithm>

namespace Maestro {

StreamExchange::StreamExchange(QNetworkAccessManager &network, const Limits &limits,
                               const WakingClock &clock, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_limits(limits)
    , m_clock(clock)
{
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &StreamExchange::onSilence);
    connect(&m_sleepCheck, &QTimer::timeout, this, &StreamExchange::onSleepCheck);
    m_errorTime.setSingleShot(true);
    connect(&m_errorTime, &QTimer::timeout, this, [this] { end(End::Closed); });
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
    connect(m_networkReply, &QNetworkReply::requestSent, this, [this] {
        m_wasSent = true;
        restartClock();
    });
    // A head without a body is a sign of life.
    connect(m_networkReply, &QNetworkReply::metaDataChanged, this, &StreamExchange::onHead);
    restartClock();
    m_clock.now(); // it may have slept before
    m_sleepCheck.start(m_limits.sleepCheck);
}

void StreamExchange::stop() { end(End::Stopped); }

void StreamExchange::keepWaiting()
{
    if (m_networkReply) {
        restartClock();
    }
}

bool StreamExchange::isPage() const
{
    return headerValue(m_reply.headers, "content-type").toLower().contains("html");
}

std::chrono::milliseconds StreamExchange::limit() const
{
    if (!m_wasSent) {
        return m_limits.connect;
    }
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

// Timers stand still while the computer sleeps, and a connection that died meanwhile says nothing.
void StreamExchange::onSleepCheck()
{
    const std::chrono::milliseconds before = m_clock.slept();
    m_clock.now();
    const std::chrono::milliseconds slept = m_clock.slept() - before;
    if (slept.count() == 0) {
        return;
    }
    const auto left = std::min(m_limits.afterSleep, m_silence.remainingTimeAsDuration());
    m_hasStalled = true;
    m_silence.start(left);
    Q_EMIT stalled(slept, left);
}

void StreamExchange::onHead()
{
    takeHead();
    if (m_reply.status != 0 && !isStream()) {
        m_errorTime.start(m_limits.errorTime);
    }
    restartClock();
}

void StreamExchange::takeHead()
{
    if (m_reply.status == 0) {
        m_reply = headOf(*m_networkReply);
        m_headArrived = m_clock.wall();
    }
}

void StreamExchange::onReadyRead() { take(m_networkReply->readAll()); }

void StreamExchange::take(const QByteArray &bytes)
{
    takeHead();
    m_wasSent = m_wasSent || m_reply.status != 0;
    m_bytes += bytes.size();
    restartClock();
    if (!isStream()) {
        takeErrorBody(bytes);
    } else {
        takeAnswer(bytes);
    }
}

void StreamExchange::takeAnswer(const QByteArray &bytes)
{
    const qint64 tooMany = std::max<qint64>(0, m_bytes - m_limits.answer);
    const QPointer<StreamExchange> guard(this);
    if (const QByteArray within = bytes.chopped(std::min<qint64>(tooMany, bytes.size()));
        !within.isEmpty()) {
        Q_EMIT received(within);
    }
    if (guard && tooMany > 0) {
        end(End::TooLarge);
    }
}

void StreamExchange::takeErrorBody(const QByteArray &bytes)
{
    m_reply.body.append(bytes.left(m_limits.errorBody - m_reply.body.size()));
    if (m_reply.body.size() == m_limits.errorBody) {
        end(End::Closed); // what there is of the error says enough
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
    m_sleepCheck.stop();
    m_errorTime.stop();
    m_end = reason;
    QNetworkReply *reply = std::exchange(m_networkReply, nullptr);
    reply->disconnect(this);
    if (m_reply.status == 0) {
        m_networkError = describeNetworkError(*reply);
    }
    reply->abort();
    reply->deleteLater();
    // Not from within the reply's or the owner's own call.
    QMetaObject::invokeMethod(this, &StreamExchange::finished, Qt::QueuedConnection);
}

} // namespace Maestro
