// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/tex.h"

#include "markdown/texreader.h"

namespace Maestro::Markdown {

std::optional<QString> texToUnicode(QStringView tex) { return TexReader(tex).read(); }

} // namespace Maestro::Markdown
