// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/scriptedprobe.h"
#include "ui/check/doctordialog.h"
#include "ui/check/proberow.h"
#include "widgetwalk.h"

#include <QApplication>
#include <QClipboard>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Status = ProbeResult::Status;
using Test::ScriptedProbe;

namespace {

struct Fixture
{
    QList<QPointer<ScriptedProbe>> probes; // of the last run
    int runs = 0;
    DoctorDialog dialog{[this] { return make(); }};

    Fixture()
    {
        dialog.show();
        if (!QTest::qWaitForWindowActive(&dialog)) {
            qFatal("the dialog does not show");
        }
    }
    std::unique_ptr<Doctor> make()
    {
        ++runs;
        probes.clear();
        Probes made;
        for (const QString &title : {u"Proxy"_s, u"Clock"_s}) {
            auto probe = std::make_unique<ScriptedProbe>(title.toLower(), title);
            probes.append(probe.get());
            made.push_back(std::move(probe));
        }
        return std::make_unique<Doctor>(std::move(made));
    }
    QStringList spoken()
    {
        QStringList names;
        for (ProbeRow *row : dialog.findChildren<ProbeRow *>()) {
            names.append(row->accessibleName());
        }
        return names;
    }
    void finish()
    {
        probes[1]->end(Status::Problem, u"9 minutes ahead"_s, u"Set the clock."_s);
        probes[0]->end(Status::Ok, u"<b>no</b> proxy"_s);
        QTRY_VERIFY(findButton(dialog, u"Copy report"_s)->isEnabled());
    }
};

} // namespace

class tst_DoctorDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatIsFoundAsItIsFound();
    void copiesTheReport();
    void runsAgain();
    void isUsedByKeyboard();
    void namesEverything();
    void endsTheCheckWhenItIsClosed();
};

void tst_DoctorDialog::showsWhatIsFoundAsItIsFound()
{
    Fixture f;
    QCOMPARE(f.spoken(), (QStringList{u"Proxy: being looked at"_s, u"Clock: being looked at"_s}));
    QVERIFY(!findButton(f.dialog, u"Copy report"_s)->isEnabled());
    QVERIFY(!findButton(f.dialog, u"Run again"_s)->isEnabled());
    f.probes[1]->end(Status::Problem, u"9 minutes ahead"_s, u"Set the clock."_s);
    QTRY_VERIFY(isShown(f.dialog, u"9 minutes ahead"_s));
    QVERIFY(isShown(f.dialog, u"Set the clock."_s));
    QVERIFY(isShown(f.dialog, u"Looked at 1 of 2 things…"_s));
    QCOMPARE(f.spoken(),
             (QStringList{u"Proxy: being looked at"_s, u"Clock: problem. 9 minutes ahead"_s}));
    f.probes[0]->end(Status::Skipped, u"not here"_s);
    QTRY_VERIFY(isShown(f.dialog, u"One problem was found."_s));
    QVERIFY(isShown(f.dialog, u"Skipped: not here"_s));
}

void tst_DoctorDialog::copiesTheReport()
{
    Fixture f;
    f.finish();
    QGuiApplication::clipboard()->clear();
    QTest::mouseClick(findButton(f.dialog, u"Copy report"_s), Qt::LeftButton);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.contains(u"PROBLEM  Clock: 9 minutes ahead"_s));
    QVERIFY(text.indexOf(u"Proxy"_s) < text.indexOf(u"Clock"_s));
}

void tst_DoctorDialog::runsAgain()
{
    Fixture f;
    f.finish();
    QCOMPARE(f.runs, 1);
    QTest::mouseClick(findButton(f.dialog, u"Run again"_s), Qt::LeftButton);
    QCOMPARE(f.runs, 2);
    QVERIFY(!isShown(f.dialog, u"9 minutes ahead"_s));
    QVERIFY(!findButton(f.dialog, u"Copy report"_s)->isEnabled());
    f.finish();
    QVERIFY(isShown(f.dialog, u"9 minutes ahead"_s));
    QCOMPARE(f.spoken().size(), 2);
}

void tst_DoctorDialog::isUsedByKeyboard()
{
    Fixture f;
    f.finish();
    QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Copy report"_s);
    QStringList reached;
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        reached.append(QApplication::focusWidget()->accessibleName());
    }
    QCOMPARE(reached,
             (QStringList{u"Run again"_s, u"Close"_s, u"What was found"_s, u"Copy report"_s}));
    QTest::keyClick(&f.dialog, Qt::Key_Escape);
    QVERIFY(!f.dialog.isVisible());
}

void tst_DoctorDialog::namesEverything()
{
    Fixture f;
    f.finish();
    QCOMPARE(namelessWidgets(f.dialog), QStringList());
    QCOMPARE(richLabels(f.dialog), QStringList());
    QVERIFY(isShown(f.dialog, u"<b>no</b> proxy"_s));
}

void tst_DoctorDialog::endsTheCheckWhenItIsClosed()
{
    QList<QPointer<ScriptedProbe>> probes;
    {
        Fixture f;
        probes = f.probes;
        QVERIFY(probes[0]);
    }
    QVERIFY(!probes[0]);
    QVERIFY(!probes[1]);
}

QTEST_MAIN(tst_DoctorDialog)
#include "tst_doctordialog.moc"
