// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

namespace Maestro {

//! Stands in what is shown for a letter that would not be seen, and yet changes how the rest reads.
constexpr QChar HiddenSign = u'\ufffd';

//! Opens or ends a stretch in another direction (UAX #9).
bool turnsDirection(QChar c);

//! Where code has marks of direction, letters without width, or control characters. The joiners
//! between letters that are not ASCII are none: scripts and emoji need them.
QList<qsizetype> hiddenInCode(QStringView code);
//! The same of the links and the code in a text; of a link, what turns its direction.
QList<qsizetype> hiddenInMarks(const Markdown::Inline &text);

} // namespace Maestro
