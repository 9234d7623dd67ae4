// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httpmessage.h"

#include <QByteArrayView>

#include <optional>
#include <variant>

namespace Maestro {

//! Reads one HTTP/1 request (RFC 9112) out of the bytes of a connection, however they are cut. Made
//! for a loopback listener that anybody may send anything to: every length has a limit, and what is
//! not plainly right is refused. No I/O.
class HttpRequestReader
{
public:
    struct Limits
    {
        qsizetype requestLine = 8 * 1024;
        qsizetype head = 32 * 1024; //!< request line and headers together
        int headers = 100;
        qsizetype body = 0; //!< 0: a request with a body is refused
    };
    struct Request
    {
        QByteArray method;
        QByteArray target; //!< as it came: not decoded, query included
        HttpHeaders headers;
        QByteArray body;

        //! How many headers of that name there are.
        int headerCount(QByteArrayView name) const;

        friend bool operator==(const Request &, const Request &) = default;
    };
    //! The request cannot be answered; the status says why. The connection is of no further use.
    struct Rejection
    {
        int status = 400;

        friend bool operator==(const Rejection &, const Rejection &) = default;
    };
    struct NeedsMore
    {
        friend bool operator==(const NeedsMore &, const NeedsMore &) = default;
    };
    using State = std::variant<NeedsMore, Request, Rejection>;

    explicit HttpRequestReader(Limits limits);
    HttpRequestReader();

    //! Once it has returned something else than NeedsMore it goes on returning that.
    State feed(QByteArrayView bytes);

private:
    State readHead();
    State readBody();
    std::optional<Rejection> takeRequestLine(QByteArrayView line);
    std::optional<Rejection> takeHeader(QByteArrayView line);
    //! How long the body is, from the headers.
    std::optional<Rejection> takeFraming();

    Limits m_limits;
    QByteArray m_buffer;
    qsizetype m_scanned = 0; // no line end before here
    qsizetype m_lineStart = 0;
    bool m_headDone = false;
    qsizetype m_bodyLength = 0;
    Request m_request;
    State m_settled;
};

} // namespace Maestro
