// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/diskfaults.h"
#include "support/vaultinfolder.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <sys/resource.h>

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
    void tooLittleMemory();

private:
    void copyOf(const QString &from, const QString &to) const;
};

namespace {

constexpr quint32 Seed = 20240607;
constexpr int Kills = 450;
constexpr int KillsWhileItIsMade = 50;

//! What the worker said.
struct Words
{
    int lastSaved = 0; //!< was durable
    int lastTried = 0;
    bool isRenewed = false;
    bool isRemoved = false;
    QStringList failures = {};

    //! Whether this may be in a vault that began with the first.
    bool allow(int rotation) const
    {
        return rotation >= std::max(1, lastSaved) && rotation <= std::max(1, lastTried);
    }
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

//! What is in a vault that opens as it is; nothing otherwise.
std::optional<int> rotationIn(VaultInFolder &place)
{
    return await(place.vault.open()) || place.vault.setAside() ? std::nullopt
                                                               : place.currentRotation();
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

//! What the worker said, with so much address space. It may end in any way, but it ends.
QByteArray withMemory(const QString &folder, rlim_t bytes)
{
    QProcess worker;
    worker.setChildProcessModifier([bytes] {
        const rlimit limit{bytes, bytes};
        setrlimit(RLIMIT_AS, &limit);
    });
    worker.start(QStringLiteral(VAULT_WORKER), {u"once"_s, folder});
    if (!worker.waitForFinished(20000)) {
        qFatal("The worker hangs");
    }
    return worker.readAllStandardOutput();
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
        const DiskRun run
            = runWithFailingDisk(QStringLiteral(VAULT_WORKER), now, failAt, isOnce, failWith);
        const Words words = wordsIn(run.said);
        const QByteArray round = "call " + QByteArray::number(failAt);
        QVERIFY2(!run.hasCrashed, round.constData());
        for (const QString &failure : words.failures) {
            QVERIFY2(isPlain(failure), qPrintable(failure));
        }
        failures += static_cast<int>(words.failures.size());

        VaultInFolder after(now);
        const std::optional<int> rotation = rotationIn(after);
        QVERIFY2(rotation.has_value(), round.constData());
        QVERIFY2(words.allow(*rotation), round.constData());
        const bool hasOther = bool(await(after.vault.secretsOf(VaultInFolder::other().key)));
        QVERIFY2(!words.isRemoved || !hasOther, round.constData());
        if (run.calls < failAt) {
            QVERIFY(words.failures.isEmpty());
            QVERIFY(words.isRenewed && words.isRemoved);
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
        const DiskRun run = runWithFailingDisk(QStringLiteral(VAULT_WORKER), folder.path(), failAt,
                                               isOnce, failWith);
        const Words words = wordsIn(run.said);
        const QByteArray round = "call " + QByteArray::number(failAt);
        QVERIFY2(!run.hasCrashed, round.constData());
        VaultInFolder after(folder.path());
        QVERIFY2(!await(after.vault.open()), round.constData());
        QVERIFY2(!after.vault.setAside(), round.constData());
        if (after.vault.state() == Vault::State::FirstRun) {
            QVERIFY2(words.lastSaved == 0 && !words.failures.isEmpty(), round.constData());
        } else {
            const std::optional<int> rotation = after.currentRotation();
            QVERIFY2(rotation.has_value(), round.constData());
            QVERIFY2(*rotation >= words.lastSaved && *rotation <= words.lastTried,
                     round.constData());
        }
        if (run.calls < failAt) {
            QVERIFY(words.failures.isEmpty());
            QCOMPARE(words.lastSaved, 3);
            break;
        }
    }
}

void tst_VaultSurvives::tooLittleMemory()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("A sanitizer needs more memory than there is.");
#endif
    QTemporaryDir folder(quickPlace());
    const QString before = folder.filePath(u"before"_s);
    {
        VaultInFolder place(before);
        QVERIFY(!await(place.vault.open()));
        QVERIFY(!await(place.vault.makeWithKeyring()));
        QVERIFY(!place.rotateTo(1));
    }
    const QString now = folder.filePath(u"now"_s);
    const auto run = [&](rlim_t memory) {
        copyOf(before, now);
        return wordsIn(withMemory(now, memory));
    };
    constexpr rlim_t Step = 4096; // a page
    rlim_t enough = 1024 * 1024 * 1024;
    for (rlim_t less = 0; enough - less > Step;) {
        const rlim_t middle = less + (enough - less) / 2;
        (run(middle).lastSaved == 4 ? enough : less) = middle;
    }
    int begun = 0;
    for (int i = 0; i < 150; ++i) {
        const Words words = run(enough - static_cast<rlim_t>(i) * Step);
        const QByteArray round = QByteArray::number(i) + " steps below what is enough";
        begun += words.lastTried > 0 ? 1 : 0;
        VaultInFolder after(now);
        const std::optional<int> rotation = rotationIn(after);
        QVERIFY2(rotation.has_value(), round.constData());
        QVERIFY2(words.allow(*rotation), round.constData());
    }
    qInfo("%d MiB are enough; with less, %d of 150 had begun", int(enough >> 20), begun);
    QVERIFY(begun > 0);
}

QTEST_GUILESS_MAIN(tst_VaultSurvives)
#include "tst_vaultsurvives.moc"
