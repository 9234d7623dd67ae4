// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

namespace Maestro {

//! Where something is, in few letters: its host is always there, the middle of the rest is left
//! out. Letters that could deceive are signs.
QString shortAddress(const QString &url);
//! The same text, with its address in each chip that stands for an image.
Markdown::Inline withImageAddresses(const Markdown::Inline &text);
//! The same for each of several.
QList<Markdown::Inline> withImageAddresses(const QList<Markdown::Inline> &texts);

} // namespace Maestro
