// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recordedchat.h"
#include "storage/chats.h"
#include "support/await.h"
#include "support/chatvalues.h"
#include "support/scriptedchat.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Test;
using namespace Qt::StringLiterals;

//! A session that is recorded, in a real file.
class tst_RecordedChat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void writesAPromptAtOnceAndAnAnswerInTheEnd();
    void isAMomentBehindAtMost();
    void writesPiecesThatAreSmall();
    void keepsHowLongWasThoughtWhileTheAnswerComes();
    void keepsACharacterThatComesInTwoHalves();
    void opensWhatWasSaid();
    void opensALongConversation();
    void branchesWhereItIsAskedAgain();
    void branchesWhereAPromptIsEdited();
    void goesOnInAnotherBranch();
    void retriesWhereNothingCame();
    void keepsWhatComesBeforeAnError();
    void keepsAnAnswerThatIsLeft();
    void recordsToolsAsTheyRun();
    void recordsToolsThatWereStopped();
    void neverWritesATemporaryConversation();
    void keepsDraftsOfTheirConversations();
    void keepsTheFilesOfDrafts();
    void keepsWhatAPromptIsToBeChangedTo();
    void flushesWhatHasCome();
    void writesFilesThatAreBeingReadInTheEnd();
    void saysAFailureOnceAndRecovers();

private:
    void stream(const StreamMessages &messages) { m_client->current->say(messages); }
    void finish(const StreamMessages &messages, const std::optional<Error> &error = {})
    {
        m_client->current->end(messages, error);
    }
    void answer(const QString &text)
    {
        stream({Content{0, text}});
        finish({Usage{.inputTotal = 1, .outputTotal = 2},
                Done{Done::Ending::Complete, Done::Stop::End}});
    }
    StoredConversation stored()
    {
        (void)await(m_store->flush());
        return *await(m_store->read(m_chat->conversation(), ChatStore::All));
    }
    //! What was said along the chosen branch.
    static QStringList said(const ConversationTree &tree);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Chats> m_store;
    std::unique_ptr<ScriptedClient> m_client;
    std::unique_ptr<ChatSession> m_session;
    std::unique_ptr<RecordedChat> m_chat;
};

namespace {

using State = ConversationNode::State;

const StreamMessage Complete = Done{Done::Ending::Complete, Done::Stop::End};

//! Answers "noon" as soon as it may.
class Clock final : public Tool
{
public:
    explicit Clock(const QString &question)
        : m_question(question)
    { }
    FunctionDeclaration declaration() const override { return {u"clock"_s, {}, {}}; }
    QString question(const QJsonObject &) const override { return m_question; }
    QFuture<Result<ToolOutput>> run(const QJsonObject &) override
    {
        return QtFuture::makeReadyFuture(Result<ToolOutput>(ToolOutput{u"noon"_s}));
    }

private:
    QString m_question;
};

StreamMessage call(int number)
{
    return FunctionCall{FunctionCall::Phase::Complete, number, QString::number(number), u"clock"_s,
                        u"{}"_s};
}

QString wordsOf(const ConversationNode &node)
{
    if (!node.turn) {
        return u"(unread)"_s;
    }
    if (const auto *prompt = std::get_if<Prompt>(&*node.turn)) {
        return prompt->text;
    }
    if (const auto *model = std::get_if<ModelTurn>(&*node.turn)) {
        return u"> "_s + model->answer.text();
    }
    return u"= "_s + std::get<FunctionResult>(*node.turn).output;
}

} // namespace

QStringList tst_RecordedChat::said(const ConversationTree &tree)
{
    QStringList words;
    const QList<ChatId> path = tree.path();
    for (const ChatId id : path) {
        words.append(wordsOf(*tree.find(id)));
    }
    return words;
}

void tst_RecordedChat::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Chats>(m_folder->filePath(u"conversations.db"_s));
    QVERIFY(bool(await(m_store->open())));
    m_client = std::make_unique<ScriptedClient>();
    m_session = std::make_unique<ChatSession>(*m_client);
    m_chat = std::make_unique<RecordedChat>(*m_session, *m_store);
    m_chat->setSetup({.account = {u"openai"_s}, .model = u"gpt-5"_s});
    Provider provider;
    provider.id = u"openai"_s;
    m_session->setTarget(provider, {u"openai"_s}, u"gpt-5"_s);
}

void tst_RecordedChat::cleanup()
{
    m_chat.reset();
    m_session.reset();
    m_store.reset();
}

