// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chats.h"
#include "support/await.h"
#include "support/diskfaults.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Maestro;
using namespace Qt::StringLiterals;

//! The conversations of a program that is killed in the middle of an answer, or whose disk fails,
//! or that is not alone.
class tst_ChatsSurvive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beingKilledInMidStream();
    void aDiskThatFails_data();
    void aDiskThatFails();
    void twoProgramsAtOnce();
};

namespace {

using State = ConversationNode::State;

constexpr quint32 Seed = 20261122;
//! MAESTRO_KILLS=200 for a long test.
constexpr int Kills = 20;
//! The answer is so far behind at most; as much again for a busy machine.
constexpr int DelayMs = 500;

QString fileIn(const QString &folder) { return folder + u"/data/conversations.db"_s; }

//! The last number after this word, or -1.
qint64 lastOf(const QByteArray &said, const QByteArray &word)
{
    const qsizetype at = ("\n" + said).lastIndexOf("\n" + word + ' ');
    // A line that was cut off by the kill has no end.
    const qsizetype end = at < 0 ? -1 : said.indexOf('\n', at);
    if (end < 0) {
        const qsizetype before = at <= 0 ? -1 : said.left(at).lastIndexOf(word + ' ');
        return before < 0 ? -1 : lastOf(said.left(at), word);
    }
    return said.mid(at, end - at).mid(word.size() + 1).toLongLong();
}

QString countTo(qint64 number)
{
    QString text;
    for (qint64 i = 0; i <= number; ++i) {
        text += QString::number(i) + u' ';
    }
    return text;
}

//! Why the conversation is not as it was said to be durable; empty if it is.
QByteArray missing(const StoredConversation &stored, const QByteArray &said)
{
    const auto has = [&said](const char *word) { return lastOf(said, word) > 0; };
    const ConversationTree &tree = stored.tree;
    const QList<ChatId> path = tree.path();
    if (has("asked") && (path.isEmpty() || !tree.find(path[0])->turn)) {
        return "the prompt";
    }
    if (!path.isEmpty()) {
        const auto prompt = std::get<Prompt>(*tree.find(path[0])->turn);
        if (prompt.text != u"A prompt"_s || prompt.attachments.size() != 1
            || prompt.attachments[0].bytes != QByteArray(20000, 'a')) {
            return "the prompt's words or file";
        }
    }
    const qsizetype answers = path.size() < 2 ? 0 : tree.siblings(path[1]).size();
    if (answers < (has("again") ? 2 : has("streamed") || has("answered") ? 1 : 0)) {
        return "an answer";
    }
    return {};
}

} // namespace

void tst_ChatsSurvive::beingKilledInMidStream()
{
    const int kills = qEnvironmentVariableIsSet("MAESTRO_KILLS")
        ? qEnvironmentVariableIntValue("MAESTRO_KILLS")
        : Kills;
    qInfo("Seed %u", Seed);
    QRandomGenerator random(Seed);
    QTemporaryDir folder(quickPlace());
    qint64 most = 0;
    qint64 lost = 0;
    for (int i = 0; i < kills; ++i) {
        QProcess worker;
        worker.start(QStringLiteral(CHAT_WORKER), {u"stream"_s, folder.path()});
        QVERIFY(worker.waitForReadyRead());
        // Not waiting for anything: the moment itself is the test.
        QThread::usleep(random.bounded(1500000));
        worker.kill();
        QVERIFY(worker.waitForFinished());
        const QByteArray said = worker.readAllStandardOutput();
        const QByteArray round = "kill " + QByteArray::number(i) + ", after " + said.right(100);
        const ChatId conversation = lastOf(said, "asked");
        QVERIFY2(conversation > 0, round.constData());
        const qint64 last = lastOf(said, "said");

        Chats after(fileIn(folder.path()));
        const auto opened = await(after.open());
        QVERIFY2(opened && !opened->setAside, round.constData());
        const auto stored = await(after.read(conversation, ChatStore::All));
        QVERIFY2(bool(stored), round.constData());
        QCOMPARE(stored->draft.text, u"And then?"_s);
        QCOMPARE(stored->draft.attachments.value(0).bytes, QByteArray(20000, 'a'));
        const QList<ChatId> path = stored->tree.path();
        QCOMPARE(std::get<Prompt>(*stored->tree.find(path.value(0))->turn).text, u"Count."_s);
        if (path.size() < 2) { // the tail was all there was
            lost += last + 1;
            most = std::max(most, last + 1);
            continue;
        }
        // All but the tail is there, and it is marked.
        QCOMPARE(path.size(), 2);
        QCOMPARE(opened->interrupted, 1);
        const ConversationNode answer = *stored->tree.find(path[1]);
        QCOMPARE(answer.state, State::Interrupted);
        const QString kept = std::get<ModelTurn>(*answer.turn).answer.text();
        QVERIFY2(countTo(last + 1).startsWith(kept), round.constData());
        const qint64 keptNumbers = kept.count(u' ');
        lost += last + 1 - keptNumbers;
        most = std::max(most, last + 1 - keptNumbers);
    }
    qInfo("%d kills: %lld numbers lost at most, %lld on average, of a thousand a second", kills,
          static_cast<long long>(most), static_cast<long long>(lost / kills));
    QVERIFY(most <= 2 * DelayMs);
    // Those of all rounds are there, and none was interrupted twice.
    Chats after(fileIn(folder.path()));
    QCOMPARE(await(after.open())->interrupted, 0);
    QCOMPARE(await(after.list())->size(), kills);
}

