// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/faultserver.h"

#include <QSslSocket>
#include <QTimer>

#include <algorithm>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! So long a reset waits for what was sent before it to be read: it overtakes it.
constexpr std::chrono::milliseconds BeforeReset{40};
constexpr qint64 MostUnsent = 256 * 1024;

qsizetype lengthOfBody(const QByteArray &head)
{
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        if (line.toLower().startsWith("content-length:")) {
            return line.mid(15).trimmed().toLongLong();
        }
    }
    return 0;
}

quint32 crc32(const QByteArray &bytes)
{
    quint32 crc = 0xFFFFFFFF;
    for (const char byte : bytes) {
        crc ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

QByteArray littleEndian(quint32 value)
{
    QByteArray bytes;
    for (int shift = 0; shift < 32; shift += 8) {
        bytes.append(static_cast<char>(value >> shift));
    }
    return bytes;
}

const QByteArray GzipHeader = QByteArrayLiteral("\x1f\x8b\x08\0\0\0\0\0\0\x03");

} // namespace

namespace Fault {

FaultScript send(const QByteArray &bytes) { return {{{FaultStep::Kind::Send, bytes}}}; }

FaultScript sendInPieces(const QByteArray &bytes, qsizetype piece,
                         std::chrono::milliseconds between)
{
    return {{{FaultStep::Kind::Send, bytes, piece, between}}};
}

FaultScript sendForEver(const QByteArray &bytes)
{
    return {{{FaultStep::Kind::SendForEver, bytes}}};
}

FaultScript waitFor(std::chrono::milliseconds time)
{
    return {{{FaultStep::Kind::Wait, {}, 0, time}}};
}

FaultScript close() { return {{{FaultStep::Kind::Close}}}; }

FaultScript reset() { return {{{FaultStep::Kind::Reset}}}; }

FaultScript halfClose() { return {{{FaultStep::Kind::HalfClose}}}; }

FaultScript answer(const QByteArray &bytes) { return send(bytes) + close(); }

FaultScript asSoonAs(FaultScript::When when, FaultScript script)
{
    script.when = when;
    return script;
}

QByteArray http(const QByteArray &status, const QByteArray &headers, const QByteArray &body)
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Connection: close\r\n\r\n" + body;
}

QByteArray stream(const QByteArray &events, const QByteArray &headers)
{
    return http("200 OK", "Content-Type: text/event-stream\r\n" + headers, events);
}

QByteArray chunked(const QByteArray &body, qsizetype chunk)
{
    QByteArray bytes;
    for (qsizetype at = 0; at < body.size(); at += chunk) {
        const QByteArray piece = body.mid(at, chunk);
        bytes += QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
    }
    return bytes + "0\r\n\r\n";
}

QByteArray gzip(const QByteArray &bytes)
{
    // qCompress() wraps the same deflated data otherwise: four bytes of length and two of zlib
    // before it, four of a checksum after it.
    QByteArray deflated = qCompress(bytes).mid(6);
    deflated.chop(4);
    return GzipHeader + deflated + littleEndian(crc32(bytes))
        + littleEndian(static_cast<quint32>(bytes.size()));
}

QByteArray gzipBegun(const QByteArray &bytes)
{
    // One block that is stored as it is and not the last (RFC 1951 §3.2.4): it can be read to its
    // end, as what a server flushes can be.
    const auto size = static_cast<quint32>(bytes.size());
    return GzipHeader + '\0' + littleEndian(size).first(2) + littleEndian(~size).first(2) + bytes;
}

QByteArray deflate(const QByteArray &bytes)
{
    return qCompress(bytes).mid(4); // which has the length before it
}

} // namespace Fault

//! Lives as long as its socket.
class FaultConnection final : public QObject
{
    Q_OBJECT

public:
    FaultConnection(QSslSocket &socket, FaultServer &server)
        : QObject(&socket)
        , m_socket(socket)
        , m_server(server)
    {
        connect(&socket, &QSslSocket::readyRead, this, &FaultConnection::onReadyRead);
        connect(&socket, &QSslSocket::bytesWritten, this, &FaultConnection::fill);
    }

    void start()
    {
        if (m_server.m_scripts.value(0).when == FaultScript::When::Connected) {
            takeScript();
            begin();
        }
    }

private:
    void takeScript()
    {
        if (!m_hasScript) {
            m_hasScript = true;
            m_script = m_server.nextScript();
        }
    }

