// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"
#include "core/httpmessage.h"
#include "net/wakingclock.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;

namespace Maestro {

//! One request whose answer comes in pieces, sent once. Make, connect, start(); then `received` any
//! number of times and `finished` exactly once, never before start() returns. Dropping it ends the
//! request silently.
class StreamExchange final : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        //! From the start until the request is on its way: proxy, connection, TLS.
        std::chrono::milliseconds connect = std::chrono::seconds(30);
        //! Without a byte for so long it is given up; comments and pings are bytes, too. Half of it
        //! before that, stalled() says so.
        std::chrono::milliseconds firstByte = std::chrono::minutes(10); // reasoning is silent
        std::chrono::milliseconds betweenBytes = std::chrono::minutes(5);
        //! After the computer has slept, in which most connections die unnoticed.
        std::chrono::milliseconds afterSleep = std::chrono::seconds(30);
        std::chrono::milliseconds sleepCheck = std::chrono::seconds(2); //!< how often is looked
        qint64 answer = 64 * 1024 * 1024; //!< bytes
        qint64 errorBody = 256 * 1024; //!< bytes
        //! Bytes of headers. It bounds what is kept of them, not what Qt reads: of a head that does
        //! not end nothing is heard until firstByte is over.
        qint64 head = 64 * 1024;
        //! For the whole of it: words that trickle in are not worth waiting for.
        std::chrono::milliseconds errorTime = std::chrono::seconds(10);
    };
    enum class End {
        Closed, //!< the other side has ended it, or the network has: see networkError()
        Stopped, //!< stop()
        Silent, //!< too long without a byte
        TooLarge,
        HeadTooLarge,
        Unreadable, //!< it is not packed as its head says, is broken, or a flood
    };

    //! The network outlives it.
    StreamExchange(QNetworkAccessManager &network, const Limits &limits, const WakingClock &clock,
                   QObject *parent = nullptr);
    ~StreamExchange() override;

    void start(const HttpRequest &request, const HttpHeaders &authorization);
    void stop();
    //! Whether the other side was asked at all.
    bool wasSent() const { return m_wasSent; }
    bool isRunning() const { return m_networkReply != nullptr; }
    //! After stalled(): the other side gets the whole time once more.
    void keepWaiting();

    //! Status and headers as they have arrived; where it is no stream its body, too, bounded.
    const HttpReply &reply() const { return m_reply; }
    //! When the status and the headers came.
    const QDateTime &headArrived() const { return m_headArrived; }
    qint64 bytes() const { return m_bytes; }
    const Limits &limits() const { return m_limits; }
    //! A good status, and no web page: what a network login page sends is never an answer.
    bool isStream() const { return isGood() && !isPage(); }
    bool isPage() const;
    //! For after `finished`.
    End end() const { return m_end; }
    //! Why there is no HTTP status, in plain words.
    const Error &networkError() const { return m_networkError; }

Q_SIGNALS:
    //! Of a stream.
    void received(const QByteArray &bytes);
    //! Nothing has come for so long, or the computer slept; it is given up in so long.
    void stalled(std::chrono::milliseconds silentFor, std::chrono::milliseconds endsIn);
    void finished();

private:
    void onHead();
    void takeHead();
    void onReadyRead();
    void onReplyFinished();
    void onError();
    void onSilence();
    void onSleepCheck();
    QByteArray readSome();
    void take(const QByteArray &bytes);
    void takeAnswer(const QByteArray &bytes);
    void takeErrorBody(const QByteArray &bytes);
    void end(End end);
    void endLater(End end);
    bool isGood() const { return m_reply.status >= 200 && m_reply.status < 300; }
    std::chrono::milliseconds limit() const;
    void restartClock();

    QNetworkAccessManager &m_network;
    Limits m_limits;
    QNetworkReply *m_networkReply = nullptr; // ours to delete
    HttpReply m_reply;
    QDateTime m_headArrived;
    qint64 m_bytes = 0;
    QTimer m_silence;
    WakingClock m_clock;
    QTimer m_sleepCheck;
    QTimer m_errorTime;
    bool m_hasStalled = false;
    bool m_wasSent = false;
    std::optional<End> m_ending; // as soon as Qt is done with its own work
    End m_end = End::Closed;
    Error m_networkError;
};

} // namespace Maestro
