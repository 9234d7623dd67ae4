// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Maestro {

//! What a conversation is called that begins with this prompt: its first sentence, on one line and
//! short enough for a list. Empty if there is nothing to read in it.
QString titleOf(const QString &prompt);

} // namespace Maestro
