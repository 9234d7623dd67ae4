// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chats.h"
#include "storage/chatschema.h"
#include "support/await.h"
#include "support/chatvalues.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Maestro;
using namespace Maestro::Test;
using namespace Qt::StringLiterals;

class tst_Chats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_chats.reset(); }
    void keepsAConversation();
    void readsTheLastTurnsFirst();
    void listsPinnedOnesAndThenTheNewest();
    void keepsAFileOnce();
    void putsPiecesAfterWhatIsThere();
    void writesAPieceAgainInItsPlace();
    void forgetsPiecesWithTheWholeAnswer();
    void removesAndBringsBack();
    void purgesForEver();
    void keepsDraftsApart();
    void keepsWhatAPromptIsToBeChangedTo();
    void keepsTheFilesOfDrafts();
    void forgetsAFileThatNothingHas();
    void keepsTheDraftsOfAnOlderFile();
    void suspectsWhatWasBeingShown();
    void interruptsWhatNobodyWritesAnyMore();
    void leavesWhatAnotherProcessWrites();
    void addsUpUsage();
    void saysWhenTheListChanges();
    void sharesTheFileWithAnother();
    void isThisPersonsAlone();
    void refusesWhatIsNotThere();
    void refusesBeforeItIsOpen();
    void noticesThatItsFileWasReplaced();

    void searches_data();
    void searches();
    void searchesTitlesAndMessagesTogether();
    void searchesForWhatWasChanged();
    void highlightsInALine();
    void survivesAnySearch_data();
    void survivesAnySearch();

private:
    QString path() const { return m_folder->filePath(u"data/conversations.db"_s); }
    void reopen();
    QString scalar(const QString &statement) const;
    //! One prompt, in a conversation of its own.
    ChatId say(const QString &title, const QString &text);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Chats> m_chats;
};

namespace {

using Kind = ConversationNode::Kind;
using State = ConversationNode::State;

const AccountKey Somebody{u"openai"_s, AccountKey::Type::OAuth, u"acc"_s};

ChatSetup someSetup() { return {Somebody, u"gpt-5"_s, u"Be brief."_s, u"high"_s, 1000, 0.5, 2048}; }

QDateTime someTime() { return QDateTime::fromMSecsSinceEpoch(1700000000123, Qt::UTC); }

ConversationNode prompt(ChatId id, ChatId parent, const QString &text,
                        const QList<Attachment> &attachments = {})
{
    return {.id = id, .parent = parent, .created = someTime(), .turn = Prompt{text, attachments}};
}

ConversationNode answer(ChatId id, ChatId parent, const Answer &said, State state = State::Whole)
{
    return {.id = id,
            .parent = parent,
            .kind = Kind::Answer,
            .state = state,
            .created = someTime(),
            .account = Somebody,
            .model = u"gpt-5"_s,
            .turn = ModelTurn{u"openai"_s, said}};
}

QStringList titlesOf(const QList<ConversationEntry> &entries)
{
    QStringList titles;
    for (const ConversationEntry &entry : entries) {
        titles.append(entry.title);
    }
    return titles;
}

} // namespace

void tst_Chats::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    reopen();
}

void tst_Chats::reopen()
{
    m_chats.reset();
    m_chats = std::make_unique<Chats>(path());
    const auto opened = await(m_chats->open());
    QVERIFY2(bool(opened), opened ? "" : qPrintable(opened.error().detail));
    QVERIFY(!opened->setAside);
}

QString tst_Chats::scalar(const QString &statement) const
{
    (void)await(m_chats->flush());
    Database database(path(), chatSchema());
    if (!await(database.open())) {
        return u"(not open)"_s;
    }
    return await(database.run([statement](QSqlDatabase &connection) {
        Result<QSqlQuery> query = execute(connection, statement);
        return query && query->next() ? query->value(0).toString() : u"(none)"_s;
    }));
}

ChatId tst_Chats::say(const QString &title, const QString &text)
{
    const ChatId conversation = newChatId();
    (void)m_chats->save(conversation, title, {});
    (void)m_chats->save(conversation, prompt(newChatId(), 0, text));
    return conversation;
}

