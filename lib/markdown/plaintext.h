// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

namespace Maestro::Markdown {

//! The blocks as text without marks: lists with their bullets, tables with tabs.
QString plainText(const QList<Block> &blocks);

//! A table's cells for a spreadsheet: a tab between them, a line feed behind each row.
QString tabSeparated(const Block &table);

} // namespace Maestro::Markdown