void tst_RecordedChat::writesAPromptAtOnceAndAnAnswerInTheEnd()
{
    QSignalSpy begun(m_chat.get(), &RecordedChat::begun);
    QVERIFY(await(m_store->list())->isEmpty());
    m_session->send(u"What is it? I wonder."_s, {{u"a.txt"_s, u"text/plain"_s, "bytes"}});
    QCOMPARE(begun.size(), 1);
    const StoredConversation asked = stored();
    QCOMPARE(said(asked.tree), QStringList{u"What is it? I wonder."_s});
    QCOMPARE(asked.entry.title, u"What is it?"_s);
    QCOMPARE(asked.setup.model, u"gpt-5"_s);

    answer(u"A cat."_s);
    const StoredConversation answered = stored();
    QCOMPARE(said(answered.tree), (QStringList{u"What is it? I wonder."_s, u"> A cat."_s}));
    const ConversationNode node = *answered.tree.find(answered.tree.leaf());
    QCOMPARE(node.state, State::Whole);
    QCOMPARE(node.model, u"gpt-5"_s);
    QVERIFY(std::get<ModelTurn>(*node.turn).answer == m_session->answer());
    QVERIFY(answered.tree == m_chat->tree());
    QCOMPARE(await(m_store->list())->size(), 1);
}

void tst_RecordedChat::isAMomentBehindAtMost()
{
    m_session->send(u"p"_s);
    stream({Content{0, u"a"_s}});
    QCOMPARE(said(stored().tree).last(), u"> a"_s); // the first is written at once
    for (const QString &piece : {u"b"_s, u"c"_s}) {
        stream({Content{0, piece}});
    }
    QCOMPARE(said(stored().tree).last(), u"> a"_s);
    QTRY_COMPARE_WITH_TIMEOUT(said(stored().tree).last(), u"> abc"_s, 700);
    stream({Content{0, QString(2100, u'd')}}); // and more than 4 KiB at once
    QCOMPARE(said(stored().tree).last().size(), 2 + 3 + 2100);
    QCOMPARE(stored().tree.find(stored().tree.leaf())->state, State::BeingWritten);
}

void tst_RecordedChat::writesPiecesThatAreSmall()
{
    m_session->send(u"p"_s);
    for (int i = 0; i < 20000; ++i) {
        stream({Content{0, u"0123456789"_s}});
        if (i % 500 == 0) {
            QCoreApplication::processEvents();
        }
    }
    QTRY_COMPARE(said(stored().tree).last().size(), 2 + 200000);
    finish({Complete});
    QCOMPARE(said(stored().tree).last().size(), 2 + 200000);
}

void tst_RecordedChat::keepsHowLongWasThoughtWhileTheAnswerComes()
{
    m_session->send(u"p"_s);
    stream({Reasoning{0, u"hm"_s}});
    stream({Reasoning{0, u"m"_s}});
    stream({Content{0, u"a"_s}});
    QTRY_COMPARE(said(stored().tree).last(), u"> a"_s);
    const ConversationNode node = *stored().tree.find(stored().tree.leaf());
    QCOMPARE(node.state, State::BeingWritten); // as it is found when the program was killed
    QVERIFY(std::get<ModelTurn>(*node.turn).answer == m_session->answer());
    QVERIFY(std::get<ReasoningPart>(m_session->answer().parts().first()).took);
}

void tst_RecordedChat::keepsACharacterThatComesInTwoHalves()
{
    m_session->send(u"p"_s);
    const QString smile = u"😀"_s;
    stream({Content{0, u"a"_s}});
    stream({Content{0, u"b"_s + smile[0]}});
    QTRY_COMPARE(said(stored().tree).last(), u"> ab"_s);
    stream({Content{0, smile[1] + u"c"_s}});
    QTRY_COMPARE(said(stored().tree).last(), u"> ab😀c"_s);
}

