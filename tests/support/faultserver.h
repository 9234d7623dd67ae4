// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QList>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <optional>

class QSslSocket;

namespace Maestro {

//! One thing a fault server does on a connection.
struct FaultStep
{
    enum class Kind {
        Send, //!< `bytes`, in pieces of `piece` with `time` between them; 0 is all at once
        SendForEver, //!< `bytes` again and again, as fast as they are taken
        Wait, //!< `time`
        Close, //!< FIN, after all was sent; a TLS connection says goodbye first
        Reset, //!< RST, after all was sent
        HalfClose, //!< FIN, but what comes is still read; the other side has to close
    };

    Kind kind = Kind::Send;
    QByteArray bytes = {};
    qsizetype piece = 0;
    std::chrono::milliseconds time = {};
};

//! What becomes of one connection. When the steps are done it stays open and silent.
struct FaultScript
{
    enum class When {
        Asked, //!< after the whole request
        HeadRead, //!< after its head; the rest is not waited for
        Connected, //!< nothing is waited for
    };

    QList<FaultStep> steps = {};
    When when = When::Asked;

    friend FaultScript operator+(FaultScript a, const FaultScript &b)
    {
        a.steps += b.steps;
        return a;
    }
};

namespace Fault {

FaultScript send(const QByteArray &bytes);
FaultScript sendInPieces(const QByteArray &bytes, qsizetype piece,
                         std::chrono::milliseconds between = {});
FaultScript sendForEver(const QByteArray &bytes);
FaultScript waitFor(std::chrono::milliseconds time);
FaultScript close();
FaultScript reset();
FaultScript halfClose();
//! send(), then close().
FaultScript answer(const QByteArray &bytes);
FaultScript asSoonAs(FaultScript::When when, FaultScript script);

//! An HTTP answer with these headers, each on a line of its own ending in CRLF, that ends with its
//! connection.
QByteArray http(const QByteArray &status, const QByteArray &headers, const QByteArray &body);
//! A stream of events that ends with its connection.
QByteArray stream(const QByteArray &events, const QByteArray &headers = {});
//! The body in chunks of this size, with the last, empty one.
QByteArray chunked(const QByteArray &body, qsizetype chunk);
//! As `Content-Encoding: gzip` has it.
QByteArray gzip(const QByteArray &bytes);
//! The beginning of such, which can be unpacked as far as it goes, and more of the same.
QByteArray gzipBegun(const QByteArray &bytes);
//! As `Content-Encoding: deflate` has it, in the envelope of zlib.
QByteArray deflate(const QByteArray &bytes);

} // namespace Fault

//! A server that does as its script says, byte by byte, and remembers what it was asked. On any
//! loopback address, in the clear or over TLS.
class FaultServer final : public QTcpServer
{
    Q_OBJECT

public:
    struct Request
    {
        QByteArray head;
        QByteArray body;
    };

    explicit FaultServer(const QHostAddress &address = QHostAddress(QHostAddress::LocalHost));
    //! Every connection from now on is TLS.
    void setTls(const QSslConfiguration &tls) { m_tls = tls; }

    //! The first connection from now on that says something, or that the script has the first word
    //! on, gets the first script; the last is for all that follow.
    void setScripts(const QList<FaultScript> &scripts);
    QUrl url(const QString &path = {}) const;

    const QList<Request> &requests() const { return m_requests; }
    //! Every byte of every connection, as the application of a TLS connection got it.
    const QByteArray &received() const { return m_received; }
    //! That got a script. Qt 6.8 opens another one when an answer has ended with its connection,
    //! and closes it without a word.
    int connections() const { return m_connections; }
    int accepted() const { return m_accepted; }
    int closed() const { return m_closed; }
    //! What the last TLS connection agreed to speak; empty if nothing was said of it.
    const QByteArray &protocol() const { return m_protocol; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class FaultConnection;
    FaultScript nextScript();

    std::optional<QSslConfiguration> m_tls;
    QList<FaultScript> m_scripts;
    QList<Request> m_requests;
    QByteArray m_received;
    QByteArray m_protocol;
    int m_connections = 0;
    int m_accepted = 0;
    int m_closed = 0;
};

} // namespace Maestro
