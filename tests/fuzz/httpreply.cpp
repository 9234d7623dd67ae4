// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "httpreply.h"

namespace Maestro::Fuzz {

namespace {

QByteArrayView takeLine(QByteArrayView &bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    const QByteArrayView line = end < 0 ? bytes : bytes.first(end);
    bytes = end < 0 ? QByteArrayView() : bytes.sliced(end + 1);
    return line;
}

} // namespace

HttpReply replyFrom(QByteArrayView bytes)
{
    HttpReply reply;
    reply.status = takeLine(bytes).toByteArray().toUShort();
    while (!bytes.isEmpty()) {
        const QByteArrayView line = takeLine(bytes);
        if (line.isEmpty()) {
            break;
        }
        const qsizetype colon = line.indexOf(':');
        reply.headers.append({line.first(std::max<qsizetype>(colon, 0)).toByteArray(),
                              line.sliced(colon + 1).trimmed().toByteArray()});
    }
    reply.body = bytes.toByteArray();
    return reply;
}

} // namespace Maestro::Fuzz