void tst_Chats::keepsAConversation()
{
    const Attachment picture{u"cat.png"_s, u"image/png"_s, QByteArray("\x89PNG\0\1", 6)};
    QVERIFY(!await(m_chats->save(1, u"Cats"_s, someSetup())));
    const QList<ConversationNode> nodes{
        prompt(10, 0, u"What is it? 😀"_s, {picture, {u"empty.txt"_s, u"text/plain"_s, ""}}),
        answer(11, 10, fullAnswer()),
        {.id = 12,
         .parent = 11,
         .kind = Kind::Result,
         .created = someTime(),
         .turn = FunctionResult{u"call_4"_s, u"free"_s, u"done"_s, true}},
        answer(13, 12, answerOf({Content{0, u"A cat."_s}, Done{Done::Ending::Complete}})),
        prompt(14, 0, u"What is it, edited"_s),
    };
    for (const ConversationNode &node : nodes) {
        const auto error = await(m_chats->save(1, node));
        QVERIFY2(!error, error ? qPrintable(error->message + error->detail) : "");
    }
    QVERIFY(!await(m_chats->setLeaf(1, 13)));
    QVERIFY(!await(m_chats->setDraft(1, u"and why"_s)));
    QVERIFY(!await(m_chats->setPinned(1, true)));
    reopen();

    const auto stored = await(m_chats->read(1, ChatStore::All));
    QVERIFY(bool(stored));
    ConversationTree tree;
    for (const ConversationNode &node : nodes) {
        tree.insert(node);
    }
    tree.setLeaf(13);
    // Only the branch that is chosen comes with what was said.
    ConversationNode edited = nodes.last();
    edited.turn.reset();
    tree.insert(edited);
    QVERIFY(stored->tree == tree);
    QVERIFY(stored->setup == someSetup());
    QVERIFY(stored->draft == Prompt{u"and why"_s});
    QCOMPARE(stored->entry.title, u"Cats"_s);
    QVERIFY(stored->entry.isPinned);
    QVERIFY(!stored->entry.isSuspect);
    QVERIFY(qAbs(stored->entry.created.secsTo(QDateTime::currentDateTimeUtc())) < 60);

    const auto turns = await(m_chats->readTurns({14, 99}));
    QVERIFY(bool(turns));
    QVERIFY(*turns == (QHash<ChatId, Turn>{{14, Prompt{u"What is it, edited"_s}}}));
}

void tst_Chats::readsTheLastTurnsFirst()
{
    (void)m_chats->save(1, u"Long"_s, {});
    for (ChatId id = 10; id < 20; ++id) {
        (void)m_chats->save(1, prompt(id, id == 10 ? 0 : id - 1, QString::number(id)));
    }
    const auto stored = await(m_chats->read(1, 3));
    QVERIFY(bool(stored));
    QCOMPARE(stored->tree.size(), 10);
    QCOMPARE(stored->tree.unread(), (QList<ChatId>{10, 11, 12, 13, 14, 15, 16}));
    QCOMPARE(*stored->tree.find(17)->turn, Turn(Prompt{u"17"_s}));
}

void tst_Chats::listsPinnedOnesAndThenTheNewest()
{
    const ChatId first = say(u"first"_s, u"a"_s);
    QTest::qSleep(2); // another millisecond
    say(u"second"_s, u"b"_s);
    QTest::qSleep(2);
    const ChatId third = say(u"third"_s, u"c"_s);
    QCOMPARE(titlesOf(*await(m_chats->list())), (QStringList{u"third"_s, u"second"_s, u"first"_s}));
    (void)m_chats->setPinned(first, true);
    (void)m_chats->setTitle(third, u"renamed"_s);
    QCOMPARE(titlesOf(*await(m_chats->list())),
             (QStringList{u"first"_s, u"renamed"_s, u"second"_s}));
    // What is called otherwise has not changed.
    const auto entries = *await(m_chats->list());
    QVERIFY(entries[1].changed >= entries[2].changed);
    QVERIFY(entries[0].isPinned);
}

void tst_Chats::keepsAFileOnce()
{
    const QByteArray bytes(100000, 'x');
    for (ChatId conversation : {1, 2}) {
        (void)m_chats->save(conversation, u"t"_s, {});
        (void)m_chats->save(
            conversation,
            prompt(conversation * 10, 0, u"p"_s,
                   {{u"a.txt"_s, u"text/plain"_s, bytes}, {u"b.txt"_s, u"text/plain"_s, bytes}}));
    }
    QCOMPARE(scalar(u"SELECT count(*) FROM attachments"_s), u"1"_s);
    // The last that has it takes it along.
    (void)m_chats->remove(1);
    QVERIFY(!await(m_chats->purge(QDateTime::currentDateTimeUtc().addDays(1))));
    QCOMPARE(scalar(u"SELECT count(*) FROM attachments"_s), u"1"_s);
    const auto stored = await(m_chats->read(2, ChatStore::All));
    const Turn turn = *stored->tree.find(20)->turn;
    QCOMPARE(std::get<Prompt>(turn).attachments.size(), 2);
    QCOMPARE(std::get<Prompt>(turn).attachments[1].bytes, bytes);
    (void)m_chats->remove(2);
    QVERIFY(!await(m_chats->purge(QDateTime::currentDateTimeUtc().addDays(1))));
    QCOMPARE(scalar(u"SELECT count(*) FROM attachments"_s), u"0"_s);
}

