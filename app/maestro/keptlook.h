// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/theme.h"

#include <QObject>

namespace Maestro {

class ChatWindow;
class DesktopAppearance;
class Settings;

//! Gives the program the look that the person chose last, and keeps what they choose. Where they
//! chose the system's, it follows the desktop.
class KeptLook : public QObject
{
    Q_OBJECT

public:
    //! All must outlive it.
    KeptLook(Settings &settings, const DesktopAppearance &desktop, ChatWindow &window);

private:
    //! As far as it is known without the palette.
    Appearance appearance() const;
    void show() const;
    void onDesktopChanged() const;
    void keep(const Look &look);

    Settings &m_settings;
    const DesktopAppearance &m_desktop;
    ChatWindow &m_window;
    Look m_look;
};

} // namespace Maestro
