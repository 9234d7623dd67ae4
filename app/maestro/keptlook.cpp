// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keptlook.h"

#include "storage/settings.h"
#include "ui/chat/chatwindow.h"
#include "ui/common/desktopmotion.h"
#include "ui/common/themestyle.h"

#include <QApplication>

namespace Maestro {

KeptLook::KeptLook(Settings &settings, ChatWindow &window)
    : m_settings(settings)
    , m_window(window)
    , m_look{appearanceOf(settings.appearance()), settings.zoom()}
{
    if (m_look.appearance != Appearance::System) { // which is what the program begins with
        QApplication::setStyle(new ThemeStyle(m_look.appearance, desktopMotion()));
    }
    m_window.setLook(m_look);
    connect(&m_window, &ChatWindow::lookChosen, this, &KeptLook::keep);
}

void KeptLook::keep(const Look &look)
{
    const Look before = std::exchange(m_look, look);
    std::optional<Error> error;
    if (look.appearance != before.appearance) {
        QApplication::setStyle(new ThemeStyle(look.appearance, desktopMotion()));
        error = m_settings.setAppearance(nameOf(look.appearance));
    }
    if (look.zoom != before.zoom) {
        error = m_settings.setZoom(look.zoom);
    }
    if (error) {
        m_window.showMessage(error->message);
    }
}

} // namespace Maestro