void tst_RecordedChat::opensWhatWasSaid()
{
    ChatSetup setup = m_chat->setup();
    setup.system = u"Be brief."_s;
    m_chat->setSetup(setup);
    m_session->send(u"one"_s, {{u"a.txt"_s, u"text/plain"_s, "bytes"}});
    answer(u"two"_s);
    const ChatId conversation = m_chat->conversation();
    const ConversationTree tree = m_chat->tree();
    const Conversation before{u"Be brief."_s, m_session->conversation().turns};

    m_chat->begin();
    QCOMPARE(m_chat->conversation(), 0);
    QVERIFY(m_session->conversation().turns.isEmpty());
    QVERIFY(m_chat->tree().isEmpty());

    QSignalSpy opened(m_chat.get(), &RecordedChat::opened);
    QVERIFY(!await(m_chat->open(conversation)));
    QCOMPARE(opened.size(), 1);
    QVERIFY(m_chat->isWhole());
    QVERIFY(m_session->conversation() == before);
    QVERIFY(m_chat->tree() == tree);
    QVERIFY(m_chat->setup() == setup);

    m_session->send(u"three"_s);
    answer(u"four"_s);
    QCOMPARE(said(stored().tree), (QStringList{u"one"_s, u"> two"_s, u"three"_s, u"> four"_s}));
    QCOMPARE(m_client->requests.last().conversation.turns.size(), 3);
    QVERIFY(await(m_chat->open(7)).has_value());
}

void tst_RecordedChat::opensALongConversation()
{
    (void)m_store->save(1, u"Long"_s, {});
    for (ChatId id = 10; id < 200; ++id) {
        (void)m_store->save(1, {.id = id, .parent = id - 1, .turn = Prompt{QString::number(id)}});
    }
    QVERIFY(!await(m_chat->open(1)));
    // The end is there at once, and nothing is asked without the beginning.
    QVERIFY(!m_chat->isWhole());
    QCOMPARE(said(m_chat->tree()).last(), u"199"_s);
    QCOMPARE(said(m_chat->tree()).first(), u"(unread)"_s);
    m_chat->edit(199, u"too early"_s);
    QVERIFY(m_client->requests.isEmpty());
    QTRY_VERIFY(m_chat->isWhole());
    QCOMPARE(m_session->conversation().turns.size(), 190);
    QCOMPARE(said(m_chat->tree()).first(), u"10"_s);
}

void tst_RecordedChat::branchesWhereItIsAskedAgain()
{
    m_session->send(u"one"_s);
    answer(u"two"_s);
    const ChatId first = m_chat->tree().leaf();
    m_session->retry();
    answer(u"zwei"_s);
    const ChatId second = m_chat->tree().leaf();
    QCOMPARE(said(stored().tree), (QStringList{u"one"_s, u"> zwei"_s}));
    QCOMPARE(stored().tree.siblings(first), (QList<ChatId>{first, second}));

    m_session->send(u"three"_s);
    answer(u"four"_s);
    m_chat->regenerate(first); // in the middle, and in the branch that is not shown
    answer(u"deux"_s);
    const ChatId third = m_chat->tree().leaf();
    QCOMPARE(said(stored().tree), (QStringList{u"one"_s, u"> deux"_s}));
    QCOMPARE(stored().tree.siblings(first), (QList<ChatId>{first, second, third}));
    QCOMPARE(stored().tree.path(), m_chat->tree().path());
    QCOMPARE(stored().tree.size(), 6);
}

void tst_RecordedChat::branchesWhereAPromptIsEdited()
{
    m_session->send(u"one"_s);
    const ChatId first = m_chat->tree().leaf();
    answer(u"two"_s);
    m_session->send(u"three"_s);
    const ChatId middle = m_chat->tree().leaf();
    answer(u"four"_s);
    m_chat->edit(middle, u"drei"_s);
    answer(u"vier"_s);
    QCOMPARE(said(stored().tree), (QStringList{u"one"_s, u"> two"_s, u"drei"_s, u"> vier"_s}));
    QCOMPARE(stored().tree.siblings(middle).size(), 2);
    m_chat->edit(first, u"eins"_s);
    QCOMPARE(m_client->requests.last().conversation.turns, QList<Turn>{Prompt{u"eins"_s}});
    answer(u"zwei"_s);
    QCOMPARE(said(stored().tree), (QStringList{u"eins"_s, u"> zwei"_s}));
    QCOMPARE(stored().tree.siblings(first).size(), 2);
    QCOMPARE(stored().entry.title, u"one"_s);
    QCOMPARE(stored().tree.path(), m_chat->tree().path());
    QCOMPARE(stored().tree.size(), 8);
}

