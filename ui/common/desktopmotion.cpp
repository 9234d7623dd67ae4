// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/desktopmotion.h"

#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Maestro {

Motion desktopMotion()
{
    for (const QString &name : {u"gtk-4.0/settings.ini"_s, u"gtk-3.0/settings.ini"_s}) {
        const QString path = QStandardPaths::locate(QStandardPaths::GenericConfigLocation, name);
        if (path.isEmpty()) {
            continue;
        }
        const QString word = QSettings(path, QSettings::IniFormat)
                                 .value(u"Settings/gtk-enable-animations"_s)
                                 .toString()
                                 .toLower();
        if (!word.isEmpty()) {
            return word == "0"_L1 || word == "false"_L1 ? Motion::Reduced : Motion::Full;
        }
    }
    return Motion::Full;
}

} // namespace Maestro
