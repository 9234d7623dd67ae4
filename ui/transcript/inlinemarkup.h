// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

namespace Maestro {

//! A stretch of a line that looks the same throughout.
struct InlineSpan
{
    QString text;
    bool bold = false;
    bool italic = false;
    bool strike = false;
    bool code = false;
    //! The address a link was written with; it is shown, not opened.
    bool address = false;

    friend bool operator==(const InlineSpan &, const InlineSpan &) = default;
};

//! The marks of one line of Markdown: **bold**, *italic*, ~~strike~~, `code`, [text](address) and
//! backslash escapes. A mark without its partner stays as it was written.
QList<InlineSpan> parseInline(QStringView line);

} // namespace Maestro
