// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/streamexchange.h"

#include "net/httpfetch.h"
#include "net/networkerror.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! How many answers of the longest kind may come out of what arrives at once.
constexpr qint64 Unpacked = 16;

qint64 sizeOf(const HttpHeaders &headers)
{
    return std::accumulate(headers.begin(), headers.end(), qint64{0},
                           [](qint64 size, const HttpHeader &header) {
                               return size + header.name.size() + header.value.size();
                           });
}

} // namespace

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
    QNetworkRequest networkRequest = toNetworkRequest(request, authorization);
    // Qt calls it an error like any other, and counts what it unpacks at once; ours comes first.
    networkRequest.setDecompressedSafetyCheckThreshold(Unpacked * m_limits.answer);
    m_networkReply = m_network.post(networkRequest, request.body);
    connect(m_networkReply, &QNetworkReply::readyRead, this, &StreamExchange::onReadyRead);
    connect(m_networkReply, &QNetworkReply::finished, this, &StreamExchange::onReplyFinished,
            Qt::QueuedConnection);
    connect(m_networkReply, &QNetworkReply::errorOccurred, this, &StreamExchange::onError);
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
    if (sizeOf(m_reply.headers) > m_limits.head) {
        m_reply.headers.clear();
        endLater(End::HeadTooLarge);
        return;
    }
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

// Of an answer with a good status, what it was packed in is all that Qt finds wrong. It goes on
// then with the bytes as they are, and may be in the middle of our own reading.
void StreamExchange::onError()
{
    if (m_networkReply->error() == QNetworkReply::UnknownContentError && isStream()) {
        endLater(End::Unreadable);
    }
}

//! No more than is kept: what was packed small may be large.
QByteArray StreamExchange::readSome()
{
    const qint64 most = std::max<qint64>(1, m_limits.answer - m_bytes + 1);
    return m_networkReply->read(std::min(m_networkReply->bytesAvailable(), most));
}

void StreamExchange::onReadyRead() { take(readSome()); }

void StreamExchange::take(const QByteArray &bytes)
{
    if (m_ending) {
        return;
    }
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
    take(m_networkReply->isReadable() ? readSome() : QByteArray());
    if (guard) {
        end(m_ending.value_or(End::Closed));
    }
}

//! Qt does not expect it in the middle of its own work. What comes meanwhile is not taken.
void StreamExchange::endLater(End reason)
{
    m_ending = reason;
    QMetaObject::invokeMethod(
        this, [this, reason] { end(reason); }, Qt::QueuedConnection);
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
    if (reply->error() == QNetworkReply::NoError) { // else it is over for Qt
        reply->abort();
    }
    reply->deleteLater();
    // Not from within the reply's or the owner's own call.
    QMetaObject::invokeMethod(this, &StreamExchange::finished, Qt::QueuedConnection);
}

} // namespace Maestro
