// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/keyringprobe.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Status = ProbeResult::Status;

namespace {

const QString Secrets = u"org.freedesktop.secrets"_s;

//! Answers every call with the same words, or not at all.
class ScriptedService final : public QDBusVirtualObject
{
public:
    enum class Manner { Silent, Wrong };

    explicit ScriptedService(Manner manner)
        : m_manner(manner)
    { }
    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        if (m_manner == Manner::Wrong) {
            bus.send(message.createReply(u"no object path"_s));
        }
        return true;
    }

private:
    Manner m_manner;
};

ProbeResult look()
{
    KeyringProbe probe;
    QSignalSpy spy(&probe, &Probe::finished);
    probe.start();
    if (!spy.isEmpty() || !spy.wait(4500)) {
        return {};
    }
    return spy.constFirst().constFirst().value<ProbeResult>();
}

} // namespace

//! Real buses, and where it is installed the real gnome-keyring.
class tst_KeyringProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void seesThatThereIsNoBus_data();
    void seesThatThereIsNoBus();
    void seesThatNothingAnswers();
    void seesWhatWouldBeStartedAndStartsItNot();
    void waitsNoLongerThanThreeSeconds();
    void doesNotBelieveAnyAnswer();
    void tellsUnlockedFromLocked();
    void endsSilentlyWhenDropped();

private:
    void startBus(const QString &more = {});
    QDBusConnection connection();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_bus;
    QString m_name;
};

void tst_KeyringProbe::initTestCase()
{
    if (QStandardPaths::findExecutable(u"dbus-daemon"_s).isEmpty()) {
        QSKIP("dbus-daemon is not installed");
    }
}

void tst_KeyringProbe::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
}

void tst_KeyringProbe::cleanup()
{
    if (!m_name.isEmpty()) {
        QDBusConnection::disconnectFromBus(m_name);
        m_name.clear();
    }
    if (m_bus) {
        m_bus->kill();
        QVERIFY(m_bus->waitForFinished());
        m_bus.reset();
    }
}

//! A bus that knows no services but those of `more`.
void tst_KeyringProbe::startBus(const QString &more)
{
    QFile config(m_folder->filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(uR"(<busconfig><type>session</type><listen>unix:path=%1/bus</listen>
<auth>EXTERNAL</auth>%2<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>)"_s.arg(m_folder->path(), more)
                     .toUtf8());
    config.close();
    m_bus = std::make_unique<QProcess>();
    m_bus->start(u"dbus-daemon"_s,
                 {u"--nofork"_s, u"--print-address"_s, u"--config-file="_s + config.fileName()});
    QTRY_VERIFY(m_bus->canReadLine());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus->readLine().trimmed());
}

QDBusConnection tst_KeyringProbe::connection()
{
    m_name = u"test"_s;
    return QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), m_name);
}

void tst_KeyringProbe::seesThatThereIsNoBus_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("no address") << QByteArray();
    QTest::newRow("nobody there") << QByteArray("unix:path=/nowhere/bus");
    QTest::newRow("garbage") << QByteArray("\xff\xfe;;=:,no address");
}

void tst_KeyringProbe::seesThatThereIsNoBus()
{
    QFETCH(QByteArray, address);
    if (!address.isEmpty()) {
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    }
    const ProbeResult result = look();
    QCOMPARE(result.id, u"keyring"_s);
    QCOMPARE(result.status, Status::Problem);
    QVERIFY(result.finding.contains(u"no session bus"_s));
    QVERIFY(!result.advice.isEmpty());
}

void tst_KeyringProbe::seesThatNothingAnswers()
{
    startBus();
    const ProbeResult result = look();
    QCOMPARE(result.status, Status::Problem);
    QVERIFY(result.finding.contains(u"no keyring answers"_s));
}