void tst_Chats::putsPiecesAfterWhatIsThere()
{
    (void)m_chats->save(1, u"t"_s, {});
    (void)m_chats->save(1, prompt(10, 0, u"p"_s));
    (void)m_chats->save(1, answer(11, 10, answerOf({Content{0, u"One "_s}}), State::BeingWritten));
    QVERIFY(!await(m_chats->append(11, 1, {Content{0, u"three."_s}})));
    QVERIFY(!await(m_chats->append(11, 0, {Content{0, u"two "_s}, Reasoning{0, u"hm"_s}})));
    const auto turns = await(m_chats->readTurns({11}));
    QVERIFY(std::get<ModelTurn>(turns->value(11)).answer
            == answerOf({Content{0, u"One two three."_s}, Reasoning{0, u"hm"_s}}));
}

void tst_Chats::writesAPieceAgainInItsPlace()
{
    (void)m_chats->save(1, u"t"_s, {});
    (void)m_chats->save(1, answer(11, 0, {}, State::BeingWritten));
    (void)m_chats->append(11, 0, {Content{0, u"lost"_s}});
    (void)m_chats->append(11, 0, {Content{0, u"kept"_s}});
    const auto turns = await(m_chats->readTurns({11}));
    QCOMPARE(std::get<ModelTurn>(turns->value(11)).answer.text(), u"kept"_s);
}

void tst_Chats::forgetsPiecesWithTheWholeAnswer()
{
    (void)m_chats->save(1, u"t"_s, {});
    (void)m_chats->save(1, answer(11, 0, {}, State::BeingWritten));
    (void)m_chats->append(11, 0, {Content{0, u"piece"_s}});
    QVERIFY(!await(m_chats->save(1, answer(11, 0, fullAnswer()))));
    QCOMPARE(scalar(u"SELECT count(*) FROM pieces"_s), u"0"_s);
    QVERIFY(std::get<ModelTurn>(await(m_chats->readTurns({11}))->value(11)).answer == fullAnswer());
}

void tst_Chats::removesAndBringsBack()
{
    const ChatId conversation = say(u"Secret"_s, u"hidden words"_s);
    QVERIFY(!await(m_chats->remove(conversation)));
    QVERIFY(await(m_chats->list())->isEmpty());
    QVERIFY(await(m_chats->search(u"hidden"_s, 50))->isEmpty());
    const auto gone = await(m_chats->read(conversation, ChatStore::All));
    QVERIFY(!gone);
    QVERIFY(!gone.error().message.isEmpty());
    // What was removed now is not old enough to be forgotten.
    QVERIFY(!await(m_chats->purge(QDateTime::currentDateTimeUtc().addDays(-1))));
    QVERIFY(!await(m_chats->restore(conversation)));
    QCOMPARE(titlesOf(*await(m_chats->list())), QStringList{u"Secret"_s});
    QCOMPARE(await(m_chats->search(u"hidden"_s, 50))->size(), 1);
}

void tst_Chats::purgesForEver()
{
    const ChatId conversation = say(u"Zebra"_s, u"zyxwvut words"_s);
    say(u"Kept"_s, u"other words"_s);
    (void)m_chats->setDraft(conversation, u"zyxwvut draft"_s);
    (void)m_chats->setDraftFiles(conversation, {{u"a"_s, u"text/plain"_s, "zyxwvut file"}});
    const ChatId prompt = await(m_chats->read(conversation, ChatStore::All))->tree.leaf();
    (void)m_chats->setDraft(prompt, u"zyxwvut change"_s);
    (void)m_chats->setDraftFiles(prompt, {{u"b"_s, u"text/plain"_s, "zyxwvut other file"}});
    (void)m_chats->remove(conversation);
    QVERIFY(!await(m_chats->purge(QDateTime::currentDateTimeUtc().addDays(1))));
    QVERIFY(!await(m_chats->restore(conversation)));
    QCOMPARE(titlesOf(*await(m_chats->list())), QStringList{u"Kept"_s});
    QCOMPARE(scalar(u"SELECT count(*) FROM messages"_s), u"1"_s);
    QCOMPARE(scalar(u"SELECT count(*) FROM drafts"_s), u"0"_s);
    QCOMPARE(scalar(u"SELECT count(*) FROM draft_attachments"_s), u"0"_s);
    QCOMPARE(scalar(u"SELECT count(*) FROM attachments"_s), u"0"_s);
    QVERIFY(await(m_chats->search(u"zyxwvut"_s, 50))->isEmpty());
    m_chats.reset();
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("zyxwvut"));
}

