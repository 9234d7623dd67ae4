// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "check/doctor.h"
#include "support/scriptedprobe.h"

#include <QDir>
#include <QJsonArray>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Status = ProbeResult::Status;
using Test::ScriptedProbe;

namespace {

//! A doctor with probes "0", "1", … and what it said.
struct Fixture
{
    QList<QPointer<ScriptedProbe>> probes;
    std::unique_ptr<Doctor> doctor;
    std::unique_ptr<QSignalSpy> each;
    std::unique_ptr<QSignalSpy> finished;

    explicit Fixture(int count, std::chrono::milliseconds limit = 1min)
    {
        Probes made;
        for (int i = 0; i < count; ++i) {
            auto probe = std::make_unique<ScriptedProbe>(QString::number(i), u"Title %1"_s.arg(i));
            probes.append(probe.get());
            made.push_back(std::move(probe));
        }
        doctor = std::make_unique<Doctor>(std::move(made), limit);
        each = std::make_unique<QSignalSpy>(doctor.get(), &Doctor::probeFinished);
        finished = std::make_unique<QSignalSpy>(doctor.get(), &Doctor::finished);
    }
    DoctorReport report() const
    {
        return finished->constFirst().constFirst().value<DoctorReport>();
    }
};

} // namespace

class tst_Doctor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsSideBySideAndReportsInOrder();
    void saysNothingBeforeStartReturns();
    void hearsAProbeOnce();
    void givesUpOnASilentProbe();
    void endsSilentlyWhenDropped();
    void mayBeDroppedByItsListener();
    void finishesWithoutProbes();
    void hidesTheHomeDirectory();
    void hidesAHomeAndNoOtherDirectory_data();
    void hidesAHomeAndNoOtherDirectory();
    void writesPlainText();
    void writesJson();
};

void tst_Doctor::runsSideBySideAndReportsInOrder()
{
    Fixture f(3);
    QCOMPARE(f.doctor->titles(), (QStringList{u"Title 0"_s, u"Title 1"_s, u"Title 2"_s}));
    QCOMPARE(f.probes[0]->starts, 0);
    f.doctor->start();
    for (const auto &probe : f.probes) {
        QCOMPARE(probe->starts, 1);
    }
    f.probes[2]->end(Status::Ok, u"c"_s);
    QTRY_COMPARE(f.each->size(), 1);
    QCOMPARE(f.each->at(0).at(0).toInt(), 2);
    f.probes[0]->end(Status::Problem, u"a"_s, u"do"_s);
    f.probes[1]->end(Status::Skipped, u"b"_s);
    QTRY_COMPARE(f.finished->size(), 1);
    const QList<ProbeResult> expected{{u"0"_s, u"Title 0"_s, Status::Problem, u"a"_s, u"do"_s},
                                      {u"1"_s, u"Title 1"_s, Status::Skipped, u"b"_s},
                                      {u"2"_s, u"Title 2"_s, Status::Ok, u"c"_s}};
    QCOMPARE(f.report().results, expected);
    QVERIFY(!f.report().passed());
    QCOMPARE(f.each->size(), 3);
    for (const auto &probe : f.probes) {
        QTRY_VERIFY(!probe);
    }
}

void tst_Doctor::saysNothingBeforeStartReturns()
{
    Fixture f(1);
    f.probes[0]->end(Status::Ok, u"at once"_s);
    f.doctor->start();
    QCOMPARE(f.each->size(), 0);
    QTRY_COMPARE(f.finished->size(), 1);
    QVERIFY(f.report().passed());
}

void tst_Doctor::hearsAProbeOnce()
{
    Fixture f(2);
    f.doctor->start();
    f.probes[0]->end(Status::Ok, u"first"_s);
    f.probes[0]->end(Status::Problem, u"second"_s);
    QTRY_COMPARE(f.each->size(), 1);
    f.probes[1]->end(Status::Ok, u"x"_s);
    QTRY_COMPARE(f.finished->size(), 1);
    QCOMPARE(f.report().results.first().finding, u"first"_s);
    QCOMPARE(f.each->size(), 2);
}

void tst_Doctor::givesUpOnASilentProbe()
{
    Fixture f(2, 30ms);
    f.doctor->start();
    f.probes[1]->end(Status::Ok, u"here"_s);
    QTRY_COMPARE(f.finished->size(), 1);
    QCOMPARE(f.report().results[0].status, Status::Problem);
    QVERIFY(f.report().results[0].finding.contains(u"0.03 seconds"_s));
    QVERIFY(!f.report().results[0].advice.isEmpty());
    QCOMPARE(f.report().results[1].finding, u"here"_s);
}

