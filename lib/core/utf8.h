// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace Maestro {

//! Decodes UTF-8 as the WHATWG Encoding standard says: every maximal part of an invalid sequence
//! becomes one U+FFFD. (QString::fromUtf8 writes one for every byte of it.)
QString decodeUtf8(QByteArrayView bytes);

//! The same bytes with U+FFFD where they were invalid: for parsers that refuse anything else.
QByteArray repairUtf8(QByteArrayView bytes);

//! The same text with U+FFFD where a surrogate has no other half, as JSON and a cut can leave it: no
//! regular expression matches anything in a text with one.
QString repairUtf16(const QString &text);

} // namespace Maestro