void tst_RecordedChat::goesOnInAnotherBranch()
{
    m_session->send(u"one"_s);
    answer(u"two"_s);
    const ChatId first = m_chat->tree().leaf();
    m_session->retry();
    answer(u"zwei"_s);
    m_chat->select(first);
    QCOMPARE(said(stored().tree), (QStringList{u"one"_s, u"> two"_s}));
    m_session->send(u"three"_s);
    QCOMPARE(m_client->requests.last().conversation.turns.size(), 3);
    answer(u"four"_s);
    QCOMPARE(said(stored().tree), (QStringList{u"one"_s, u"> two"_s, u"three"_s, u"> four"_s}));
    // In another program, the other branch is read when it is chosen.
    m_chat->begin();
    QVERIFY(!await(m_chat->open((*await(m_store->list()))[0].id)));
    m_chat->select(m_chat->tree().siblings(first).last());
    QTRY_VERIFY(m_chat->isWhole());
    QCOMPARE(said(m_chat->tree()), (QStringList{u"one"_s, u"> zwei"_s}));
}

void tst_RecordedChat::retriesWhereNothingCame()
{
    m_session->send(u"one"_s);
    finish({Done{Done::Ending::CutOff}}, Error{Error::Kind::Network, u"No."_s});
    m_session->retry();
    answer(u"two"_s);
    m_session->send(u"three"_s);
    finish({Usage{.input = 1}, Done{Done::Ending::Failed}}, Error{Error::Kind::Overloaded, {}});
    m_session->send(u"four"_s);
    answer(u"five"_s);
    QCOMPARE(m_client->requests.last().conversation.turns.size(), 4);
    m_chat->begin();
    QVERIFY(!await(m_chat->open((*await(m_store->list()))[0].id)));
    // The answers in which nothing came are there, and are not sent.
    QCOMPARE(m_session->conversation().turns.size(), 5);
}

void tst_RecordedChat::keepsWhatComesBeforeAnError()
{
    m_session->send(u"one"_s);
    stream({Content{0, u"half"_s}});
    finish({Done{Done::Ending::CutOff}}, Error{Error::Kind::Network, u"No."_s});
    const StoredConversation after = stored();
    QCOMPARE(said(after.tree), (QStringList{u"one"_s, u"> half"_s}));
    const ConversationNode node = *after.tree.find(after.tree.leaf());
    QCOMPARE(node.state, State::Whole); // it is known how it ended
    QCOMPARE(std::get<ModelTurn>(*node.turn).answer.done()->ending, Done::Ending::CutOff);
}

void tst_RecordedChat::keepsAnAnswerThatIsLeft()
{
    m_session->send(u"one"_s);
    stream({Content{0, u"half"_s}});
    stream({Content{0, u" an answer"_s}});
    m_chat->begin();
    QVERIFY(!m_session->isAnswering());
    const ChatId conversation = (*await(m_store->list()))[0].id;
    const auto left = await(m_store->read(conversation, ChatStore::All));
    QCOMPARE(said(left->tree), (QStringList{u"one"_s, u"> half an answer"_s}));
    QCOMPARE(left->tree.find(left->tree.leaf())->state, State::Interrupted);
    m_session->send(u"another"_s);
    QVERIFY(m_chat->conversation() != conversation);
    QCOMPARE(await(m_store->list())->size(), 2);
}

void tst_RecordedChat::recordsToolsAsTheyRun()
{
    ToolRegistry tools;
    tools.add(std::make_unique<Clock>(QString()));
    m_session->setTools(&tools);
    m_session->send(u"when?"_s);
    stream({Content{0, u"Let me see."_s}});
    finish({call(0), call(1), Complete});
    QTRY_COMPARE(m_client->requests.size(), 2);
    const QStringList before{u"when?"_s, u"> Let me see."_s, u"= noon"_s, u"= noon"_s};
    QCOMPARE(said(stored().tree), before);
    answer(u"At noon."_s);
    QCOMPARE(said(stored().tree), before + QStringList{u"> At noon."_s});
    QVERIFY(stored().tree == m_chat->tree());
    QCOMPARE(m_chat->tree().chosen().turns, m_session->conversation().turns);
    // Asked again, all rounds are another branch.
    m_chat->regenerate(m_chat->tree().leaf());
    answer(u"Now."_s);
    QCOMPARE(said(stored().tree), (QStringList{u"when?"_s, u"> Now."_s}));
}

void tst_RecordedChat::recordsToolsThatWereStopped()
{
    ToolRegistry tools;
    tools.add(std::make_unique<Clock>(u"May it?"_s));
    m_session->setTools(&tools);
    QSignalSpy asked(m_session.get(), &ChatSession::toolPermissionAsked);
    m_session->send(u"when?"_s);
    finish({call(0), call(1), Complete});
    QTRY_COMPARE(asked.size(), 1);
    m_session->allowTool(u"0"_s, true);
    QTRY_COMPARE(asked.size(), 2);
    m_session->stop();
    QVERIFY(!m_session->isAnswering());
    QCOMPARE(m_chat->tree().chosen().turns, m_session->conversation().turns);
    QCOMPARE(m_chat->tree().size(), 4);
    QVERIFY(stored().tree == m_chat->tree());
}

