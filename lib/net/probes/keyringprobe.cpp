// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/keyringprobe.h"

#include "net/keyringname.h"
#include "net/portholder.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#include <QUuid>

#include <chrono>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Nothing that is alive needs longer, and nobody likes to wait for what is not.
constexpr std::chrono::seconds Limit{3};

const QString BusService = u"org.freedesktop.DBus"_s;
const QString Secrets = u"org.freedesktop.secrets"_s;

//! Where the session's bus is; empty where there is none. Asked for it without an address, libdbus
//! would try to start one, and would remember the first answer for ever.
QString sessionBusAddress()
{
    const QString address = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    const QString socket = qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s;
    return address.isEmpty() && QFileInfo::exists(socket) ? u"unix:path="_s + socket : address;
}

QDBusMessage askBus(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(BusService, u"/org/freedesktop/DBus"_s,
                                                          BusService, method);
    message.setArguments(arguments);
    return message;
}

QString adviceWithoutKeyring()
{
    return KeyringProbe::tr("Install and start one: GNOME Keyring, KWallet or KeePassXC. Without "
                            "one, a sign-in may last only until Maestro is closed.");
}

} // namespace

//! A connection of the probe's own: the program's shared one may be broken, or older than the bus.
class PrivateBus
{
public:
    explicit PrivateBus(const QString &address)
        : m_name(QUuid::createUuid().toString())
        , m_connection(QDBusConnection::connectToBus(address, m_name))
    { }
    ~PrivateBus() { QDBusConnection::disconnectFromBus(m_name); }
    Q_DISABLE_COPY_MOVE(PrivateBus)

    QDBusConnection &connection() { return m_connection; }

private:
    QString m_name;
    QDBusConnection m_connection;
};

KeyringProbe::KeyringProbe(QObject *parent)
    : Probe(u"keyring"_s, tr("Keyring"), parent)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &KeyringProbe::concludeSilent);
}

KeyringProbe::~KeyringProbe() = default;

void KeyringProbe::start()
{
    if (const QString address = sessionBusAddress(); !address.isEmpty()) {
        m_bus = std::make_unique<PrivateBus>(address);
    }
    if (!m_bus || !m_bus->connection().isConnected()) {
        conclude(ProbeResult::Status::Problem,
                 tr("there is no session bus, on which a keyring would answer"),
                 tr("Start Maestro in a desktop session.") + u' ' + adviceWithoutKeyring());
        return;
    }
    m_limit.start(Limit);
    call(askBus(u"GetNameOwner"_s, {Secrets}),
         [this](const QDBusMessage &reply) { onOwner(reply); });
}

void KeyringProbe::call(const QDBusMessage &message, const Continuation &then)
{
    QDBusMessage quiet = message;
    quiet.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(m_bus->connection().asyncCall(quiet), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, then] {
        watcher->deleteLater();
        then(watcher->reply());
    });
}

void KeyringProbe::onOwner(const QDBusMessage &reply)
{
    const QDBusPendingReply<QString> owner(reply);
    if (owner.isError()) {
        call(askBus(u"ListActivatableNames"_s, {}),
             [this](const QDBusMessage &names) { onActivatable(names); });
        return;
    }
    call(askBus(u"GetConnectionUnixProcessID"_s, {owner.value()}),
         [this](const QDBusMessage &process) { onProcess(process); });
}

void KeyringProbe::onActivatable(const QDBusMessage &reply)
{
    m_limit.stop();
    const QDBusPendingReply<QStringList> names(reply);
    if (!names.isError() && names.value().contains(Secrets)) {
        conclude(ProbeResult::Status::Ok,
                 tr("installed; it starts when it is needed for the first time"));
    } else {
        conclude(ProbeResult::Status::Problem, tr("no keyring answers on the session bus"),
                 adviceWithoutKeyring());
    }
}

void KeyringProbe::onProcess(const QDBusMessage &reply)
{
    const QDBusPendingReply<uint> process(reply);
    const QString program
        = process.isError() ? QString() : keyringNameOf(programOf(process.value()));
    m_keyring = program.isEmpty() ? tr("a keyring") : program;
    QDBusMessage message
        = QDBusMessage::createMethodCall(Secrets, u"/org/freedesktop/secrets"_s,
                                         u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s);
    message.setArguments({u"default"_s});
    call(message, [this](const QDBusMessage &alias) { onDefault(alias); });
}

void KeyringProbe::onDefault(const QDBusMessage &reply)
{
    const QDBusPendingReply<QDBusObjectPath> collection(reply);
    if (collection.isError()) {
        m_limit.stop();
        conclude(ProbeResult::Status::Problem,
                 tr("%1 answers, but not as a keyring does").arg(m_keyring),
                 tr("Restart it, or sign in to the desktop again."));
        return;
    }
    if (collection.value().path() == "/"_L1) { // as the specification says "none"
        m_limit.stop();
        conclude(ProbeResult::Status::Ok,
                 tr("%1 answers; it has no default keyring yet").arg(m_keyring),
                 tr("The system asks for a password for it when Maestro first needs it."));
        return;
    }
    QDBusMessage message = QDBusMessage::createMethodCall(
        Secrets, collection.value().path(), u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message.setArguments({u"org.freedesktop.Secret.Collection"_s, u"Locked"_s});
    call(message, [this](const QDBusMessage &locked) { onLocked(locked); });
}

void KeyringProbe::onLocked(const QDBusMessage &reply)
{
    m_limit.stop();
    const QDBusPendingReply<QDBusVariant> locked(reply);
    if (locked.isError()) {
        conclude(ProbeResult::Status::Problem,
                 tr("%1 does not say whether it is locked").arg(m_keyring),
                 tr("Restart it, or sign in to the desktop again."));
    } else if (locked.value().variant().toBool()) {
        conclude(ProbeResult::Status::Ok, tr("%1 answers; it is locked").arg(m_keyring),
                 tr("The system asks for its password when Maestro needs it."));
    } else {
        conclude(ProbeResult::Status::Ok, tr("%1 answers; it is unlocked").arg(m_keyring));
    }
}

void KeyringProbe::concludeSilent()
{
    conclude(ProbeResult::Status::Problem,
             tr("%1 has not answered for %2 seconds")
                 .arg(m_keyring.isEmpty() ? tr("the session bus") : m_keyring)
                 .arg(Limit.count()),
             tr("Restart it, or sign in to the desktop again."));
}

} // namespace Maestro
