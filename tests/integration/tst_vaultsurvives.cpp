// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/vaultinfolder.h"

#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cerrno>

using namespace Maestro;
using namespace Qt::StringLiterals;

//! The vault of a program that is killed while it works, or whose disk fails under it: a pair of
//! tokens is never torn, and what was said to be durable is there.
class tst_VaultSurvives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beingKilled();
    void beingKilledWhileItIsMade();
    void aDiskThatFails_data();
    void aDiskThatFails();
    void aDiskThatFailsWhileItIsMade_data();
    void aDiskThatFailsWhileItIsMade();

private:
    void copyOf(const QString &from, const QString &to) const;
};

namespace {

constexpr quint32 Seed = 20240607;
constexpr int Kills = 450;
constexpr int KillsWhileItIsMade = 50;

//! Where a sync costs nothing, if there is such a place: a kill does not lose what was written.
QString quickPlace()
{
    const QFileInfo memory(u"/dev/shm"_s);
    return (memory.isWritable() ? memory.filePath() : QDir::tempPath()) + u"/maestro-XXXXXX"_s;
}

//! What the worker said.
struct Words
{
    int lastSaved = 0; //!< was durable
    int lastTried = 0;
    bool isRenewed = false;
    bool isRemoved = false;
    QStringList failures = {};
};

Words wordsIn(const QByteArray &output)
{
    Words words;
    const QList<QByteArray> lines = output.split('\n');
    for (const QByteArray &line : lines) {
        const int number = line.mid(line.indexOf(' ') + 1).toInt();
        if (line.startsWith("saved ") || line.startsWith("open ")) {
            words.lastSaved = number;
        } else if (line.startsWith("saving ")) {
            words.lastTried = number;
        } else if (line.startsWith("failed ")) {
            words.failures.append(QString::fromUtf8(line));
        }
        words.isRenewed = words.isRenewed || line.startsWith("renewed ");
        words.isRemoved = words.isRemoved || line.startsWith("removed ");
    }
    return words;
}

//! Starts it, waits for its first word if that is wanted, and kills it up to that many microseconds
//! later. What it said.
QByteArray killed(const QString &folder, bool waitsForWord, quint32 within,
                  QRandomGenerator &random)
{
    QProcess worker;
    worker.start(QStringLiteral(VAULT_WORKER), {u"rotate"_s, folder});
    if (!worker.waitForStarted() || (waitsForWord && !worker.waitForReadyRead())) {
        return "did not start";
    }
    // Not waiting for anything: the moment itself is the test.
    QThread::usleep(random.bounded(within));
    worker.kill();
    worker.waitForFinished();
    return worker.readAllStandardOutput();
}

//! With its disk failing; "calls" are those that could have failed.
struct Run
{
    Words words;
    int calls = 0;
    bool hasCrashed = false;
};

Run runWithFailingDisk(const QString &folder, int failAt, bool isOnce, int failWith)
{
    QProcess worker;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(FAILING_DISK));
    environment.insert(u"MAESTRO_FAIL_AT"_s, QString::number(failAt));
    environment.insert(u"MAESTRO_FAIL_WITH"_s, QString::number(failWith));
    if (isOnce) {
        environment.insert(u"MAESTRO_FAIL_ONCE"_s, u"1"_s);
    }
    worker.setProcessEnvironment(environment);
    worker.start(QStringLiteral(VAULT_WORKER), {u"once"_s, folder});
    const bool isDone = worker.waitForFinished(20000);
    const QByteArray said = worker.readAllStandardError();
    return {.words = wordsIn(worker.readAllStandardOutput()),
            .calls = said.mid(said.lastIndexOf("calls ") + 6).trimmed().toInt(),
            .hasCrashed
            = !isDone || worker.exitStatus() != QProcess::NormalExit || worker.exitCode() != 0};
}

void addDisks()
{
    QTest::addColumn<bool>("isOnce");
    QTest::addColumn<int>("failWith");
    QTest::newRow("full for a moment") << true << ENOSPC;
    QTest::newRow("full from then on") << false << ENOSPC;
    QTest::newRow("broken for a moment") << true << EIO;
    QTest::newRow("broken from then on") << false << EIO;
}

//! In plain words: what happened, and what to do about it.
bool isPlain(const QString &failure)
{
    const QStringList parts = failure.split(u'|');
    return parts.size() == 3 && parts[1].endsWith(u'.') && parts[2].endsWith(u'.')
        && !failure.contains(u"sql"_s, Qt::CaseInsensitive);
}

} // namespace

void tst_VaultSurvives::copyOf(const QString &from, const QString &to) const
{
    QDir(to).removeRecursively();
    for (const QString &part : {u"/keyring"_s, u"/data"_s}) {
        QVERIFY(QDir().mkpath(to + part));
        const auto files = QDir(from + part).entryInfoList(QDir::Files);
        for (const QFileInfo &file : files) {
            QVERIFY(QFile::copy(file.filePath(), to + part + u'/' + file.fileName()));
        }
    }
}