void tst_RecordedChat::neverWritesATemporaryConversation()
{
    m_chat->begin(RecordedChat::Keep::Temporary);
    QSignalSpy begun(m_chat.get(), &RecordedChat::begun);
    m_chat->setDraft({u"secret draft"_s, {{u"a"_s, u"text/plain"_s, "secret file"}}});
    m_session->send(u"secret prompt"_s);
    answer(u"secret answer"_s);
    m_session->retry();
    stream({Content{0, u"secret "_s + QString(5000, u'x')}});
    QVERIFY(!await(m_chat->flush()));
    finish({Complete});
    m_chat->edit(m_chat->tree().path().first(), u"secret edit"_s);
    answer(u"secret"_s);
    m_chat->setTitle(u"secret title"_s);
    QCOMPARE(m_chat->tree().size(), 5); // branches there are all the same
    QVERIFY(!await(m_chat->flush()));
    QVERIFY(begun.isEmpty());
    QVERIFY(await(m_store->list())->isEmpty());
    m_chat->setChanging(PromptEdit{1, {u"secret change"_s}});
    QVERIFY(!await(m_chat->flush()));
    m_chat->begin();
    QVERIFY(!await(m_store->flush()));
    QFile file(m_folder->filePath(u"conversations.db-wal"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("secret"));
    // The next one is kept again.
    m_session->send(u"public"_s);
    QCOMPARE(await(m_store->list())->size(), 1);
}

void tst_RecordedChat::keepsDraftsOfTheirConversations()
{
    m_chat->setDraft({u"not begun"_s});
    QVERIFY(!await(m_chat->flush()));
    QCOMPARE(await(m_store->draft(0))->text, u"not begun"_s);
    m_session->send(u"not begun"_s); // it is said, and no draft any more
    QVERIFY(!await(m_chat->flush()));
    QVERIFY(*await(m_store->draft(0)) == Prompt{});
    answer(u"x"_s);
    const ChatId first = m_chat->conversation();
    m_chat->setDraft({u"typed in the first"_s});
    m_chat->begin(); // before it is due
    m_chat->setDraft({u"typed in the new one"_s});
    QVERIFY(!await(m_chat->open(first)));
    QCOMPARE(m_chat->draft().text, u"typed in the first"_s);
    QCOMPARE(await(m_store->draft(0))->text, u"typed in the new one"_s);
}

void tst_RecordedChat::keepsWhatAPromptIsToBeChangedTo()
{
    m_session->send(u"one"_s);
    answer(u"1"_s);
    m_session->send(u"two"_s);
    answer(u"2"_s);
    const ChatId conversation = m_chat->conversation();
    const ChatId first = m_chat->ids()[0];
    const ChatId second = m_chat->ids()[2];
    m_chat->setDraft({u"draft"_s});
    m_chat->setChanging(PromptEdit{first, {u"eins"_s}});
    QVERIFY(!m_chat->isSettled());
    QVERIFY(!await(m_chat->flush()));
    QVERIFY(stored().edit == (PromptEdit{first, {u"eins"_s}}));
    // Another one instead: there is one at a time.
    const PromptEdit other{second, {u"zwei"_s, {{u"a.txt"_s, u"text/plain"_s, "words"}}}};
    m_chat->setChanging(other);
    m_chat->begin(); // before it is due
    QVERIFY(!m_chat->changing());
    QVERIFY(!await(m_chat->open(conversation)));
    QVERIFY(m_chat->changing() == other);
    QCOMPARE(m_chat->draft().text, u"draft"_s);
    QVERIFY(*await(m_store->draft(first)) == Prompt{});
    // It ends, said or not.
    m_chat->setChanging({});
    QVERIFY(!await(m_chat->flush()));
    QVERIFY(!stored().edit);
    QVERIFY(m_chat->isSettled());
    QCOMPARE(stored().draft.text, u"draft"_s);
}

void tst_RecordedChat::keepsTheFilesOfDrafts()
{
    const Attachment file{u"a.txt"_s, u"text/plain"_s, "words"};
    const Prompt draft{u"typed"_s, {file, file}};
    m_chat->setDraft(draft);
    QVERIFY(!await(m_chat->flush()));
    QVERIFY(*await(m_store->draft(0)) == draft);
    // What is said meanwhile is another matter: they go with the conversation that begins.
    m_session->send(u"said"_s);
    answer(u"x"_s);
    QVERIFY(!await(m_chat->flush()));
    QVERIFY(*await(m_store->draft(0)) == Prompt{});
    const ChatId first = m_chat->conversation();
    QVERIFY(await(m_store->read(first, ChatStore::All))->draft == draft);
    m_chat->begin();
    QVERIFY(m_chat->draft() == Prompt{});
    QVERIFY(!await(m_chat->open(first)));
    QVERIFY(m_chat->draft() == draft);
    m_chat->setDraft({u"typed"_s});
    QVERIFY(!await(m_chat->flush()));
    QVERIFY(await(m_store->read(first, ChatStore::All))->draft == Prompt{u"typed"_s});
}

void tst_RecordedChat::flushesWhatHasCome()
{
    m_session->send(u"one"_s);
    stream({Content{0, u"a"_s}});
    stream({Content{0, u"b"_s}});
    QVERIFY(!await(m_chat->flush()));
    QCOMPARE(said(stored().tree).last(), u"> ab"_s);
    // And it goes on after that, without a piece twice.
    stream({Content{0, u"c"_s}});
    QTRY_COMPARE(said(stored().tree).last(), u"> abc"_s);
    QVERIFY(!await(m_chat->flush()));
    QCOMPARE(said(stored().tree).last(), u"> abc"_s);
    finish({Complete});
    QCOMPARE(said(stored().tree).last(), u"> abc"_s);
}

void tst_RecordedChat::writesFilesThatAreBeingReadInTheEnd()
{
    QSignalSpy settled(m_chat.get(), &RecordedChat::settled);
    m_chat->setDraft({u"typed"_s});
    m_chat->setReadsFiles(true);
    const ChatStore::Done first = m_chat->flush();
    QCOMPARE(await(m_store->draft(0))->text, u"typed"_s); // which does not wait
    QVERIFY(!first.isFinished());
    QVERIFY(!m_chat->isSettled());

    const QList<Attachment> one{{u"a.txt"_s, u"text/plain"_s, "one"}};
    m_chat->setDraft({u"typed"_s, one});
    m_chat->setReadsFiles(false);
    m_chat->setReadsFiles(true); // and another, before anybody has looked
    QVERIFY(!await(m_store->flush()));
    QVERIFY(!first.isFinished());
    QList<Attachment> both = one;
    both.append({u"b.txt"_s, u"text/plain"_s, "two"});
    m_chat->setDraft({u"typed"_s, both});
    settled.clear();
    m_chat->setReadsFiles(false);
    QCOMPARE(settled.size(), 1);
    QVERIFY(!await(first));
    QVERIFY(m_chat->isSettled());
    QVERIFY(*await(m_store->draft(0)) == (Prompt{u"typed"_s, both}));

    // One that is kept nowhere waits for nothing.
    m_chat->begin(RecordedChat::Keep::Temporary);
    m_chat->setReadsFiles(true);
    QVERIFY(!await(m_chat->flush()));
}

void tst_RecordedChat::saysAFailureOnceAndRecovers()
{
    const QString path = m_folder->filePath(u"conversations.db"_s);
    QSignalSpy failed(m_chat.get(), &RecordedChat::failed);
    QSignalSpy recovered(m_chat.get(), &RecordedChat::recovered);
    // What is written meanwhile fails, as on a full disk.
    QVERIFY(QFile::rename(path, path + u".away"_s));
    m_session->send(u"one"_s);
    answer(u"two"_s);
    m_session->send(u"three"_s);
    stream({Content{0, u"fo"_s}});
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(m_chat->isFailing());
    QVERIFY(await(m_chat->flush()).has_value());
    QCOMPARE(failed.size(), 1);
    QVERIFY(QFile::rename(path + u".away"_s, path));
    stream({Content{0, u"ur"_s}});
    finish({Complete});
    QTRY_COMPARE(recovered.size(), 1);
    QVERIFY(!await(m_chat->flush()));
    QCOMPARE(said(stored().tree), (QStringList{u"one"_s, u"> two"_s, u"three"_s, u"> four"_s}));
    QVERIFY(stored().tree == m_chat->tree());
}

QTEST_GUILESS_MAIN(tst_RecordedChat)
#include "tst_recordedchat.moc"
