// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QObject>

namespace Maestro {

//! Whether the desktop is dark or light, as its settings portal says it: Qt's own palette does not
//! know that on every desktop.
class DesktopAppearance : public QObject
{
    Q_OBJECT

public:
    //! Asks, and listens from then on.
    explicit DesktopAppearance(QDBusConnection bus, QObject *parent = nullptr);

    //! System where nobody has said anything: then the palette is all there is to go by.
    Appearance appearance() const { return m_appearance; }

Q_SIGNALS:
    void changed();

private Q_SLOTS: // which the bus calls by name
    void onSettingChanged(const QDBusMessage &setting);

private:
    void take(const QDBusVariant &value);

    Appearance m_appearance = Appearance::System;
};

} // namespace Maestro
