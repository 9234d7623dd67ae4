// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QWidget;

namespace Maestro {

struct ChatActions;

//! Opens a box with every keyboard shortcut.
void showShortcutList(QWidget *parent, const ChatActions &actions);
//! Opens a box with the version and the licence.
void showAboutMaestro(QWidget *parent);

} // namespace Maestro
