// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/loopbackserver.h"
#include "net/portholder.h"
#include "net/probes/portsprobe.h"

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Attempt = LoopbackServer::Attempt;
using Status = ProbeResult::Status;

namespace {

const QString Hold = u"--hold-a-port"_s;

//! What this program does when it is the other one.
int holdAPort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost)) {
        return 1;
    }
    std::printf("%d\n", server.serverPort());
    std::fflush(stdout);
    return QCoreApplication::exec();
}

//! Another program that holds a port.
struct Other
{
    QProcess process;
    quint16 port = 0;

    Other()
    {
        process.start(QCoreApplication::applicationFilePath(), {Hold});
        if (process.waitForReadyRead()) {
            port = process.readLine().trimmed().toUShort();
        }
    }
    ~Other()
    {
        process.kill();
        process.waitForFinished();
    }
    PortHolder holder() const { return {process.processId(), u"tst_portholder"_s}; }
};

quint16 freePort()
{
    LoopbackServer server({});
    return server.listen({0}) ? quint16(0) : server.port();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class tst_PortHolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAnotherProgram();
    void findsThisProgramOnBothFamilies();
    void findsNobodyOnAFreePort();
    void takesAnyTable_data();
    void takesAnyTable();
    void asksNoNameThatCouldDeceive();
    void isNamedWhereASignInFails();
    void isNamedInTheReport();
    void judges_data();
    void judges();
};

void tst_PortHolder::findsAnotherProgram()
{
    const Other other;
    QVERIFY(other.port != 0);
    QCOMPARE(findPortHolder(other.port), std::optional(other.holder()));
    QCOMPARE(describe(other.holder()), u"tst_portholder (PID %1)"_s.arg(other.process.processId()));
}

void tst_PortHolder::findsThisProgramOnBothFamilies()
{
    for (const QHostAddress &address :
         {QHostAddress(QHostAddress::LocalHostIPv6), QHostAddress(QHostAddress::AnyIPv4),
          QHostAddress(QHostAddress::Any)}) {
        QTcpServer server;
        if (!server.listen(address)) {
            continue; // a computer without IPv6
        }
        const auto holder = findPortHolder(server.serverPort());
        QVERIFY2(holder, qPrintable(address.toString()));
        QCOMPARE(holder->pid, QCoreApplication::applicationPid());
        QVERIFY(!describe(*holder).contains(u"PID"_s));
    }
}

void tst_PortHolder::findsNobodyOnAFreePort()
{
    QVERIFY(!findPortHolder(freePort()));
    QVERIFY(!findPortHolder(1455, u"/nowhere"_s));
}

void tst_PortHolder::takesAnyTable_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("found");
    const QByteArray rest = " 00:0 00:0 0 1000 0 4711 1";
    QTest::newRow("127.0.0.1") << " 0: 0100007F:05AF 00000000:0000 0A" + rest << true;
    QTest::newRow("every address") << " 0: 00000000:05AF 00000000:0000 0A" + rest << true;
    QTest::newRow("another port") << " 0: 0100007F:05B1 00000000:0000 0A" + rest << false;
    QTest::newRow("another interface") << " 0: 0101A8C0:05AF 00000000:0000 0A" + rest << false;
    QTest::newRow("a connection, no listener")
        << " 0: 0100007F:05AF 0100007F:1234 01" + rest << false;
    QTest::newRow("another socket")
        << QByteArray(" 0: 0100007F:05AF 00000000:0000 0A 0:0 0:0 0 1000 0 4712 1") << false;
    QTest::newRow("no address") << " 0: XYZ:05AF 00000000:0000 0A" + rest << false;
    QTest::newRow("no fields") << QByteArray("0A 0A") << false;
    QTest::newRow("bytes") << QByteArray("\0\xff: \x80:05AF\n\n\n:::", 16) << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("very long") << QByteArray(200000, '0') << false;
}

