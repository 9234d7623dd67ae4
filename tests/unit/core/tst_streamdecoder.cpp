// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/provider.h"
#include "core/streamdecoder.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

//! Says every event's data as content; "bad" is a fault, "done" the end.
class EchoHandler final : public StreamHandler
{
public:
    void handle(const ServerSentEvent &event, StreamMessages &messages) override
    {
        if (event.data == "bad") {
            messages.append(StreamFault{false, {Error::Kind::InvalidResponse, u"bad"_s}});
        } else if (event.data == "done") {
            messages.append(Done{Done::Ending::Complete});
        } else {
            messages.append(Content{0, QString::fromUtf8(event.data)});
        }
    }
    StreamMessages finish(QByteArrayView stray) override
    {
        return {Done{Done::Ending::CutOff, Done::Stop::None, QString::fromUtf8(stray)}};
    }
};

StreamMessages decode(const QByteArray &bytes, DecoderOptions options = {})
{
    StreamDecoder decoder(std::make_unique<EchoHandler>(), options);
    StreamMessages messages = decoder.feed(bytes);
    messages += decoder.finish();
    return messages;
}

} // namespace

class tst_StreamDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesEventsInOrderAndEndsOnce();
    void saysNothingAfterTheEnd();
    void asksTheHandlerWhenTheBytesEnd();
    void goesOnAfterAFault();
    void takesHalfAnEventAtACutForNoFault();
    void reportsAnOversizedEvent();
    void recognizesReasoningSentAsJson_data();
    void recognizesReasoningSentAsJson();
    void keepsTheTextWhenAskedTo();
    void findsNoReasoningInOtherTexts_data();
    void findsNoReasoningInOtherTexts();
};

void tst_StreamDecoder::passesEventsInOrderAndEndsOnce()
{
    const StreamMessages expected{Content{0, u"a"_s}, Content{0, u"b"_s},
                                  Done{Done::Ending::Complete}};
    QCOMPARE(decode("data: a\n\ndata: b\n\ndata: done\n\n"), expected);
}

void tst_StreamDecoder::saysNothingAfterTheEnd()
{
    const StreamMessages expected{Done{Done::Ending::Complete}};
    QCOMPARE(decode("data: done\n\ndata: a\n\ndata: done\n\n"), expected);
}

void tst_StreamDecoder::asksTheHandlerWhenTheBytesEnd()
{
    const StreamMessages expected{Content{0, u"a"_s},
                                  Done{Done::Ending::CutOff, Done::Stop::None, u"{}\n"_s}};
    QCOMPARE(decode("data: a\n\n{}\n"), expected);
}

void tst_StreamDecoder::goesOnAfterAFault()
{
    const StreamMessages messages = decode("data: a\n\ndata: bad\n\ndata: b\n\ndata: done\n\n");
    QCOMPARE(messages.size(), 4);
    QVERIFY(!std::get<StreamFault>(messages[1]).fatal);
    QCOMPARE(std::get<Content>(messages[2]).text, u"b"_s);
}

void tst_StreamDecoder::takesHalfAnEventAtACutForNoFault()
{
    const StreamMessages expected{Content{0, u"a"_s}, Done{Done::Ending::CutOff}};
    QCOMPARE(decode("data: a\n\ndata: bad"), expected);
    QCOMPARE(decode("data: a\n\ndata: bad\n\n").size(), 3);
}

void tst_StreamDecoder::reportsAnOversizedEvent()
{
    const StreamMessages messages
        = decode("data: " + QByteArray(SseParser::DefaultEventLimit + 1, 'x')
                 + "\n\ndata: a\n\ndata: done\n\n");
    QCOMPARE(messages.size(), 3);
    const auto &fault = std::get<StreamFault>(messages[0]);
    QVERIFY(!fault.fatal);
    QCOMPARE(fault.error.kind, Error::Kind::TooLarge);
    QVERIFY(fault.error.message.contains(u"16 MiB"_s));
}

void tst_StreamDecoder::recognizesReasoningSentAsJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reasoning");

    QTest::newRow("a string") << QByteArray(R"({"reasoning": "First this."})") << u"First this."_s;
    QTest::newRow("white space around") << QByteArray(R"(  {"reasoning": "x"} )") << u"x"_s;
    QTest::newRow("an item") << QByteArray(
        R"({"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"One"},{"text":"Two"}]})")
                             << u"One\n\nTwo"_s;
    QTest::newRow("thinking") << QByteArray(R"({"thinking":["a","b"]})") << u"a\n\nb"_s;
}

void tst_StreamDecoder::recognizesReasoningSentAsJson()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, reasoning);

    QByteArray stream;
    for (const char c : text) {
        stream += QByteArray("data:  ") + c + "\n\n"; // the parser drops one of the two spaces
    }
    stream.replace("data:  ", "data: ");
    const StreamMessages messages = decode(stream + "data: done\n\n");
    QCOMPARE(messages[messages.size() - 2], StreamMessage(Reasoning{0, reasoning, true}));
    QVERIFY(std::holds_alternative<Done>(messages.last()));
}

void tst_StreamDecoder::keepsTheTextWhenAskedTo()
{
    const StreamMessages messages
        = decode("data: {\"reasoning\": \"x\"}\n\ndata: done\n\n",
                 {.jsonReasoning = DecoderOptions::JsonReasoning::KeepAsText});
    QCOMPARE(messages.size(), 2);
}

void tst_StreamDecoder::findsNoReasoningInOtherTexts_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("empty") << QString();
    QTest::newRow("prose") << u"The {reasoning} is simple."_s;
    QTest::newRow("an answer with its reasoning") << u"{\"reasoning\": \"x\", \"answer\": 42}"_s;
    QTest::newRow("a summary") << u"{\"summary\": \"Of a text.\"}"_s;
    QTest::newRow("data") << u"{\"name\": \"Biscuit\", \"age\": 4}"_s;
    QTest::newRow("an array") << u"[{\"reasoning\": \"x\"}]"_s;
    QTest::newRow("cut off") << u"{\"reasoning\": \"x\""_s;
    QTest::newRow("text behind it") << u"{\"reasoning\": \"x\"} And so on."_s;
    QTest::newRow("no text in it") << u"{\"reasoning\": 5}"_s;
    QTest::newRow("deep nesting") << QString(u"{\"reasoning\":"_s + u"["_s.repeated(5000));
}

void tst_StreamDecoder::findsNoReasoningInOtherTexts()
{
    QFETCH(QString, text);

    QVERIFY(reasoningOfJsonText(text).isEmpty());
}

QTEST_GUILESS_MAIN(tst_StreamDecoder)
#include "tst_streamdecoder.moc"
