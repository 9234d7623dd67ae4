// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

#include <QStringList>

namespace Maestro::Markdown {

//! The alignments that a table's second line gives to its columns; none if the line is none such.
QList<Alignment> tableColumns(QStringView line);

//! The cells of a row; "\|" is a bar within a cell.
QStringList tableCells(QStringView line);

} // namespace Maestro::Markdown