void tst_VaultSurvives::beingKilled()
{
    qInfo("Seed %u", Seed);
    QRandomGenerator random(Seed);
    QTemporaryDir folder(quickPlace());
    int lastSaved = 0;
    int rotations = 0;
    int killsInRenewal = 0;
    for (int i = 0; i < Kills; ++i) {
        const QByteArray said = killed(folder.path(), true, 12000, random);
        const Words words = wordsIn(said);
        const QByteArray round = "kill " + QByteArray::number(i) + ", after: " + said.right(200);
        QVERIFY2(words.failures.isEmpty() && words.lastSaved >= lastSaved, round.constData());
        VaultInFolder after(folder.path());
        QVERIFY2(!await(after.vault.open()), round.constData());
        QVERIFY2(!after.vault.setAside(), round.constData());
        const std::optional<int> rotation = after.currentRotation();
        QVERIFY2(rotation.has_value(), round.constData());
        QVERIFY2(*rotation == words.lastSaved || *rotation == words.lastSaved + 1,
                 round.constData());
        rotations += *rotation - lastSaved;
        killsInRenewal += *rotation % 4 == 0
            && !said.endsWith("renewed " + QByteArray::number(*rotation) + '\n');
        lastSaved = *rotation;
    }
    qInfo("%d kills in %d rotations, %d of them while the key was renewed", Kills, rotations,
          killsInRenewal);
    QVERIFY(rotations > Kills);
    QVERIFY(killsInRenewal > 0);
}

void tst_VaultSurvives::beingKilledWhileItIsMade()
{
    QRandomGenerator random(Seed);
    int made = 0;
    for (int i = 0; i < KillsWhileItIsMade; ++i) {
        QTemporaryDir folder(quickPlace());
        const Words words = wordsIn(killed(folder.path(), false, 80000, random));
        VaultInFolder after(folder.path());
        QVERIFY(!await(after.vault.open()));
        QVERIFY(!after.vault.setAside());
        if (after.vault.state() == Vault::State::FirstRun) {
            QCOMPARE(words.lastSaved, 0);
            continue;
        }
        ++made;
        QCOMPARE(after.vault.state(), Vault::State::Ready);
        const std::optional<int> rotation = after.currentRotation();
        QVERIFY(rotation == words.lastSaved || rotation == words.lastSaved + 1);
    }
    qInfo("%d of %d were made before the kill", made, KillsWhileItIsMade);
}

void tst_VaultSurvives::aDiskThatFails_data() { addDisks(); }

void tst_VaultSurvives::aDiskThatFails()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("Nothing can be loaded before the address sanitizer.");
#endif
    QFETCH(bool, isOnce);
    QFETCH(int, failWith);
    QTemporaryDir folder(quickPlace());
    const QString before = folder.filePath(u"before"_s);
    {
        VaultInFolder place(before);
        QVERIFY(!await(place.vault.open()));
        QVERIFY(!await(place.vault.makeWithKeyring()));
        QVERIFY(!await(place.vault.save(VaultInFolder::other(), {.apiKey = Secret("key")})));
        QVERIFY(!place.rotateTo(1));
    }
    int failAt = 1;
    int failures = 0;
    for (;; ++failAt) {
        const QString now = folder.filePath(u"now"_s);
        copyOf(before, now);
        const Run run = runWithFailingDisk(now, failAt, isOnce, failWith);
        const QByteArray round = "call " + QByteArray::number(failAt);
        QVERIFY2(!run.hasCrashed, round.constData());
        for (const QString &failure : run.words.failures) {
            QVERIFY2(isPlain(failure), qPrintable(failure));
        }
        failures += static_cast<int>(run.words.failures.size());

        VaultInFolder after(now);
        QVERIFY2(!await(after.vault.open()), round.constData());
        QVERIFY2(!after.vault.setAside(), round.constData());
        const std::optional<int> rotation = after.currentRotation();
        QVERIFY2(rotation.has_value(), round.constData());
        QVERIFY2(*rotation >= std::max(1, run.words.lastSaved)
                     && *rotation <= std::max(1, run.words.lastTried),
                 round.constData());
        const bool hasOther = bool(await(after.vault.secretsOf(VaultInFolder::other().key)));
        QVERIFY2(!run.words.isRemoved || !hasOther, round.constData());
        if (run.calls < failAt) {
            QVERIFY(run.words.failures.isEmpty());
            QVERIFY(run.words.isRenewed && run.words.isRemoved);
            QCOMPARE(*rotation, 4);
            break;
        }
    }
    qInfo("%d runs, %d failures said", failAt, failures);
    QVERIFY(failAt > 20);
    QVERIFY(failures > 0);
}

void tst_VaultSurvives::aDiskThatFailsWhileItIsMade_data() { addDisks(); }

void tst_VaultSurvives::aDiskThatFailsWhileItIsMade()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("Nothing can be loaded before the address sanitizer.");
#endif
    QFETCH(bool, isOnce);
    QFETCH(int, failWith);
    for (int failAt = 1;; ++failAt) {
        QTemporaryDir folder(quickPlace());
        const Run run = runWithFailingDisk(folder.path(), failAt, isOnce, failWith);
        const QByteArray round = "call " + QByteArray::number(failAt);
        QVERIFY2(!run.hasCrashed, round.constData());
        VaultInFolder after(folder.path());
        QVERIFY2(!await(after.vault.open()), round.constData());
        QVERIFY2(!after.vault.setAside(), round.constData());
        if (after.vault.state() == Vault::State::FirstRun) {
            QVERIFY2(run.words.lastSaved == 0 && !run.words.failures.isEmpty(), round.constData());
        } else {
            const std::optional<int> rotation = after.currentRotation();
            QVERIFY2(rotation.has_value(), round.constData());
            QVERIFY2(*rotation >= run.words.lastSaved && *rotation <= run.words.lastTried,
                     round.constData());
        }
        if (run.calls < failAt) {
            QVERIFY(run.words.failures.isEmpty());
            QCOMPARE(run.words.lastSaved, 3);
            break;
        }
    }
}

QTEST_GUILESS_MAIN(tst_VaultSurvives)
#include "tst_vaultsurvives.moc"
