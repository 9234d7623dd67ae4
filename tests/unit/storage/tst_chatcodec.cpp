// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/streamdecoder.h"
#include "providers/registry.h"
#include "storage/chatcodec.h"
#include "support/chatvalues.h"

#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ChatCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsATurn_data();
    void keepsATurn();
    void keepsARecordedAnswerAndItsPieces_data();
    void keepsARecordedAnswerAndItsPieces();
    void hasWhatWasSaidForTheSearchOnly();
    void mendsTextThatIsNone();
    void keepsTheDeepestItems();
    void keepsParameters();
    void readsNoTimeThatIsNone_data();
    void readsNoTimeThatIsNone();
    void readsGarbageAsLittle();
};

namespace {

Turn through(const Turn &turn) { return ChatCodec::read(kindOf(turn), ChatCodec::save(turn)); }

} // namespace

void tst_ChatCodec::keepsATurn_data()
{
    QTest::addColumn<Turn>("turn");

    QTest::newRow("a prompt") << Turn(Prompt{u"日本語 😀\nline"_s});
    QTest::newRow("an empty prompt") << Turn(Prompt{});
    QTest::newRow("a result") << Turn(FunctionResult{u"a"_s, u"clock"_s, u"noon"_s});
    QTest::newRow("a failed result") << Turn(FunctionResult{{}, u"clock"_s, u"no"_s, true});
    QTest::newRow("an answer with everything") << Turn(ModelTurn{u"anthropic"_s, fullAnswer()});
    QTest::newRow("an empty answer") << Turn(ModelTurn{u"gemini"_s, {}});
    QTest::newRow("a complete answer without a word")
        << Turn(ModelTurn{{}, answerOf({Done{Done::Ending::Complete, Done::Stop::End}})});
    QTest::newRow("text that was recognised as reasoning") << Turn(ModelTurn{
        u"openai"_s,
        answerOf({Content{0, u"hm"_s}, Reasoning{0, u"hm"_s, true}, Content{1, u"so"_s}})});
}

void tst_ChatCodec::keepsATurn()
{
    QFETCH(Turn, turn);
    QVERIFY(through(turn) == turn);
}

void tst_ChatCodec::keepsARecordedAnswerAndItsPieces_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("api");
    QTest::addColumn<QString>("file");
    QTest::newRow("OpenAI Responses") << u"openai"_s << u"responses"_s << u"openai-responses.sse"_s;
    QTest::newRow("OpenAI Chat") << u"openai"_s << u"chat"_s << u"openai-chat.sse"_s;
    QTest::newRow("Anthropic") << u"anthropic"_s << u""_s << u"anthropic.sse"_s;
    QTest::newRow("Gemini") << u"gemini"_s << u""_s << u"gemini.sse"_s;
}

void tst_ChatCodec::keepsARecordedAnswerAndItsPieces()
{
    QFETCH(QString, provider);
    QFETCH(QString, api);
    QFETCH(QString, file);
    QFile recording(QStringLiteral(MAESTRO_RECORDINGS "/") + file);
    QVERIFY(recording.open(QIODevice::ReadOnly));
    StreamDecoder decoder(findProvider(allProviders(), provider, api).value());
    StreamMessages messages = decoder.feed(recording.readAll());
    messages += decoder.finish();
    QVERIFY(messages.size() > 3);

    const Answer whole = answerOf(messages);
    QVERIFY(through(ModelTurn{provider, whole}) == Turn(ModelTurn{provider, whole}));
    // As it is written while it comes, and read after the program was killed.
    StreamMessages pieces;
    for (const StreamMessage &message : messages) {
        pieces += ChatCodec::readPiece(ChatCodec::savePiece({message}));
    }
    QVERIFY(pieces == messages);
}

void tst_ChatCodec::hasWhatWasSaidForTheSearchOnly()
{
    const ChatCodec::Saved saved = ChatCodec::save(ModelTurn{u"anthropic"_s, fullAnswer()});
    QCOMPARE(saved.text, u"The answer is 42. 😀\n日本語But not that."_s);
    QVERIFY(!saved.body.contains("answer"));
    QVERIFY(!saved.body.contains("gAAAA"));
    QVERIFY(saved.items.contains("gAAAA"));
}

void tst_ChatCodec::mendsTextThatIsNone()
{
    const QString half(QChar(0xd83d));
    const Turn turn = through(
        ModelTurn{u"openai"_s, answerOf({Content{0, u"a"_s + half}, Content{1, half + u"b"_s}})});
    const auto &parts = std::get<ModelTurn>(turn).answer.parts();
    QCOMPARE(std::get<TextPart>(parts[0]).text, u"a\uFFFD"_s);
    QCOMPARE(std::get<TextPart>(parts[1]).text, u"\uFFFDb"_s);
}