void tst_Chats::keepsDraftsApart()
{
    const ChatId one = say(u"one"_s, u"a"_s);
    const ChatId other = say(u"other"_s, u"b"_s);
    (void)m_chats->setDraft(0, u"not begun"_s);
    (void)m_chats->setDraft(one, u"typed in one"_s);
    reopen();
    QCOMPARE(await(m_chats->draft(0))->text, u"not begun"_s);
    QCOMPARE(await(m_chats->read(one, 0))->draft.text, u"typed in one"_s);
    QVERIFY(await(m_chats->read(other, 0))->draft == Prompt{});
    (void)m_chats->setDraft(one, {});
    QVERIFY(*await(m_chats->draft(one)) == Prompt{});
    QCOMPARE(await(m_chats->draft(0))->text, u"not begun"_s);
}

void tst_Chats::keepsWhatAPromptIsToBeChangedTo()
{
    const ChatId one = say(u"one"_s, u"a"_s);
    const ChatId other = say(u"other"_s, u"b"_s);
    const ChatId prompt = await(m_chats->read(one, ChatStore::All))->tree.leaf();
    QVERIFY(!await(m_chats->read(one, ChatStore::All))->edit);
    (void)m_chats->setDraft(one, u"draft"_s);
    (void)m_chats->setDraft(prompt, u"changed"_s);
    reopen();
    QVERIFY(await(m_chats->read(one, ChatStore::All))->edit
            == (PromptEdit{prompt, {u"changed"_s}}));
    QCOMPARE(await(m_chats->read(one, ChatStore::All))->draft.text, u"draft"_s);
    QVERIFY(!await(m_chats->read(other, ChatStore::All))->edit);
    const QList<Attachment> files{{u"a"_s, u"text/plain"_s, "file"}};
    (void)m_chats->setDraft(prompt, {});
    (void)m_chats->setDraftFiles(prompt, files);
    QVERIFY(await(m_chats->read(one, ChatStore::All))->edit == (PromptEdit{prompt, {{}, files}}));
    (void)m_chats->setDraftFiles(prompt, {});
    QVERIFY(!await(m_chats->read(one, ChatStore::All))->edit);
    // What stands for an answer is nobody's words.
    const ConversationNode answer{.id = prompt + 1,
                                  .parent = prompt,
                                  .kind = ConversationNode::Kind::Answer,
                                  .created = QDateTime::currentDateTimeUtc(),
                                  .turn = ModelTurn{}};
    QVERIFY(!await(m_chats->save(one, answer)));
    (void)m_chats->setDraft(answer.id, u"changed"_s);
    QVERIFY(!await(m_chats->read(one, ChatStore::All))->edit);
}

void tst_Chats::keepsTheFilesOfDrafts()
{
    const Attachment one{u"one.txt"_s, u"text/plain"_s, "one"};
    const Attachment other{u"two.png"_s, u"image/png"_s, QByteArray("\0two", 4)};
    const ChatId conversation = say(u"t"_s, u"p"_s);
    (void)m_chats->setDraft(conversation, u"typed"_s);
    (void)m_chats->setDraftFiles(conversation, {other, one, other});
    (void)m_chats->setDraftFiles(0, {one});
    QCOMPARE(scalar(u"SELECT count(*) FROM attachments"_s), u"2"_s);
    reopen();
    QVERIFY(await(m_chats->read(conversation, 0))->draft
            == (Prompt{u"typed"_s, {other, one, other}}));
    QVERIFY(*await(m_chats->draft(0)) == (Prompt{{}, {one}}));
    // Each is set by itself.
    (void)m_chats->setDraft(conversation, {});
    (void)m_chats->setDraftFiles(conversation, {one});
    QVERIFY(*await(m_chats->draft(conversation)) == (Prompt{{}, {one}}));
}

