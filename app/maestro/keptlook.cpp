// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keptlook.h"

#include "desktopappearance.h"
#include "storage/settings.h"
#include "ui/chat/chatwindow.h"
#include "ui/common/desktopmotion.h"
#include "ui/common/themestyle.h"

#include <QApplication>

namespace Maestro {

KeptLook::KeptLook(Settings &settings, const DesktopAppearance &desktop, ChatWindow &window)
    : m_settings(settings)
    , m_desktop(desktop)
    , m_window(window)
    , m_look{appearanceOf(settings.appearance()), settings.zoom()}
{
    if (appearance() != Appearance::System) { // which is what the program begins with
        show();
    }
    m_window.setLook(m_look);
    connect(&m_window, &ChatWindow::lookChosen, this, &KeptLook::keep);
    connect(&m_desktop, &DesktopAppearance::changed, this, &KeptLook::onDesktopChanged);
}

Appearance KeptLook::appearance() const
{
    return m_look.appearance == Appearance::System ? m_desktop.appearance() : m_look.appearance;
}

void KeptLook::show() const
{
    QApplication::setStyle(new ThemeStyle(appearance(), desktopMotion()));
}

void KeptLook::onDesktopChanged() const
{
    if (m_look.appearance == Appearance::System) {
        show();
    }
}

void KeptLook::keep(const Look &look)
{
    const Look before = std::exchange(m_look, look);
    std::optional<Error> error;
    if (look.appearance != before.appearance) {
        show();
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
