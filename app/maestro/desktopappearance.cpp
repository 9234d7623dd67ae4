// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desktopappearance.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

// flatpak.github.io/xdg-desktop-portal, Settings
const QString Portal = u"org.freedesktop.portal.Desktop"_s;
const QString Path = u"/org/freedesktop/portal/desktop"_s;
const QString Settings = u"org.freedesktop.portal.Settings"_s;
const QString Group = u"org.freedesktop.appearance"_s;
const QString Name = u"color-scheme"_s;

//! 0 is no preference; what is not known is none either.
Appearance appearanceFrom(const QVariant &value)
{
    if (value.typeId() != QMetaType::UInt) {
        return Appearance::System;
    }
    const uint word = value.toUInt();
    return word == 1 ? Appearance::Dark : word == 2 ? Appearance::Light : Appearance::System;
}

} // namespace

DesktopAppearance::DesktopAppearance(QDBusConnection bus, QObject *parent)
    : QObject(parent)
{
    if (!bus.isConnected()) {
        return;
    }
    bus.connect(Portal, Path, Settings, u"SettingChanged"_s, this,
                SLOT(onSettingChanged(QDBusMessage)));
    QDBusMessage question = QDBusMessage::createMethodCall(Portal, Path, Settings, u"Read"_s);
    question.setArguments({Group, Name});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) {
            take(reply.value());
        }
    });
}

void DesktopAppearance::onSettingChanged(const QDBusMessage &setting)
{
    const QVariantList what = setting.arguments();
    if (what.value(0) == Group && what.value(1) == Name) {
        take(what.value(2).value<QDBusVariant>());
    }
}

void DesktopAppearance::take(const QDBusVariant &value)
{
    // Read() wraps what is a variant already in another one.
    const QVariant outer = value.variant();
    const QVariant inner
        = outer.canConvert<QDBusVariant>() ? outer.value<QDBusVariant>().variant() : outer;
    const Appearance appearance = appearanceFrom(inner);
    if (std::exchange(m_appearance, appearance) != appearance) {
        Q_EMIT changed();
    }
}

} // namespace Maestro