void tst_Chats::forgetsAFileThatNothingHas()
{
    const Attachment said{u"said.txt"_s, u"text/plain"_s, "said"};
    const Attachment typed{u"typed.txt"_s, u"text/plain"_s, "typed"};
    (void)m_chats->save(1, u"t"_s, {});
    (void)m_chats->save(1, prompt(10, 0, u"p"_s, {said}));
    (void)m_chats->setDraftFiles(0, {typed});
    (void)m_chats->setDraftFiles(1, {said, typed});
    (void)m_chats->setDraftFiles(1, {});
    QCOMPARE(scalar(u"SELECT group_concat(CAST(bytes AS TEXT)) FROM attachments"_s),
             u"said,typed"_s);
    (void)m_chats->setDraftFiles(0, {});
    QCOMPARE(scalar(u"SELECT group_concat(CAST(bytes AS TEXT)) FROM attachments"_s), u"said"_s);
    // And the other way round: what was said is forgotten, and a draft has it still.
    (void)m_chats->setDraftFiles(0, {said});
    (void)m_chats->remove(1);
    QVERIFY(!await(m_chats->purge(QDateTime::currentDateTimeUtc().addDays(1))));
    QVERIFY(await(m_chats->draft(0))->attachments == QList<Attachment>{said});
}

void tst_Chats::keepsTheDraftsOfAnOlderFile()
{
    m_chats.reset();
    QVERIFY(QDir(QFileInfo(path()).path()).removeRecursively());
    {
        DatabaseSchema older = chatSchema();
        older.migrations.resize(1);
        Database database(path(), older);
        QVERIFY(bool(await(database.open())));
        QVERIFY(!await(database.run([](QSqlDatabase &connection) {
            return change(connection,
                          u"INSERT INTO drafts (conversation, text) VALUES (0, 'typed before')"_s);
        })));
    }
    reopen();
    QVERIFY(*await(m_chats->draft(0)) == Prompt{u"typed before"_s});
    QVERIFY(QFile::exists(path() + u".before-v2"_s));
    const QList<Attachment> files{{u"a.txt"_s, u"text/plain"_s, "a"}};
    QVERIFY(!await(m_chats->setDraftFiles(0, files)));
    QVERIFY(*await(m_chats->draft(0)) == (Prompt{u"typed before"_s, files}));
}

void tst_Chats::suspectsWhatWasBeingShown()
{
    const ChatId good = say(u"good"_s, u"a"_s);
    const ChatId bad = say(u"bad"_s, u"b"_s);
    (void)m_chats->beginShowing(good);
    (void)m_chats->endShowing(good);
    QVERIFY(!await(m_chats->beginShowing(bad)));
    QVERIFY(!await(m_chats->read(bad, 0))->entry.isSuspect); // not before the next start
    m_chats = std::make_unique<Chats>(path());
    const auto opened = await(m_chats->open());
    QCOMPARE(opened->suspects, QList<ChatId>{bad});
    QVERIFY(await(m_chats->read(bad, 0))->entry.isSuspect);
    QVERIFY(!await(m_chats->read(good, 0))->entry.isSuspect);
    // The person opens it all the same, and this time it goes well.
    (void)m_chats->beginShowing(bad);
    QVERIFY(!await(m_chats->endShowing(bad)));
    m_chats = std::make_unique<Chats>(path());
    QCOMPARE(await(m_chats->open())->suspects, QList<ChatId>());
}

void tst_Chats::interruptsWhatNobodyWritesAnyMore()
{
    (void)m_chats->save(1, u"t"_s, {});
    (void)m_chats->save(1, prompt(10, 0, u"p"_s));
    (void)m_chats->save(1,
                        answer(11, 10, answerOf({Content{0, u"Half an "_s}}), State::BeingWritten));
    (void)m_chats->append(11, 0, {Content{0, u"answer about zebras"_s}});
    QVERIFY(!await(m_chats->flush()));
    {
        Database database(path(), chatSchema());
        QVERIFY(bool(await(database.open())));
        // The number was given to another process meanwhile.
        QVERIFY(!await(database.run([](QSqlDatabase &connection) {
            return change(connection, u"UPDATE messages SET writer = '1/5' WHERE id = 11"_s);
        })));
    }
    m_chats = std::make_unique<Chats>(path());
    QCOMPARE(await(m_chats->open())->interrupted, 1);
    const auto stored = await(m_chats->read(1, ChatStore::All));
    QCOMPARE(stored->tree.find(11)->state, State::Interrupted);
    QVERIFY(
        stored->tree.find(11)->turn
        == Turn(ModelTurn{u"openai"_s, answerOf({Content{0, u"Half an answer about zebras"_s}})}));
    QCOMPARE(stored->tree.leaf(), 11);
    QCOMPARE(await(m_chats->search(u"zebras"_s, 50))->size(), 1);
    QCOMPARE(scalar(u"SELECT count(*) FROM pieces"_s), u"0"_s);
}