void tst_PortHolder::takesAnyTable()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, found);
    if (QSysInfo::ByteOrder == QSysInfo::BigEndian) {
        QSKIP("the lines are those of a little-endian machine");
    }
    const QTemporaryDir proc;
    QVERIFY(QDir(proc.path()).mkpath(u"net"_s));
    QVERIFY(QDir(proc.path()).mkpath(u"42/fd"_s));
    write(proc.filePath(u"net/tcp"_s), "  sl  local_address\n" + line + '\n');
    write(proc.filePath(u"42/comm"_s), "codex\n");
    QVERIFY(QFile::link(u"socket:[4711]"_s, proc.filePath(u"42/fd/3"_s)));
    const auto holder = findPortHolder(1455, proc.path());
    QCOMPARE(holder.has_value(), found);
    if (found) {
        QCOMPARE(*holder, (PortHolder{42, u"codex"_s}));
    }
}

void tst_PortHolder::asksNoNameThatCouldDeceive()
{
    const QTemporaryDir proc;
    QVERIFY(QDir(proc.path()).mkpath(u"42"_s));
    write(proc.filePath(u"42/comm"_s),
          QByteArray("a\x1b[31m\nb\0c\xff", 11) + QByteArray(900, 'x'));
    const QString name = programOf(42, proc.path());
    QVERIFY(name.size() <= 64);
    QVERIFY(!name.contains(u'\n') && !name.contains(u'\x1b') && !name.contains(QChar(0)));
    QCOMPARE(programOf(43, proc.path()), QString());
}

void tst_PortHolder::isNamedWhereASignInFails()
{
    const Other first;
    const Other second;
    LoopbackServer server({});
    const auto error = server.listen({first.port, second.port});
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::PortInUse);
    QCOMPARE(error->advice,
             u"Close %1 and %2, then try again."_s.arg(describe(first.holder()),
                                                       describe(second.holder())));
}

void tst_PortHolder::isNamedInTheReport()
{
    const Other other;
    PortsProbe probe({other.port});
    QSignalSpy spy(&probe, &Probe::finished);
    probe.start();
    QCOMPARE(spy.size(), 0);
    QVERIFY(spy.wait());
    const auto result = spy.constFirst().constFirst().value<ProbeResult>();
    QCOMPARE(result.id, u"ports"_s);
    QCOMPARE(result.status, Status::Problem);
    QCOMPARE(
        result.finding,
        u"%1 is taken by tst_portholder (PID %2)"_s.arg(other.port).arg(other.process.processId()));
    // It holds nothing itself.
    const quint16 port = freePort();
    PortsProbe again({port});
    again.start();
    LoopbackServer server({});
    QCOMPARE(server.listenOn(port), Attempt::Listening);
}

void tst_PortHolder::judges_data()
{
    QTest::addColumn<Attempt>("first");
    QTest::addColumn<Attempt>("second");
    QTest::addColumn<Status>("status");
    QTest::addColumn<QString>("advice");
    QTest::newRow("both free") << Attempt::Listening << Attempt::Listening << Status::Ok
                               << QString();
    QTest::newRow("one is enough")
        << Attempt::Taken << Attempt::Listening << Status::Ok << QString();
    QTest::newRow("both taken") << Attempt::Taken << Attempt::Taken << Status::Problem
                                << u"Close the program"_s;
    QTest::newRow("Windows' reserved ranges")
        << Attempt::Forbidden << Attempt::Forbidden << Status::Problem << u"excludedportrange"_s;
    QTest::newRow("no loopback") << Attempt::Failed << Attempt::Failed << Status::Problem
                                 << u"loopback network"_s;
}

void tst_PortHolder::judges()
{
    QFETCH(Attempt, first);
    QFETCH(Attempt, second);
    QFETCH(Status, status);
    QFETCH(QString, advice);
    const ProbeResult result
        = PortsProbe::judge({{1455, first, PortHolder{7, u"codex"_s}}, {1457, second}});
    QCOMPARE(result.status, status);
    QVERIFY(result.advice.contains(advice));
    QCOMPARE(result.advice.isEmpty(), advice.isEmpty());
    QVERIFY(result.finding.contains(u"1455"_s) && result.finding.contains(u"1457"_s));
    QCOMPARE(result.finding.contains(u"codex (PID 7)"_s), first == Attempt::Taken);
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (app.arguments().contains(Hold)) {
        return holdAPort();
    }
    tst_PortHolder test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_portholder.moc"
