// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

namespace Maestro::Markdown {

//! Another reading of the same text, to judge Document by: md4c decides what is a block, and gets
//! the text as a whole. Knows no mathematics and no positions in the source.
QList<Block> readWhole(QStringView text);

} // namespace Maestro::Markdown