void tst_Chats::leavesWhatAnotherProcessWrites()
{
    // This one is alive, whoever looks.
    (void)m_chats->save(1, u"t"_s, {});
    (void)m_chats->save(1, answer(11, 0, {}, State::BeingWritten));
    QVERIFY(!await(m_chats->append(11, 0, {Content{0, u"so far"_s}})));
    Chats other(path());
    QCOMPARE(await(other.open())->interrupted, 0);
    const auto stored = await(other.read(1, ChatStore::All));
    QCOMPARE(stored->tree.find(11)->state, State::BeingWritten);
    QCOMPARE(std::get<ModelTurn>(*stored->tree.find(11)->turn).answer.text(), u"so far"_s);
    QVERIFY(!await(m_chats->save(1, answer(11, 0, fullAnswer()))));
    QCOMPARE(await(other.read(1, ChatStore::All))->tree.find(11)->state, State::Whole);
}

void tst_Chats::addsUpUsage()
{
    (void)m_chats->save(1, u"t"_s, {});
    const auto used = [](qint64 input, qint64 output) {
        return answerOf({Usage{.cached = 1, .inputTotal = input, .outputTotal = output}});
    };
    (void)m_chats->save(1, answer(11, 0, used(10, 20)));
    (void)m_chats->save(1, answer(12, 0, used(1, 2)));
    ConversationNode other = answer(13, 0, used(5, 5));
    other.model = u"gpt-5-mini"_s;
    (void)m_chats->save(1, other);
    (void)m_chats->save(1, answer(14, 0, answerOf({Content{0, u"unknown"_s}})));
    // What came before it was cut off is no bill.
    (void)m_chats->save(
        1, answer(16, 0, answerOf({Usage{.inputTotal = 7, .outputTotal = 1}, Done{}})));
    ConversationNode early = answer(15, 0, used(1000, 1000));
    early.created = someTime().addDays(-1);
    (void)m_chats->save(1, early);
    const auto totals = await(m_chats->usageSince(someTime()));
    QVERIFY(bool(totals));
    QVERIFY(*totals
            == (QList<UsageTotal>{{Somebody, u"gpt-5"_s, 4, 11, 22, 2, 0, 0, 2, 10},
                                  {Somebody, u"gpt-5-mini"_s, 1, 5, 5, 1, 0, 0, 0, 5}}));
}

void tst_Chats::saysWhenTheListChanges()
{
    QSignalSpy changed(m_chats.get(), &ChatStore::listChanged);
    const ChatId conversation = say(u"t"_s, u"p"_s);
    QTRY_COMPARE(changed.size(), 2);
    (void)m_chats->setTitle(conversation, u"u"_s);
    QTRY_COMPARE(changed.size(), 3);
    (void)m_chats->append(conversation, 0, {}); // fails, and is no change of the list
    (void)m_chats->setDraft(conversation, u"d"_s);
    (void)m_chats->remove(conversation);
    QTRY_COMPARE(changed.size(), 4);
    m_chats->refresh();
    QVERIFY(!await(m_chats->flush()));
    QCoreApplication::processEvents();
    QCOMPARE(changed.size(), 4);
}

void tst_Chats::sharesTheFileWithAnother()
{
    Chats other(path());
    QVERIFY(bool(await(other.open())));
    (void)await(other.list()); // what is said from here on is new to it
    QSignalSpy changed(&other, &ChatStore::listChanged);
    const ChatId conversation = say(u"from one"_s, u"seen by both"_s);
    QVERIFY(!await(m_chats->flush()));
    other.refresh();
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(titlesOf(*await(other.list())), QStringList{u"from one"_s});
    QVERIFY(!await(other.setTitle(conversation, u"from the other"_s)));
    QCOMPARE(titlesOf(*await(m_chats->list())), QStringList{u"from the other"_s});
}

void tst_Chats::isThisPersonsAlone()
{
    say(u"t"_s, u"p"_s);
    QVERIFY(!await(m_chats->flush()));
    const QDir folder = QFileInfo(path()).dir();
    const QStringList files = folder.entryList(QDir::Files | QDir::Hidden, QDir::Name);
    QCOMPARE(
        files,
        (QStringList{u"conversations.db"_s, u"conversations.db-shm"_s, u"conversations.db-wal"_s}));
    for (const QString &file : files) {
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(folder.filePath(file)).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));
    }
}

