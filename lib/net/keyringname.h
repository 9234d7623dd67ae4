// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Maestro {

//! What people call the keyring that this program is: "GNOME Keyring" for gnome-keyring-daemon. The
//! program's own name where it is not a known one.
QString keyringNameOf(const QString &program);

} // namespace Maestro
