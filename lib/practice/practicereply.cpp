// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practicereply.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 303:
        return "See Other";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 421:
        return "Misdirected Request";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

QJsonValue orNull(const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); }

} // namespace

HttpReply jsonReply(int status, const QJsonObject &body)
{
    return {status,
            {{"Content-Type", "application/json"}},
            QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

HttpReply apiError(int status, const QString &type, const QString &code, const QString &message,
                   const QString &param)
{
    return jsonReply(status,
                     {{u"error"_s,
                       QJsonObject{{u"message"_s, message},
                                   {u"type"_s, type},
                                   {u"param"_s, orNull(param)},
                                   {u"code"_s, orNull(code)}}}});
}

HttpReply oauthError(int status, const QString &error, const QString &description)
{
    return jsonReply(status, {{u"error"_s, error}, {u"error_description"_s, description}});
}

QByteArray headBytes(int status, const HttpHeaders &headers, const HttpHeader &framing)
{
    QByteArray head
        = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    // One connection carries one request: what a fault leaves of a connection is of no further use.
    const HttpHeaders all = headers
        + HttpHeaders{framing,
                      {"Connection", "close"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"X-Maestro-Practice", "provider"}};
    for (const HttpHeader &header : all) {
        head += header.name + ": " + header.value + "\r\n";
    }
    if (headerValue(headers, "Cache-Control").isEmpty()) {
        head += "Cache-Control: no-store\r\n";
    }
    return head + "\r\n";
}

QByteArray replyBytes(const HttpReply &reply)
{
    return headBytes(reply.status, reply.headers,
                     {"Content-Length", QByteArray::number(reply.body.size())})
        + reply.body;
}

QByteArray chunkBytes(QByteArrayView content)
{
    return QByteArray::number(content.size(), 16) + "\r\n" + content.toByteArray() + "\r\n";
}

} // namespace Maestro::Practice
