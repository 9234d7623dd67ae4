// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/partpainter.h"

class QXmlStreamWriter;

namespace Maestro {

//! A stretch of a part, to be written down elsewhere.
struct PartPiece
{
    Part part;
    Stretch stretch;
};

//! As it is read, with bullets and numbers.
QString plainText(const QList<PartPiece> &pieces);
//! As Markdown that means the same.
QString markdownText(const QList<PartPiece> &pieces);
//! As a document for other programs; nothing in it loads anything.
QString htmlText(const QList<PartPiece> &pieces);
//! A table for a spreadsheet: cells stand apart by tabs, rows by line feeds.
QString tabSeparated(const QList<QList<Markdown::Inline>> &rows);

} // namespace Maestro
