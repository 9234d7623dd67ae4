// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

namespace Maestro {

struct HttpHeader
{
    QByteArray name;
    QByteArray value;

    friend bool operator==(const HttpHeader &, const HttpHeader &) = default;
};
using HttpHeaders = QList<HttpHeader>;

//! The value of the first header of that name, in any case; empty if there is none.
QByteArray headerValue(const HttpHeaders &headers, QByteArrayView name);

//! A request as a value: what to send, before anything is sent. It carries no credential; the
//! network layer adds that in the line that sends.
struct HttpRequest
{
    QByteArray method;
    QUrl url;
    HttpHeaders headers = {};
    QByteArray body = {};

    friend bool operator==(const HttpRequest &, const HttpRequest &) = default;
};

//! What a server answered when it was not a stream: an error, usually. The body is bounded by
//! whoever read it.
struct HttpReply
{
    int status = 0;
    HttpHeaders headers = {};
    QByteArray body = {};

    friend bool operator==(const HttpReply &, const HttpReply &) = default;
};

} // namespace Maestro
