// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceconnection.h"

#include <QTcpSocket>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro::Practice {

namespace {

constexpr qsizetype MaxBody = 1024 * 1024;
constexpr qint64 ReadBuffer = 64 * 1024;
//! More than this is not handed to the socket before the other side has read.
constexpr qint64 WriteBuffer = 256 * 1024;
constexpr std::chrono::milliseconds RequestTime = 10s;
//! For the other side to read a refusal while it may still be sending; closing at once would reset
//! the connection, and the refusal would be lost.
constexpr std::chrono::milliseconds RefusalTime = 2s;
//! Of an answer, also of one that has stalled.
constexpr std::chrono::milliseconds AnswerTime = 15min;

HttpRequestReader::Limits limits()
{
    HttpRequestReader::Limits limits;
    limits.body = MaxBody;
    return limits;
}

} // namespace

Connection::Connection(QTcpSocket *socket, Routes &routes, Pace pace, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_routes(routes)
    , m_pace(pace)
    , m_reader(limits())
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(ReadBuffer);
    // Deltas are small and each of them matters at its time.
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &Connection::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &Connection::finished);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &Connection::advance);

    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Connection::onDeadline);
    m_deadline.start(RequestTime);
    m_paceTimer.setSingleShot(true);
    m_paceTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_paceTimer, &QTimer::timeout, this, &Connection::onPaceElapsed);
}

void Connection::onReadyRead()
{
    const QByteArray bytes = m_socket->readAll();
    if (m_settled) {
        return;
    }
    const HttpRequestReader::State state = m_reader.feed(bytes);
    m_settled = !std::holds_alternative<HttpRequestReader::NeedsMore>(state);
    if (const auto *request = std::get_if<HttpRequestReader::Request>(&state)) {
        take(*request);
    } else if (const auto *rejection = std::get_if<HttpRequestReader::Rejection>(&state)) {
        reject(rejection->status);
    }
}

void Connection::onDeadline()
{
    if (!m_settled) {
        m_settled = true;
        reject(408);
        return;
    }
    m_socket->abort();
}

void Connection::take(const HttpRequestReader::Request &request)
{
    m_deadline.start(AnswerTime);
    Reply reply = m_routes.answer(request);
    const QString name = Routes::nameOf(request);
    if (const auto *whole = std::get_if<HttpReply>(&reply)) {
        send(*whole);
        m_socket->disconnectFromHost();
        Q_EMIT answered(name, whole->status);
    } else {
        start(std::get<EventStream>(std::move(reply)));
        Q_EMIT answered(name, 200);
    }
}

void Connection::reject(int status)
{
    send(apiError(status, u"invalid_request_error"_s, u"bad_request"_s,
                  u"The request could not be read."_s));
    m_deadline.start(RefusalTime);
    Q_EMIT answered(u"other"_s, status);
}

void Connection::send(const HttpReply &reply) { m_socket->write(replyBytes(reply)); }

void Connection::start(EventStream stream)
{
    m_socket->write(headBytes(200, stream.headers, {"Transfer-Encoding", "chunked"}));
    m_stream = std::move(stream);
    advance();
}

void Connection::advance()
{
    while (m_stream && !m_paceTimer.isActive() && m_socket->bytesToWrite() < WriteBuffer) {
        if (m_nextStep == m_stream->steps.size()) {
            endStream();
            return;
        }
        const EventStream::Step &step = m_stream->steps[m_nextStep];
        if (step.paced && m_pace.between > 0ms && !m_mayPass) {
            m_paceTimer.start(m_pace.between * m_stream->slowness);
            return;
        }
        m_mayPass = false;
        ++m_nextStep;
        m_socket->write(chunkBytes(step.bytes));
    }
}

void Connection::onPaceElapsed()
{
    m_mayPass = true;
    advance();
}

void Connection::endStream()
{
    const EventStream::Ending ending = m_stream->ending;
    m_stream.reset();
    switch (ending) {
    case EventStream::Ending::Finished:
        m_socket->write("0\r\n\r\n");
        m_socket->disconnectFromHost();
        return;
    case EventStream::Ending::Dropped:
        // A chunk of 512 bytes, of which 40 come.
        m_socket->write("200\r\nevent: response.output_text.delta\ndata: {");
        m_socket->disconnectFromHost();
        return;
    case EventStream::Ending::Stalled:
        return;
    }
}

} // namespace Maestro::Practice
