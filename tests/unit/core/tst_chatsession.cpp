// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chatsession.h"
#include "support/scriptedchat.h"

#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Test::ScriptedClient;
using Test::ScriptedStream;

namespace {

const Error Broken{Error::Kind::Interrupted, u"Broken."_s};

} // namespace

class tst_ChatSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void foldsAnAnswerIntoTheConversation();
    void keepsWhatCameBeforeAnError();
    void keepsThePromptWhenNothingCame();
    void doesNotAskTwiceAtOnce();
    void stopKeepsWhatCame();
    void retryDropsTheAnswerItReplaces();
    void clearEndsTheAnswerSilently();
    void answersUntilTheStreamFinishes();
    void tellsHowLongWasThought();
    void isUnansweredUntilAnAnswerIsWhole();
    void givesTheLastTextThereIs();

private:
    std::unique_ptr<ScriptedClient> m_client;
    std::unique_ptr<ChatSession> m_session;
};

void tst_ChatSession::init()
{
    m_session.reset();
    m_client = std::make_unique<ScriptedClient>();
    m_session = std::make_unique<ChatSession>(*m_client);
    Provider provider;
    provider.id = u"openai"_s;
    m_session->setTarget(provider, {u"openai"_s}, u"model"_s);
    m_session->setSystem(u"Be brief."_s);
}

void tst_ChatSession::foldsAnAnswerIntoTheConversation()
{
    m_session->send(u"Hi"_s);
    QVERIFY(m_client->current->started);
    m_client->current->end({Content{0, u"Hello"_s}, Done{Done::Ending::Complete}}, std::nullopt);
    m_session->send(u"And?"_s);

    const Conversation &sent = m_client->requests.last().conversation;
    QCOMPARE(sent.system, u"Be brief."_s);
    QCOMPARE(sent.turns.size(), 3);
    QCOMPARE(sent.turns[0], Turn(Prompt{u"Hi"_s}));
    const auto &turn = std::get<ModelTurn>(sent.turns[1]);
    QCOMPARE(turn.providerId, u"openai"_s);
    QCOMPARE(turn.answer.text(), u"Hello"_s);
    QVERIFY(turn.answer.isComplete());
}

void tst_ChatSession::keepsWhatCameBeforeAnError()
{
    QSignalSpy finished(m_session.get(), &ChatSession::answerFinished);
    m_session->send(u"Hi"_s);
    m_client->current->end({Content{0, u"Hel"_s}, Done{Done::Ending::CutOff}}, Broken);

    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished[0][0].value<std::optional<Error>>(), std::optional(Broken));
    QCOMPARE(m_session->conversation().turns.size(), 2);
    QVERIFY(!m_session->answer().isComplete());
}

void tst_ChatSession::keepsThePromptWhenNothingCame()
{
    m_session->send(u"Hi"_s);
    Q_EMIT m_client->current->finished(Broken);
    QCOMPARE(m_session->conversation().turns, QList<Turn>{Prompt{u"Hi"_s}});
    QVERIFY(!m_session->isAnswering());
}

void tst_ChatSession::doesNotAskTwiceAtOnce()
{
    m_session->send(u"Hi"_s);
    m_session->send(u"Hi again"_s);
    QCOMPARE(m_client->requests.size(), 1);
    QCOMPARE(m_session->conversation().turns.size(), 1);
}

void tst_ChatSession::stopKeepsWhatCame()
{
    m_session->send(u"Hi"_s);
    Q_EMIT m_client->current->received({Content{0, u"Hel"_s}});
    m_session->stop();
    QCOMPARE(std::get<ModelTurn>(m_session->conversation().turns.last()).answer.text(), u"Hel"_s);
    QVERIFY(!m_session->isAnswering());
}

void tst_ChatSession::retryDropsTheAnswerItReplaces()
{
    m_session->send(u"Hi"_s);
    m_client->current->end({Content{0, u"Hel"_s}, Done{Done::Ending::CutOff}}, Broken);
    m_session->retry();
    QCOMPARE(m_client->requests.last().conversation.turns, QList<Turn>{Prompt{u"Hi"_s}});
    QVERIFY(m_session->isAnswering());
}