void tst_KeyringProbe::seesWhatWouldBeStartedAndStartsItNot()
{
    QFile service(m_folder->filePath(u"secrets.service"_s));
    QVERIFY(service.open(QIODevice::WriteOnly));
    service.write("[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/usr/bin/touch "
                  + m_folder->filePath(u"started"_s).toUtf8() + '\n');
    service.close();
    startBus(u"<servicedir>%1</servicedir>"_s.arg(m_folder->path()));
    const ProbeResult result = look();
    QCOMPARE(result.status, Status::Ok);
    QVERIFY(result.finding.contains(u"installed"_s));
    QVERIFY(!QFile::exists(m_folder->filePath(u"started"_s)));
}

void tst_KeyringProbe::waitsNoLongerThanThreeSeconds()
{
    startBus();
    ScriptedService silent(ScriptedService::Manner::Silent);
    QDBusConnection bus = connection();
    QVERIFY(bus.registerVirtualObject(u"/"_s, &silent, QDBusConnection::SubPath));
    QVERIFY(bus.registerService(Secrets));
    QElapsedTimer clock;
    clock.start();
    const ProbeResult result = look();
    QCOMPARE(result.status, Status::Problem);
    QVERIFY2(result.finding.contains(u"has not answered for 3 seconds"_s),
             qPrintable(result.finding));
    QVERIFY(clock.elapsed() < 3500);
}

void tst_KeyringProbe::doesNotBelieveAnyAnswer()
{
    startBus();
    ScriptedService wrong(ScriptedService::Manner::Wrong);
    QDBusConnection bus = connection();
    QVERIFY(bus.registerVirtualObject(u"/"_s, &wrong, QDBusConnection::SubPath));
    QVERIFY(bus.registerService(Secrets));
    const ProbeResult result = look();
    QCOMPARE(result.status, Status::Problem);
    QVERIFY2(result.finding.contains(u"not as a keyring does"_s), qPrintable(result.finding));
}

void tst_KeyringProbe::tellsUnlockedFromLocked()
{
    const QString daemon = QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s);
    if (daemon.isEmpty()) {
        QSKIP("gnome-keyring is not installed");
    }
    startBus();
    QProcess keyring;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &variable : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CACHE_HOME"_s}) {
        environment.insert(variable, m_folder->path());
    }
    environment.remove(u"DISPLAY"_s);
    keyring.setProcessEnvironment(environment);
    keyring.start(daemon, {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
    keyring.write("pw");
    keyring.closeWriteChannel();
    QVERIFY(keyring.waitForStarted());

    ProbeResult result;
    QTRY_VERIFY_WITH_TIMEOUT((result = look(), result.finding.contains(u"is unlocked"_s)), 10000);
    QCOMPARE(result.status, Status::Ok);
    QVERIFY2(result.finding.startsWith(u"GNOME Keyring answers"_s), qPrintable(result.finding));

    QDBusMessage lock = QDBusMessage::createMethodCall(
        Secrets, u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
    const QDBusObjectPath login(u"/org/freedesktop/secrets/collection/login"_s);
    lock.setArguments({QVariant::fromValue(QList<QDBusObjectPath>{login})});
    QCOMPARE(connection().call(lock).type(), QDBusMessage::ReplyMessage);
    result = look();
    QVERIFY2(result.finding.contains(u"it is locked"_s), qPrintable(result.finding));
    QCOMPARE(result.status, Status::Ok);
    QVERIFY(!result.advice.isEmpty());
    keyring.kill();
    QVERIFY(keyring.waitForFinished());
}

void tst_KeyringProbe::endsSilentlyWhenDropped()
{
    startBus();
    auto probe = std::make_unique<KeyringProbe>();
    QSignalSpy spy(probe.get(), &Probe::finished);
    probe->start();
    probe.reset();
    QCoreApplication::processEvents();
    QCOMPARE(spy.size(), 0);
}

QTEST_GUILESS_MAIN(tst_KeyringProbe)
#include "tst_keyringprobe.moc"