void tst_ChatCodec::keepsTheDeepestItems()
{
    // As deep as Qt reads JSON at all.
    constexpr int Depth = 1024;
    const QByteArray deep = QByteArray(Depth, '[') + QByteArray(Depth, ']');
    const QJsonArray items = QJsonDocument::fromJson(deep).array();
    QVERIFY(!items.isEmpty());
    const Turn turn = ModelTurn{u"openai"_s, answerOf({Done{.items = items}})};
    QVERIFY(through(turn) == turn);
}

void tst_ChatCodec::keepsParameters()
{
    for (const ChatSetup &setup : {ChatSetup{},
                                   ChatSetup{.reasoningEffort = u"high"_s,
                                   .maxOutputTokens = 0,
                                   .temperature = 0.0,
                                   .thinkingBudget = 1024},
                                   ChatSetup{.temperature = 1.0}}) {
        ChatSetup read;
        ChatCodec::readParameters(ChatCodec::saveParameters(setup), read);
        QVERIFY(read == setup);
    }
}

void tst_ChatCodec::readsNoTimeThatIsNone_data()
{
    QTest::addColumn<QByteArray>("time");
    QTest::addColumn<std::optional<std::chrono::milliseconds>>("read");
    const std::optional<std::chrono::milliseconds> none;
    QTest::newRow("as it was before") << QByteArray() << none;
    QTest::newRow("no time at all") << QByteArray(",\"took_ms\":0") << std::optional(0ms);
    QTest::newRow("a time") << QByteArray(",\"took_ms\":1500") << std::optional(1500ms);
    QTest::newRow("before it began") << QByteArray(",\"took_ms\":-1") << none;
    QTest::newRow("more than a day") << QByteArray(",\"took_ms\":86400001") << none;
    QTest::newRow("more than a number is") << QByteArray(",\"took_ms\":1e300") << none;
    QTest::newRow("a broken number") << QByteArray(",\"took_ms\":1.5") << none;
    QTest::newRow("a word") << QByteArray(",\"took_ms\":\"1500\"") << none;
    QTest::newRow("a list") << QByteArray(",\"took_ms\":[1500]") << none;
    QTest::newRow("null") << QByteArray(",\"took_ms\":null") << none;
}

void tst_ChatCodec::readsNoTimeThatIsNone()
{
    QFETCH(QByteArray, time);
    QFETCH(std::optional<std::chrono::milliseconds>, read);
    const QByteArray message = R"({"is":"reasoning","part":2,"text":"hm")" + time + '}';
    QVERIFY(ChatCodec::readPiece('[' + message + ']')
            == StreamMessages({Reasoning{.part = 2, .text = u"hm"_s, .took = read}}));
    const Turn turn = ChatCodec::read(ConversationNode::Kind::Answer,
                                      {{}, "{\"messages\":[" + message + "]}", {}});
    QVERIFY(std::get<ModelTurn>(turn).answer.parts()
            == QList<AnswerPart>({ReasoningPart{u"hm"_s, read}}));
}

void tst_ChatCodec::readsGarbageAsLittle()
{
    // Whatever stands there, what was said is shown, and nothing else happens.
    QRandomGenerator random(7);
    const ChatCodec::Saved sound = ChatCodec::save(ModelTurn{u"anthropic"_s, fullAnswer()});
    for (int i = 0; i < 3000; ++i) {
        ChatCodec::Saved saved = sound;
        for (QByteArray *bytes : {&saved.body, &saved.items}) {
            (*bytes)[random.bounded(bytes->size())] = char(random.bounded(256));
            if (i % 3 == 0) {
                bytes->truncate(random.bounded(bytes->size()));
            }
        }
        const Turn turn = ChatCodec::read(ConversationNode::Kind::Answer, saved);
        QVERIFY(std::get<ModelTurn>(turn).answer.text().size() <= sound.text.size());
        (void)ChatCodec::readPiece(saved.body);
        (void)ChatCodec::read(ConversationNode::Kind::Result, saved);
    }
    const Turn shown
        = ChatCodec::read(ConversationNode::Kind::Answer, {sound.text, "not JSON", "[["});
    QCOMPARE(std::get<ModelTurn>(shown).answer.text(), sound.text);
    ChatSetup setup;
    ChatCodec::readParameters(u"[{"_s, setup);
    QVERIFY(setup == ChatSetup{});
}

Q_DECLARE_METATYPE(Maestro::Turn)

QTEST_GUILESS_MAIN(tst_ChatCodec)
#include "tst_chatcodec.moc"
