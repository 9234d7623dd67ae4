// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

namespace Maestro {

//! A reason is to be read at a glance; the details have the rest.
inline constexpr qsizetype LongestReason = 300;

//! One paragraph of at most `limit` characters, which ends after a whole sentence if it can, else
//! after a whole word, and with an ellipsis if something is left out.
QString shortened(const QString &text, qsizetype limit = LongestReason);

//! The other side's reason between quotation marks, bounded, as plain text; empty without one.
QString quotation(const QString &reason);
//! What happened, why and what can be done about it, in one paragraph of plain text.
QString paragraphOf(const Error &error);

} // namespace Maestro
