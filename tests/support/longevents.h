// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace Maestro::Test {

//! The stream with blanks behind each event of one line. They change nothing but its length, and a
//! long event is not read by the parser that reads pieces of text: both must say the same.
inline QByteArray withLongEvents(QByteArrayView stream)
{
    constexpr qsizetype Padding = 5 * 1024;
    QByteArray bytes;
    for (const QByteArray &line : stream.toByteArray().split('\n')) {
        const bool isCut = line.endsWith('\r');
        const QByteArray text = isCut ? line.chopped(1) : line;
        bytes += text;
        // A CR by itself ends a line, too: behind it stands another field.
        if ((text.startsWith("data: {") || text.startsWith("data:{")) && !text.contains('\r')) {
            bytes += QByteArray(Padding, ' ');
        }
        bytes += isCut ? "\r\n" : "\n";
    }
    bytes.chop(1);
    return bytes;
}

//! What stands in the detail of an event that could not be read is the text itself, and the blanks
//! with it.
inline StreamMessages withoutDetails(StreamMessages messages)
{
    for (StreamMessage &message : messages) {
        if (auto *fault = std::get_if<StreamFault>(&message); fault && !fault->fatal) {
            fault->error.detail.clear();
        }
    }
    return messages;
}

} // namespace Maestro::Test
