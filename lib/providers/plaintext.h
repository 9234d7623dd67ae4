// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Maestro {

//! Longer words of a provider are cut here.
inline constexpr qsizetype PlainTextLimit = 2000;

//! Foreign text that is safe to show and to copy: bounded, without control characters (line breaks
//! stay) and without the characters that turn the direction of text, keys and tokens taken out.
QString plainText(const QString &text, qsizetype limit = PlainTextLimit);

} // namespace Maestro
