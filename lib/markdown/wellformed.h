// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Maestro::Markdown {

//! With U+FFFD for every half of a surrogate pair that stands alone.
QString wellFormed(QString text);

} // namespace Maestro::Markdown
