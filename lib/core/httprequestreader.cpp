// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/httprequestreader.h"

#include <algorithm>

namespace Maestro {

namespace {

//! RFC 9110 §5.6.2
bool isToken(QByteArrayView text)
{
    constexpr QByteArrayView Marks = "!#$%&'*+-.^_`|~";
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [Marks](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || Marks.contains(c);
    });
}

//! RFC 9110 §5.5, but ASCII alone: nothing that we listen for needs more.
bool isFieldValue(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == '\t' || (c >= ' ' && c <= '~'); });
}

bool isTarget(QByteArrayView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

//! Without the spaces and tabs around it (RFC 9110 §5.6.3). What else is blank elsewhere, a
//! carriage return above all, stays and is refused.
QByteArrayView withoutSpaceAround(QByteArrayView text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isSpace(text.front())) {
        text = text.sliced(1);
    }
    while (!text.isEmpty() && isSpace(text.back())) {
        text.chop(1);
    }
    return text;
}

} // namespace

int HttpRequestReader::Request::headerCount(QByteArrayView name) const
{
    return static_cast<int>(
        std::count_if(headers.begin(), headers.end(), [name](const HttpHeader &header) {
            return header.name.compare(name, Qt::CaseInsensitive) == 0;
        }));
}

HttpRequestReader::HttpRequestReader(Limits limits)
    : m_limits(limits)
{ }

HttpRequestReader::HttpRequestReader()
    : HttpRequestReader(Limits())
{ }

HttpRequestReader::State HttpRequestReader::feed(QByteArrayView bytes)
{
    if (std::holds_alternative<NeedsMore>(m_settled)) {
        m_buffer.append(bytes);
        m_settled = m_headDone ? readBody() : readHead();
        if (!std::holds_alternative<NeedsMore>(m_settled)) {
            m_buffer = QByteArray();
        }
    }
    return m_settled;
}

HttpRequestReader::State HttpRequestReader::readHead()
{
    for (;;) {
        const qsizetype lf = m_buffer.indexOf('\n', m_scanned);
        const qsizetype seen = lf < 0 ? m_buffer.size() : lf;
        if (m_request.method.isEmpty() && seen > m_limits.requestLine) {
            return Rejection{414};
        }
        if (seen > m_limits.head) {
            return Rejection{431};
        }
        if (lf < 0) {
            m_scanned = m_buffer.size();
            return NeedsMore{};
        }
        const QByteArrayView line = QByteArrayView(m_buffer).sliced(m_lineStart, lf - m_lineStart);
        m_scanned = m_lineStart = lf + 1;
        if (!line.endsWith('\r')) {
            return Rejection{400}; // a bare LF is how requests are smuggled
        }
        const QByteArrayView content = line.chopped(1);
        if (m_request.method.isEmpty()) {
            if (const auto rejection = takeRequestLine(content)) {
                return *rejection;
            }
        } else if (!content.isEmpty()) {
            if (const auto rejection = takeHeader(content)) {
                return *rejection;
            }
        } else {
            break;
        }
    }
    m_headDone = true;
    if (const auto rejection = takeFraming()) {
        return *rejection;
    }
    return readBody();
}

HttpRequestReader::State HttpRequestReader::readBody()
{
    // What comes after the body would be a second request; one connection carries one.
    if (m_buffer.size() - m_lineStart < m_bodyLength) {
        return NeedsMore{};
    }
    m_request.body = m_buffer.mid(m_lineStart, m_bodyLength);
    return std::move(m_request);
}

std::optional<HttpRequestReader::Rejection> HttpRequestReader::takeRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last == first) {
        return Rejection{400};
    }
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    if (!isToken(method) || !isTarget(target)) {
        return Rejection{400};
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return Rejection{version.startsWith("HTTP/") ? 505 : 400};
    }
    m_request.method = method.toByteArray();
    m_request.target = target.toByteArray();
    return std::nullopt;
}

std::optional<HttpRequestReader::Rejection> HttpRequestReader::takeHeader(QByteArrayView line)
{
    if (m_request.headers.size() >= m_limits.headers) {
        return Rejection{431};
    }
    const qsizetype colon = line.indexOf(':');
    // No space before the colon and no continuation lines: RFC 9112 §5.1 and §5.2.
    if (colon <= 0 || !isToken(line.first(colon))) {
        return Rejection{400};
    }
    const QByteArrayView value = withoutSpaceAround(line.sliced(colon + 1));
    if (!isFieldValue(value)) {
        return Rejection{400};
    }
    m_request.headers.append({line.first(colon).toByteArray(), value.toByteArray()});
    return std::nullopt;
}

std::optional<HttpRequestReader::Rejection> HttpRequestReader::takeFraming()
{
    if (m_request.headerCount("Transfer-Encoding") > 0) {
        return Rejection{501};
    }
    const int lengths = m_request.headerCount("Content-Length");
    if (lengths == 0) {
        return std::nullopt;
    }
    const QByteArray length = headerValue(m_request.headers, "Content-Length");
    bool isNumber = !length.isEmpty()
        && std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
    m_bodyLength = isNumber ? length.toLongLong(&isNumber) : 0;
    if (lengths > 1 || !isNumber) {
        return Rejection{400};
    }
    if (m_bodyLength > m_limits.body) {
        return Rejection{413};
    }
    return std::nullopt;
}

} // namespace Maestro
