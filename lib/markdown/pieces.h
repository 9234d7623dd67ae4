// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

#include <QStringView>

namespace Maestro::Markdown {

//! A long paragraph is read in pieces, so that what is added to it costs a piece. It is cut where
//! nothing is open: there the pieces read what the whole would. Only where there is no such place
//! for thousands of characters (nobody writes so) does a mark end with its piece.
struct Piece
{
    qsizetype length = 0;
    qsizetype gap = 0; //!< behind it, a space or a line end, which belongs to no piece
};

//! Longer than any paragraph that was written to be read.
constexpr qsizetype MostOfAPiece = 8192;

//! Depends on the next MostOfAPiece + 1 characters, however much follows.
Piece firstPiece(QStringView text);

void appendTo(Inline &text, const Inline &piece);

} // namespace Maestro::Markdown