void tst_Doctor::endsSilentlyWhenDropped()
{
    Fixture f(2);
    f.doctor->start();
    f.probes[0]->end(Status::Ok, u"too late"_s);
    f.doctor.reset();
    QVERIFY(!f.probes[0]);
    QVERIFY(!f.probes[1]);
    QCoreApplication::processEvents();
    QCOMPARE(f.each->size(), 0);
    QCOMPARE(f.finished->size(), 0);
}

void tst_Doctor::mayBeDroppedByItsListener()
{
    Fixture f(2, 20ms); // both run out of time in the same turn
    connect(f.doctor.get(), &Doctor::probeFinished, this, [&f] { f.doctor.reset(); });
    f.doctor->start();
    QTRY_VERIFY(!f.doctor);
    QCOMPARE(f.each->size(), 1);
    QCOMPARE(f.finished->size(), 0);
}

void tst_Doctor::finishesWithoutProbes()
{
    Fixture f(0);
    f.doctor->start();
    QCOMPARE(f.finished->size(), 0);
    QTRY_COMPARE(f.finished->size(), 1);
    QVERIFY(f.report().passed());
}

void tst_Doctor::hidesTheHomeDirectory()
{
    Fixture f(1);
    f.doctor->start();
    const QString home = QDir::homePath();
    QVERIFY(home.size() > 1);
    f.probes[0]->end(Status::Problem, home + u"/data is odd"_s, u"chmod \"%1/data\""_s.arg(home));
    QTRY_COMPARE(f.finished->size(), 1);
    QCOMPARE(f.report().results[0].finding, u"~/data is odd"_s);
    QCOMPARE(f.each->at(0).at(1).value<ProbeResult>().advice, u"chmod \"~/data\""_s);
    QVERIFY(!toPlainText(f.report()).contains(home));
}

void tst_Doctor::hidesAHomeAndNoOtherDirectory_data()
{
    QTest::addColumn<QString>("home");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("inside") << u"/home/ada"_s << u"in /home/ada/x"_s << u"in ~/x"_s;
    QTest::newRow("itself") << u"/home/ada"_s << u"/home/ada, and"_s << u"~, and"_s;
    QTest::newRow("twice") << u"/home/ada"_s << u"/home/ada/a:/home/ada/b"_s << u"~/a:~/b"_s;
    QTest::newRow("another's") << u"/home/ada"_s << u"/home/adam/x"_s << u"/home/adam/x"_s;
    QTest::newRow("no pattern") << u"/home/a.a"_s << u"/home/aba/x"_s << u"/home/aba/x"_s;
    QTest::newRow("the root") << u"/"_s << u"/usr/bin"_s << u"/usr/bin"_s;
    QTest::newRow("none") << QString() << u"/usr/bin"_s << u"/usr/bin"_s;
}

void tst_Doctor::hidesAHomeAndNoOtherDirectory()
{
    QFETCH(QString, home);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(withoutHome(text, home), expected);
}

void tst_Doctor::writesPlainText()
{
    const DoctorReport report{
        QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC),
        {{u"a"_s, u"Proxy"_s, Status::Ok, u"no proxy"_s},
         {u"b"_s, u"Clock"_s, Status::Problem, u"9 minutes ahead"_s, u"Set the clock."_s},
         {u"c"_s, u"Name"_s, Status::Skipped}}};
    const QStringList lines = toPlainText(report).split(u'\n');
    QCOMPARE(lines[0], u"Connection check of Maestro, 2026-01-02T03:04:05Z"_s);
    QVERIFY(lines[1].startsWith(u"Maestro "_s));
    QCOMPARE(lines.mid(2),
             (QStringList{{},
                          u"ok       Proxy: no proxy"_s,
                          u"PROBLEM  Clock: 9 minutes ahead"_s,
                          u"         → Set the clock."_s,
                          u"skipped  Name"_s,
                          {},
                          u"One problem was found."_s,
                          {}}));
}

void tst_Doctor::writesJson()
{
    const DoctorReport report{
        QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC),
        {{u"b"_s, u"Clock"_s, Status::Problem, u"9 minutes ahead"_s, u"Set the clock."_s}}};
    const QJsonObject json = toJson(report);
    QCOMPARE(json[u"passed"_s], QJsonValue(false));
    QCOMPARE(json[u"started_at"_s], QJsonValue(u"2026-01-02T03:04:05.000Z"_s));
    QCOMPARE(json[u"probes"_s].toArray(),
             (QJsonArray{QJsonObject{{u"id"_s, u"b"_s},
                                     {u"title"_s, u"Clock"_s},
                                     {u"status"_s, u"problem"_s},
                                     {u"finding"_s, u"9 minutes ahead"_s},
                                     {u"advice"_s, u"Set the clock."_s}}}));
}

QTEST_GUILESS_MAIN(tst_Doctor)
#include "tst_doctor.moc"
