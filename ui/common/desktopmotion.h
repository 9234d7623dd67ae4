// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/themestyle.h"

namespace Maestro {

//! How much motion the person wants, as the settings of the GTK toolkit say it, which other
//! desktops write as well. Full where they say nothing.
Motion desktopMotion();

} // namespace Maestro