void tst_Chats::refusesWhatIsNotThere()
{
    QVERIFY(await(m_chats->append(99, 0, {Content{0, u"x"_s}})).has_value());
    QVERIFY(await(m_chats->save(99, prompt(1, 0, u"of no conversation"_s))).has_value());
    QCOMPARE(scalar(u"SELECT count(*) FROM messages"_s), u"0"_s);
}

void tst_Chats::refusesBeforeItIsOpen()
{
    Chats closed(m_folder->filePath(u"elsewhere/conversations.db"_s));
    const auto list = await(closed.list());
    QVERIFY(!list);
    QCOMPARE(list.error().message, u"The file of the conversations is not open."_s);
    QVERIFY(await(closed.save(1, u"t"_s, {})).has_value());
    QVERIFY(!QFile::exists(m_folder->filePath(u"elsewhere"_s)));
}

void tst_Chats::noticesThatItsFileWasReplaced()
{
    say(u"t"_s, u"p"_s);
    QVERIFY(!await(m_chats->flush()));
    QVERIFY(QFile::rename(path(), path() + u".away"_s));
    QVERIFY(await(m_chats->setTitle(1, u"lost"_s)).has_value());
    QVERIFY(!await(m_chats->list()));
}

void tst_Chats::searches_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("found"); // titles, the newest first

    const QStringList none;
    QTest::newRow("a word") << u"quick"_s << QStringList{u"English"_s};
    QTest::newRow("the middle of a word") << u"uic"_s << QStringList{u"English"_s};
    QTest::newRow("in another case") << u"QUICK Brown"_s << QStringList{u"English"_s};
    QTest::newRow("words far apart") << u"fox the"_s << QStringList{u"English"_s};
    QTest::newRow("one word that is not there") << u"quick wolf"_s << none;
    QTest::newRow("German in another case") << u"FLÜSSE"_s << QStringList{u"Deutsch"_s};
    QTest::newRow("two letters") << u"ox"_s << QStringList{u"English"_s};
    QTest::newRow("one letter") << u"Q"_s << QStringList{u"Punctuation"_s, u"English"_s};
    QTest::newRow("two letters and a word") << u"ox brown"_s << QStringList{u"English"_s};
    QTest::newRow("three Chinese letters") << u"量子力"_s << QStringList{u"中文"_s};
    QTest::newRow("two Chinese letters") << u"北京"_s << QStringList{u"中文"_s};
    QTest::newRow("one Chinese letter") << u"京"_s << QStringList{u"日本語"_s, u"中文"_s};
    QTest::newRow("Japanese") << u"東京タワー"_s << QStringList{u"日本語"_s};
    QTest::newRow("Korean") << u"안녕하"_s << QStringList{u"한국어"_s};
    QTest::newRow("Arabic") << u"مرحبا"_s << QStringList{u"عربي"_s};
    QTest::newRow("an emoji") << u"😀"_s << QStringList{u"日本語"_s};
    QTest::newRow("a percent sign") << u"%"_s << QStringList{u"Punctuation"_s};
    QTest::newRow("an underscore") << u"_"_s << QStringList{u"Punctuation"_s};
    QTest::newRow("a backslash") << u"\\"_s << QStringList{u"Punctuation"_s};
    QTest::newRow("an operator") << u"fox OR wolf"_s << none;
    QTest::newRow("code") << u"a[i]->b"_s << QStringList{u"Punctuation"_s};
    QTest::newRow("quotes") << u"\"Quote\""_s << QStringList{u"Punctuation"_s};
    QTest::newRow("nothing") << QString() << none;
    QTest::newRow("blanks") << u" \t\n"_s << none;
}

void tst_Chats::searches()
{
    say(u"English"_s, u"The quick brown fox"_s);
    say(u"Deutsch"_s, u"Alle Flüsse fließen"_s);
    say(u"中文"_s, u"北京的量子力学研究"_s);
    say(u"日本語"_s, u"東京タワーはどこ？ 😀"_s);
    say(u"한국어"_s, u"안녕하세요 세계"_s);
    say(u"عربي"_s, u"مرحبا بالعالم"_s);
    say(u"Punctuation"_s, u"100% of a_b, C:\\x, a[i]->b \"Quote\""_s);
    QFETCH(QString, words);
    const auto hits = await(m_chats->search(words, 50));
    QVERIFY2(bool(hits), hits ? "" : qPrintable(hits.error().detail));
    QStringList titles;
    for (const SearchHit &hit : *hits) {
        titles.append(hit.conversation.title);
        QVERIFY(hit.message != 0 || !hit.highlights.isEmpty());
    }
    QTEST(titles, "found");
}

