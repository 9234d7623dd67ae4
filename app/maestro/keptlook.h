// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/theme.h"

#include <QObject>

namespace Maestro {

class ChatWindow;
class Settings;

//! Gives the program the look that the person chose last, and keeps what they choose.
class KeptLook : public QObject
{
    Q_OBJECT

public:
    //! Both must outlive it.
    KeptLook(Settings &settings, ChatWindow &window);

private:
    void keep(const Look &look);

    Settings &m_settings;
    ChatWindow &m_window;
    Look m_look;
};

} // namespace Maestro