void tst_ChatSession::clearEndsTheAnswerSilently()
{
    QSignalSpy finished(m_session.get(), &ChatSession::answerFinished);
    m_session->send(u"Hi"_s);
    const QPointer<ScriptedStream> stream = m_client->current;
    m_session->clear();
    QVERIFY(m_session->conversation().turns.isEmpty());
    QVERIFY(!m_session->isAnswering());
    QCOMPARE(finished.size(), 0);
    QTRY_VERIFY(stream.isNull());
}

void tst_ChatSession::answersUntilTheStreamFinishes()
{
    QSignalSpy answering(m_session.get(), &ChatSession::answeringChanged);
    m_session->send(u"Hi"_s);
    QVERIFY(m_session->isAnswering());
    const QPointer<ScriptedStream> stream = m_client->current;
    stream->end({Done{Done::Ending::Complete}}, std::nullopt);
    QCOMPARE(answering.size(), 2);
    QCOMPARE(answering[1][0].toBool(), false);
    QTRY_VERIFY(stream.isNull());
}

void tst_ChatSession::tellsHowLongWasThought()
{
    QSignalSpy received(m_session.get(), &ChatSession::answerReceived);
    m_session->send(u"Hi"_s);
    Q_EMIT m_client->current->received({Reasoning{2, u"Hm"_s}});
    m_client->current->end({Content{0, u"Hello"_s}, Done{Done::Ending::Complete}}, std::nullopt);

    const Answer answer = std::get<ModelTurn>(m_session->conversation().turns.last()).answer;
    const auto thought = std::get<ReasoningPart>(answer.parts().value(0));
    QCOMPARE(thought.text, u"Hm"_s);
    QVERIFY(thought.took);
    // Whoever writes or shows it as it comes is told the same.
    Answer told;
    for (const QList<QVariant> &arguments : received) {
        const auto messages = arguments[0].value<StreamMessages>();
        for (const StreamMessage &message : messages) {
            told.fold(message);
        }
    }
    QVERIFY(told == answer);

    m_session->send(u"And?"_s);
    m_client->current->end({Content{0, u"No"_s}, Done{Done::Ending::Complete}}, std::nullopt);
    QCOMPARE(m_session->answer().parts(), QList<AnswerPart>{TextPart{u"No"_s}});
}

void tst_ChatSession::isUnansweredUntilAnAnswerIsWhole()
{
    QVERIFY(!m_session->isUnanswered());
    m_session->send(u"Hi"_s);
    QVERIFY(!m_session->isUnanswered());
    Q_EMIT m_client->current->finished(Broken);
    QVERIFY(m_session->isUnanswered());

    m_session->retry();
    m_client->current->end({Content{0, u"Hel"_s}, Done{Done::Ending::CutOff}}, Broken);
    QVERIFY(m_session->isUnanswered());

    m_session->retry();
    m_client->current->end({Content{0, u"Hello"_s}, Done{Done::Ending::Complete}}, std::nullopt);
    QVERIFY(!m_session->isUnanswered());
}

void tst_ChatSession::givesTheLastTextThereIs()
{
    QCOMPARE(m_session->lastText(), QString());
    m_session->send(u"Hi"_s);
    m_client->current->end({Content{0, u"Hello"_s}, Done{Done::Ending::Complete}}, std::nullopt);
    m_session->send(u"And?"_s);
    QCOMPARE(m_session->lastText(), u"Hello"_s);
    Q_EMIT m_client->current->received({Content{0, u"We"_s}});
    QCOMPARE(m_session->lastText(), u"We"_s);
    m_client->current->end({Content{0, u"ll"_s}, Done{Done::Ending::Complete}}, std::nullopt);
    QCOMPARE(m_session->lastText(), u"Well"_s);
}

QTEST_GUILESS_MAIN(tst_ChatSession)
#include "tst_chatsession.moc"
