// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Maestro::Markdown {

//! What an HTML entity ("&amp;", "&#x41;") stands for; the entity as it came if nothing does.
QString resolveEntity(QStringView entity);

bool isAsciiPunctuation(QChar character);

//! Without the backslashes before punctuation, entities resolved.
QString unescaped(QStringView text);

} // namespace Maestro::Markdown