    void onReadyRead()
    {
        takeScript();
        const QByteArray bytes = m_socket.readAll();
        m_server.m_received += bytes;
        m_unread += bytes;
        const qsizetype headEnd = m_unread.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return;
        }
        const QByteArray head = m_unread.first(headEnd + 4);
        if (m_script.when == FaultScript::When::HeadRead) {
            begin();
        }
        const qsizetype end = head.size() + lengthOfBody(head);
        if (m_unread.size() < end) {
            return;
        }
        m_server.m_requests.append({head, m_unread.mid(head.size(), end - head.size())});
        m_unread = m_unread.mid(end);
        begin();
    }

    void begin()
    {
        if (!m_hasBegun) {
            m_hasBegun = true;
            next();
        }
    }

    void next()
    {
        if (m_script.steps.isEmpty()) {
            return;
        }
        const FaultStep &step = m_script.steps.first();
        switch (step.kind) {
        case FaultStep::Kind::Send:
            sendPiece();
            return;
        case FaultStep::Kind::SendForEver:
            fill();
            return;
        case FaultStep::Kind::Wait:
            doneIn(step.time);
            return;
        case FaultStep::Kind::Close:
            m_socket.disconnectFromHost();
            return;
        case FaultStep::Kind::Reset:
            m_socket.flush();
            QTimer::singleShot(BeforeReset, this, &FaultConnection::resetNow);
            return;
        case FaultStep::Kind::HalfClose:
            m_socket.flush();
            ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR);
            return;
        }
    }

    void doneIn(std::chrono::milliseconds time)
    {
        m_script.steps.removeFirst();
        QTimer::singleShot(time, this, &FaultConnection::next);
    }

    void sendPiece()
    {
        FaultStep &step = m_script.steps.first();
        const qsizetype size
            = step.piece > 0 ? std::min(step.piece, step.bytes.size()) : step.bytes.size();
        m_socket.write(step.bytes.first(size));
        step.bytes = step.bytes.mid(size);
        if (step.bytes.isEmpty()) {
            m_script.steps.removeFirst();
            next();
        } else {
            m_socket.flush();
            QTimer::singleShot(step.time, this, &FaultConnection::sendPiece);
        }
    }

    void fill()
    {
        if (!m_hasBegun || m_script.steps.isEmpty()
            || m_script.steps.first().kind != FaultStep::Kind::SendForEver) {
            return;
        }
        while (m_socket.isOpen() && m_socket.bytesToWrite() < MostUnsent) {
            m_socket.write(m_script.steps.first().bytes);
        }
    }

    void resetNow()
    {
        const linger atOnce{1, 0};
        ::setsockopt(static_cast<int>(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                     sizeof atOnce);
        m_socket.abort();
    }

    QSslSocket &m_socket;
    FaultServer &m_server;
    FaultScript m_script;
    QByteArray m_unread;
    bool m_hasScript = false;
    bool m_hasBegun = false;
};

FaultServer::FaultServer(const QHostAddress &address)
{
    if (!listen(address)) {
        qFatal("A fault server cannot listen.");
    }
}

void FaultServer::setScripts(const QList<FaultScript> &scripts) { m_scripts = scripts; }

FaultScript FaultServer::nextScript()
{
    ++m_connections;
    return m_scripts.size() > 1 ? m_scripts.takeFirst() : m_scripts.value(0);
}

QUrl FaultServer::url(const QString &path) const
{
    QUrl url;
    url.setScheme(m_tls ? u"https"_s : u"http"_s);
    url.setHost(serverAddress().toString());
    url.setPort(serverPort());
    url.setPath(path);
    return url;
}

void FaultServer::incomingConnection(qintptr descriptor)
{
    ++m_accepted;
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(descriptor);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket, &QSslSocket::disconnected, this, [this, socket] {
        ++m_closed;
        socket->deleteLater();
    });
    auto *connection = new FaultConnection(*socket, *this);
    if (!m_tls) {
        connection->start();
        return;
    }
    connect(socket, &QSslSocket::encrypted, this,
            [this, socket] { m_protocol = socket->sslConfiguration().nextNegotiatedProtocol(); });
    connect(socket, &QSslSocket::encrypted, connection, &FaultConnection::start);
    socket->setSslConfiguration(*m_tls);
    socket->startServerEncryption();
}

} // namespace Maestro

#include "faultserver.moc"
