// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace Maestro {

//! A message bus that nobody is on but who asks for a connection, and that starts nobody.
class PrivateBus
{
public:
    PrivateBus()
    {
        using namespace Qt::StringLiterals;
        QFile configuration(m_folder.filePath(u"bus.conf"_s));
        if (!configuration.open(QIODevice::WriteOnly)) {
            qFatal("cannot write");
        }
        configuration.write("<busconfig><type>session</type><listen>unix:tmpdir="
                            + m_folder.path().toUtf8()
                            + "</listen><policy context=\"default\"><allow send_destination=\"*\"/>"
                              "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
        configuration.close();
        m_daemon.start(
            u"dbus-daemon"_s,
            {u"--config-file="_s + configuration.fileName(), u"--nofork"_s, u"--print-address"_s});
        if (!m_daemon.waitForReadyRead()) {
            qFatal("the bus does not start");
        }
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    ~PrivateBus()
    {
        for (const QString &name : std::as_const(m_names)) {
            QDBusConnection::disconnectFromBus(name);
        }
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(PrivateBus)

    static bool isPossible()
    {
        return !QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty();
    }
    const QString &address() const { return m_address; }
    QDBusConnection connection(const QString &name)
    {
        m_names.append(name);
        return QDBusConnection::connectToBus(m_address, name);
    }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
};

} // namespace Maestro