void tst_Chats::searchesTitlesAndMessagesTogether()
{
    (void)m_chats->save(1, u"About zebras"_s, {});
    (void)m_chats->save(1, prompt(10, 0, u"no animals"_s));
    (void)m_chats->save(2, u"Animals"_s, {});
    (void)m_chats->save(2, prompt(20, 0, u"zebras?"_s));
    (void)m_chats->save(2, answer(21, 20, answerOf({Content{0, u"Zebras!"_s}})));
    (void)m_chats->save(2, prompt(22, 21, u"thanks"_s));
    const auto hits = await(m_chats->search(u"zebras"_s, 50));
    QCOMPARE(hits->size(), 2);
    QCOMPARE((*hits)[0].conversation.id, 1);
    QCOMPARE((*hits)[0].message, 0);
    QCOMPARE((*hits)[0].snippet, u"About zebras"_s);
    QCOMPARE((*hits)[1].conversation.id, 2);
    QCOMPARE((*hits)[1].message, 21);
    QCOMPARE((*hits)[1].messages, 2);
    QCOMPARE((*hits)[1].snippet, u"Zebras!"_s);
    QCOMPARE(await(m_chats->search(u"zebras"_s, 1))->size(), 1);
}

void tst_Chats::searchesForWhatWasChanged()
{
    (void)m_chats->save(1, u"t"_s, {});
    (void)m_chats->save(1, answer(11, 0, answerOf({Content{0, u"before"_s}}), State::BeingWritten));
    QCOMPARE(await(m_chats->search(u"before"_s, 50))->size(), 1);
    (void)m_chats->save(1, answer(11, 0, answerOf({Content{0, u"afterwards"_s}})));
    QCOMPARE(await(m_chats->search(u"before"_s, 50))->size(), 0);
    QCOMPARE(await(m_chats->search(u"afterwards"_s, 50))->size(), 1);
    QCOMPARE(scalar(u"INSERT INTO messages_search (messages_search, rank) "
                    "VALUES ('integrity-check', 1)"_s),
             u"(none)"_s);
}

void tst_Chats::highlightsInALine()
{
    say(u"t"_s,
        u"x "_s.repeated(100) + u"😀 the NEEDLE\nand another needle "_s + u"y "_s.repeated(200));
    const SearchHit hit = await(m_chats->search(u"needle"_s, 50))->value(0);
    QVERIFY(hit.snippet.size() <= 170);
    QVERIFY(hit.snippet.isValidUtf16());
    QVERIFY(!hit.snippet.contains(u'\n'));
    QVERIFY(hit.snippet.startsWith(u'…') && hit.snippet.endsWith(u'…'));
    QStringList highlighted;
    for (const SearchHit::Range &range : hit.highlights) {
        highlighted.append(hit.snippet.mid(range.start, range.length));
    }
    QCOMPARE(highlighted, (QStringList{u"NEEDLE"_s, u"needle"_s}));
}

void tst_Chats::survivesAnySearch_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("an injection") << u"\" OR 1 --"_s;
    QTest::newRow("NEAR") << u"NEAR(abc def, 2)"_s;
    QTest::newRow("a star") << u"*"_s;
    QTest::newRow("a prefix") << u"abc*"_s;
    QTest::newRow("an unbalanced quote") << u"\"abc"_s;
    QTest::newRow("brackets") << u"((abc"_s;
    QTest::newRow("a column") << u"text:abc"_s;
    QTest::newRow("a caret") << u"^abc"_s;
    QTest::newRow("minus") << u"-abc +def"_s;
    QTest::newRow("braces") << u"{text} : abc"_s;
    QTest::newRow("drop") << u"'; DROP TABLE messages; --"_s;
    QTest::newRow("NUL") << u"ab\0cd"_s;
    QTest::newRow("half a character") << QString(QChar(0xd83d)) + u"abc"_s;
    QTest::newRow("very long") << u"abc "_s.repeated(100000);
    QTest::newRow("one very long word") << u"a"_s.repeated(1000000);
}

void tst_Chats::survivesAnySearch()
{
    QFETCH(QString, words);
    say(u"t"_s, u"abc def"_s);
    const auto hits = await(m_chats->search(words, 50));
    QVERIFY2(bool(hits), hits ? "" : qPrintable(hits.error().detail));
    QCOMPARE(titlesOf(*await(m_chats->list())), QStringList{u"t"_s});
}

QTEST_GUILESS_MAIN(tst_Chats)
#include "tst_chats.moc"
