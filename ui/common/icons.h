// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>

namespace Maestro {

enum class IconTint { Text, Muted, Accent, OnAccent, Danger, Success, OnPractice };

//! One of the program's own icons (resources/icons, without ".svg"), drawn in the colours of the
//! theme at the time it is painted and sharp at every scale. Its On state is
//! that for the ground of a primary button.
QIcon themeIcon(const QString &name, IconTint tint = IconTint::Text);
//! The program's mark, in its own colours.
QIcon applicationIcon();

} // namespace Maestro