void tst_ChatsSurvive::aDiskThatFails_data() { addDisks(); }

void tst_ChatsSurvive::aDiskThatFails()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("Nothing can be loaded before the address sanitizer.");
#endif
    QFETCH(bool, isOnce);
    QFETCH(int, failWith);
    int failures = 0;
    int failAt = 1;
    for (;; ++failAt) {
        QTemporaryDir folder(quickPlace());
        const DiskRun run = runWithFailingDisk(QStringLiteral(CHAT_WORKER), folder.path(), failAt,
                                               isOnce, failWith);
        const QStringList refusals = QString::fromUtf8(run.said).split(u'\n').filter(u"failed "_s);
        const QByteArray round = "call " + QByteArray::number(failAt) + ": " + run.said;
        QVERIFY2(!run.hasCrashed, round.constData());
        for (const QString &failure : refusals) {
            QVERIFY2(isPlain(failure), qPrintable(failure));
        }
        failures += static_cast<int>(refusals.size());

        Chats after(fileIn(folder.path()));
        const auto opened = await(after.open());
        QVERIFY2(opened && !opened->setAside, round.constData());
        const ChatId conversation = lastOf(run.said, "asked");
        if (conversation > 0) {
            (void)await(after.restore(conversation)); // if that is what failed
            const auto stored = await(after.read(conversation, ChatStore::All));
            QVERIFY2(bool(stored), round.constData());
            const QByteArray lack = missing(*stored, run.said);
            QVERIFY2(lack.isEmpty(), (round + " lacks " + lack).constData());
        }
        if (run.calls < failAt) {
            QVERIFY2(refusals.isEmpty(), round.constData());
            QVERIFY2(lastOf(run.said, "restored") > 0, round.constData());
            break;
        }
    }
    qInfo("%d runs, %d failures said", failAt, failures);
    QVERIFY(failAt > 20);
    QVERIFY(failures > 0);
}

void tst_ChatsSurvive::twoProgramsAtOnce()
{
    QTemporaryDir folder(quickPlace());
    QProcess one;
    QProcess other;
    for (QProcess *worker : {&one, &other}) {
        worker->start(QStringLiteral(CHAT_WORKER), {u"many"_s, folder.path()});
    }
    for (QProcess *worker : {&one, &other}) {
        QVERIFY(worker->waitForFinished());
        QCOMPARE(worker->readAllStandardOutput(), "done 100\n");
    }
    Chats after(fileIn(folder.path()));
    QVERIFY(bool(await(after.open())));
    QCOMPARE(await(after.list())->size(), 200);
    QCOMPARE(await(after.search(u"Answer"_s, 500))->size(), 200);
}

QTEST_GUILESS_MAIN(tst_ChatsSurvive)
#include "tst_chatssurvive.moc"
