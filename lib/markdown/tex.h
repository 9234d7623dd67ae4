// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace Maestro::Markdown {

//! TeX mathematics as a line of Unicode text: "\frac{a}{b^2}" as "a/b²". What Unicode cannot say
//! stays as its TeX within the line. Nothing if the braces do not match or it is nested too deeply.
//! Lines of an alignment are separated by U+2028.
std::optional<QString> texToUnicode(QStringView tex);

} // namespace Maestro::Markdown
