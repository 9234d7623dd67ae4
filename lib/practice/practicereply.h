// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httpmessage.h"

#include <QJsonObject>

#include <variant>

namespace Maestro::Practice {

//! A streamed answer, before any of it is sent.
struct EventStream
{
    enum class Ending {
        Finished, //!< the last chunk is sent and the connection closed
        Dropped, //!< the connection is closed inside a chunk
        Stalled, //!< nothing more is sent, the connection stays
    };
    struct Step
    {
        QByteArray bytes; //!< one event, its blank line included
        bool paced = false; //!< waits for the pace before it is sent

        friend bool operator==(const Step &, const Step &) = default;
    };

    HttpHeaders headers;
    QList<Step> steps;
    Ending ending = Ending::Finished;
    //! How many times longer the pauses are than the provider's pace.
    int slowness = 1;
};

//! What a request is answered with: at once, or over some time.
using Reply = std::variant<HttpReply, EventStream>;

HttpReply jsonReply(int status, const QJsonObject &body);
//! An error as OpenAI's API words it: {"error": {"message", "type", "param", "code"}}.
HttpReply apiError(int status, const QString &type, const QString &code, const QString &message,
                   const QString &param = {});
//! An error as OAuth words it (RFC 6749 §5.2): {"error", "error_description"}.
HttpReply oauthError(int status, const QString &error, const QString &description);

//! The head of an answer, its empty line included. `framing` says how the body ends.
QByteArray headBytes(int status, const HttpHeaders &headers, const HttpHeader &framing);
//! A whole answer with its Content-Length.
QByteArray replyBytes(const HttpReply &reply);
//! One chunk of a chunked body (RFC 9112 §7.1).
QByteArray chunkBytes(QByteArrayView content);

} // namespace Maestro::Practice
