// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sseparser.h"
#include "practice/practiceanswer.h"
#include "practice/practicetext.h"

#include <QJsonDocument>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Practice;
using namespace Qt::StringLiterals;

namespace {

const QString FastApiPrompt
    = u"How would you write a FastAPI application that handles Stripe-based subscriptions?"_s;

QByteArray request(QJsonObject fields)
{
    const QJsonObject defaults{
        {u"model"_s, u"practice"_s}, {u"stream"_s, true}, {u"input"_s, u"Hello"_s}};
    for (auto member = defaults.begin(); member != defaults.end(); ++member) {
        if (!fields.contains(member.key())) {
            fields.insert(member.key(), member.value());
        }
    }
    return QJsonDocument(fields).toJson(QJsonDocument::Compact);
}

QJsonArray weatherTools()
{
    const QJsonObject parameters{
        {u"type"_s, u"object"_s},
        {u"properties"_s,
         QJsonObject{{u"city"_s, QJsonObject{{u"type"_s, u"string"_s}}},
                     {u"days"_s, QJsonObject{{u"type"_s, u"integer"_s}}},
                     {u"unit"_s, QJsonObject{{u"enum"_s, QJsonArray{u"C"_s, u"F"_s}}}}}}};
    return {QJsonObject{
        {u"type"_s, u"function"_s}, {u"name"_s, u"get_weather"_s}, {u"parameters"_s, parameters}}};
}

//! A streamed answer, read as a client reads it.
struct Streamed
{
    QList<QJsonObject> events;
    EventStream::Ending ending = EventStream::Ending::Finished;
    int unreadable = 0;

    QString last(const QString &field = u"type"_s) const
    {
        return events.last().value(field).toString();
    }
    QJsonObject response() const { return events.last().value("response"_L1).toObject(); }
    QList<QJsonObject> ofType(const QString &type) const
    {
        QList<QJsonObject> found;
        for (const QJsonObject &event : events) {
            if (event.value("type"_L1).toString() == type) {
                found.append(event);
            }
        }
        return found;
    }
    QString joined(const QString &type) const
    {
        QString text;
        for (const QJsonObject &event : ofType(type)) {
            text += event.value("delta"_L1).toString();
        }
        return text;
    }
};

Streamed read(const Reply &reply)
{
    Streamed streamed;
    const auto *stream = std::get_if<EventStream>(&reply);
    if (stream == nullptr) {
        return streamed;
    }
    streamed.ending = stream->ending;
    SseParser parser(SseParser::AtEnd::Discard);
    for (const EventStream::Step &step : stream->steps) {
        for (const SseParser::Item &item : parser.feed(step.bytes)) {
            const auto event = std::get<ServerSentEvent>(item);
            const QJsonDocument document = QJsonDocument::fromJson(event.data);
            if (!document.isObject()) {
                ++streamed.unreadable;
                continue;
            }
            Q_ASSERT(document["type"_L1].toString().toLatin1() == event.type);
            streamed.events.append(document.object());
        }
    }
    return streamed;
}

Reply ask(const QJsonObject &fields, int charactersPerDelta = 5)
{
    const auto question = readQuestion(request(fields));
    if (const auto *refusal = std::get_if<HttpReply>(&question)) {
        return *refusal;
    }
    const AnswerIdentity identity{"seed", QDateTime(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC)};
    return makeAnswer(std::get<Question>(question), identity, charactersPerDelta);
}

} // namespace

class tst_PracticeAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnswerIsConsistent_data();
    void anAnswerIsConsistent();
    void theFastApiAnswerIsGood();
    void theTourQuotesThePrompt();
    void aPromptCannotLeaveItsQuotation();
    void callsBothFunctionsAtOnce();
    void callsFitTheirSchema();
    void callsAsFarAsTheRequestAllows_data();
    void callsAsFarAsTheRequestAllows();
    void tellsWhatTheFunctionsSaid();
    void breaksOffAsTheModelSays_data();
    void breaksOffAsTheModelSays();
    void refusesAsTheModelSays_data();
    void refusesAsTheModelSays();
    void scattersGarbageAndLosesNothing();
    void stopsAtTheLimitOfTokens_data();
    void stopsAtTheLimitOfTokens();
    void reasonsAsAsked();
    void countsCachedInput();
    void refusesABadRequest_data();
    void refusesABadRequest();
    void survivesNesting();
    void cutsTextWithoutLoss_data();
    void cutsTextWithoutLoss();
};

void tst_PracticeAnswer::anAnswerIsConsistent_data()
{
    QTest::addColumn<QJsonObject>("fields");
    QTest::addColumn<int>("characters");

    QTest::newRow("tour") << QJsonObject() << 5;
    QTest::newRow("tour, one character each") << QJsonObject() << 1;
    QTest::newRow("tour, all at once") << QJsonObject() << 100000;
    QTest::newRow("FastAPI") << QJsonObject{{u"input"_s, FastApiPrompt}} << 7;
    QTest::newRow("beyond the BMP") << QJsonObject{{u"input"_s, u"🎼🎹 und 漢字"_s}} << 1;
    QTest::newRow("lone surrogate") << QJsonObject{{u"input"_s, QString(QChar(0xd83c))}} << 1;
    QTest::newRow("tools") << QJsonObject{{u"model"_s, u"practice-tools"_s}} << 3;
    QTest::newRow("incomplete") << QJsonObject{{u"model"_s, u"practice-incomplete"_s}} << 5;
    QTest::newRow("slow") << QJsonObject{{u"model"_s, u"practice-slow"_s}} << 5;
    QTest::newRow("malformed") << QJsonObject{{u"model"_s, u"practice-malformed"_s}} << 5;
    QTest::newRow("error") << QJsonObject{{u"model"_s, u"practice-error"_s}} << 5;
    QTest::newRow("drop") << QJsonObject{{u"model"_s, u"practice-drop"_s}} << 5;
}

void tst_PracticeAnswer::anAnswerIsConsistent()
{
    QFETCH(const QJsonObject, fields);
    QFETCH(const int, characters);
    const Streamed streamed = read(ask(fields, characters));

    qint64 sequence = 0;
    for (const QJsonObject &event : streamed.events) {
        if (event.contains("sequence_number"_L1)) {
            QCOMPARE(event.value("sequence_number"_L1).toInteger(-1), sequence++);
        }
    }
    QCOMPARE(streamed.events[0].value("type"_L1).toString(), u"response.created"_s);
    QCOMPARE(streamed.events[1].value("type"_L1).toString(), u"response.in_progress"_s);

    // Deltas, their ends, the finished items and the terminal event say the same.
    const QList<QJsonObject> texts = streamed.ofType(u"response.output_text.done"_s);
    const QList<QJsonObject> items = streamed.ofType(u"response.output_item.done"_s);
    QJsonArray output;
    QString summaries;
    for (const QJsonObject &event : items) {
        const QJsonObject item = event.value("item"_L1).toObject();
        output.append(item);
        if (item.value("type"_L1).toString() == "message"_L1) {
            const QString text = item.value("content"_L1)[0]["text"_L1].toString();
            QCOMPARE(texts.size(), 1);
            QCOMPARE(texts[0].value("text"_L1).toString(), text);
            QCOMPARE(streamed.joined(u"response.output_text.delta"_s), text);
        }
        for (const QJsonValue &part : item.value("summary"_L1).toArray()) {
            summaries += part["text"_L1].toString();
        }
    }
    QCOMPARE(streamed.joined(u"response.reasoning_summary_text.delta"_s), summaries);
    QVERIFY(!summaries.isEmpty());
    if (streamed.events.last().contains("response"_L1)) {
        QCOMPARE(streamed.response().value("output"_L1).toArray(), output);
    }
    if (streamed.response().contains("usage"_L1)
        && streamed.response().value("usage"_L1).isObject()) {
        const QJsonValue usage = streamed.response().value("usage"_L1);
        const qint64 output_ = usage["output_tokens"_L1].toInteger();
        const qint64 reasoning
            = usage["output_tokens_details"_L1]["reasoning_tokens"_L1].toInteger();
        QCOMPARE(usage["total_tokens"_L1].toInteger(),
                 usage["input_tokens"_L1].toInteger() + output_);
        QVERIFY(usage["input_tokens"_L1].toInteger() > 0);
        QVERIFY(reasoning > 0 && reasoning < output_);
        const qint64 textLength = streamed.joined(u"response.output_text.delta"_s).size();
        QVERIFY(output_ - reasoning >= textLength / 4);
    }
}

void tst_PracticeAnswer::theFastApiAnswerIsGood()
{
    const Streamed streamed = read(ask({{u"input"_s, FastApiPrompt}}));
    QCOMPARE(streamed.last(), u"response.completed"_s);
    const QString text = streamed.joined(u"response.output_text.delta"_s);
    for (const QString &part :
         {u"# FastAPI"_s, u"```python"_s, u"construct_event"_s, u"stripe-signature"_s,
          u"checkout.Session.create"_s, u"idempotency_key"_s, u"def test_"_s, u"| --- |"_s,
          u"](https://"_s, u"\n> "_s, u"\n1. "_s}) {
        QVERIFY2(text.contains(part), qPrintable(part));
    }
    QCOMPARE(text.count("```"_L1) % 2, 0);
    QVERIFY(text.size() > 4000 && text.size() < 7000);
    QCOMPARE(streamed.ofType(u"response.reasoning_summary_part.done"_s).size(), 3);
}

void tst_PracticeAnswer::theTourQuotesThePrompt()
{
    const Streamed streamed = read(ask({{u"input"_s, u"What is {{prompt}}?\nAnd why?"_s}}));
    const QString text = streamed.joined(u"response.output_text.delta"_s);
    QVERIFY(text.contains("\n> What is {{prompt}}?\n> And why?\n"_L1));
    QVERIFY(text.contains("```cpp"_L1) && text.contains("```json"_L1)
            && text.contains("| --- |"_L1));
    for (const Model &model : models().mid(1)) {
        QVERIFY2(text.contains(model.id), qPrintable(model.id));
    }
}

void tst_PracticeAnswer::aPromptCannotLeaveItsQuotation()
{
    const QString hostile = u"a\r\n\r\n# Not mine\n```\n"_s + QString(100000, u'x');
    const QString text
        = read(ask({{u"input"_s, hostile}}, 1000)).joined(u"response.output_text.delta"_s);
    QVERIFY(!text.contains("\n# Not mine"_L1));
    QVERIFY(text.contains("\n> # Not mine\n> ```"_L1));
    QVERIFY(text.size() < 5000);
}

void tst_PracticeAnswer::callsBothFunctionsAtOnce()
{
    const Streamed streamed = read(ask({{u"model"_s, u"practice-tools"_s}}, 4));
    QCOMPARE(streamed.last(), u"response.completed"_s);
    QList<QJsonObject> calls;
    for (const QJsonValue &item : streamed.response().value("output"_L1).toArray()) {
        if (item["type"_L1].toString() == "function_call"_L1) {
            calls.append(item.toObject());
        }
    }
    QCOMPARE(calls.size(), 2);
    QVERIFY(calls[0].value("call_id"_L1) != calls[1].value("call_id"_L1));
    QCOMPARE(streamed.joined(u"response.function_call_arguments.delta"_s),
             calls[0].value("arguments"_L1).toString() + calls[1].value("arguments"_L1).toString());
    for (const QJsonObject &call : calls) {
        QVERIFY(QJsonDocument::fromJson(call.value("arguments"_L1).toString().toUtf8()).isObject());
    }
    for (const QJsonObject &added : streamed.ofType(u"response.output_item.added"_s)) {
        QCOMPARE(added.value("item"_L1)["arguments"_L1].toString(), QString());
    }
}

void tst_PracticeAnswer::callsFitTheirSchema()
{
    const QList<Call> calls = makeCalls(weatherTools());
    const QList<Call> expected{
        {u"get_weather"_s, {{u"city"_s, u"Lisbon"_s}, {u"days"_s, 2}, {u"unit"_s, u"C"_s}}},
        {u"get_weather"_s, {{u"city"_s, u"Oslo"_s}, {u"days"_s, 3}, {u"unit"_s, u"F"_s}}}};
    QCOMPARE(calls, expected);
}

void tst_PracticeAnswer::callsAsFarAsTheRequestAllows_data()
{
    QTest::addColumn<QJsonObject>("fields");
    QTest::addColumn<int>("calls");

    const QJsonArray tools = weatherTools();
    QTest::newRow("no tools") << QJsonObject() << 0;
    QTest::newRow("one function") << QJsonObject{{u"tools"_s, tools}} << 2;
    QTest::newRow("not in parallel")
        << QJsonObject{{u"tools"_s, tools}, {u"parallel_tool_calls"_s, false}} << 1;
    QTest::newRow("not at all") << QJsonObject{{u"tools"_s, tools}, {u"tool_choice"_s, u"none"_s}}
                                << 0;
    QTest::newRow("no function among the tools")
        << QJsonObject{{u"tools"_s, QJsonArray{QJsonObject{{u"type"_s, u"web_search"_s}}}}} << 0;
    QTest::newRow("garbage") << QJsonObject{{u"tools"_s, QJsonArray{1, u"x"_s, QJsonValue()}}} << 0;
}

void tst_PracticeAnswer::callsAsFarAsTheRequestAllows()
{
    QFETCH(const QJsonObject, fields);
    const Streamed streamed = read(ask(fields));
    QTEST(int(streamed.ofType(u"response.function_call_arguments.done"_s).size()), "calls");
    QCOMPARE(streamed.last(), u"response.completed"_s);
}

void tst_PracticeAnswer::tellsWhatTheFunctionsSaid()
{
    const QJsonArray input{
        QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"Weather?"_s}},
        QJsonObject{{u"type"_s, u"function_call"_s},
                    {u"call_id"_s, u"c1"_s},
                    {u"name"_s, u"get_weather"_s},
                    {u"arguments"_s, u"{}"_s}},
        QJsonObject{{u"type"_s, u"function_call_output"_s},
                    {u"call_id"_s, u"c1"_s},
                    {u"output"_s, u"18 degrees"_s}},
        QJsonObject{{u"type"_s, u"function_call_output"_s},
                    {u"call_id"_s, u"??"_s},
                    {u"output"_s, QJsonArray{QJsonObject{{u"text"_s, u"rain"_s}}}}}};
    const Streamed streamed = read(ask({{u"input"_s, input}, {u"tools"_s, weatherTools()}}));

    const QString text = streamed.joined(u"response.output_text.delta"_s);
    QVERIFY(text.contains("**`get_weather`** returned:\n\n> 18 degrees"_L1));
    QVERIFY(text.contains("**a function** returned:\n\n> rain"_L1));
    QVERIFY(streamed.ofType(u"response.function_call_arguments.done"_s).isEmpty());
}

void tst_PracticeAnswer::breaksOffAsTheModelSays_data()
{
    QTest::addColumn<EventStream::Ending>("ending");
    QTest::newRow("practice-drop") << EventStream::Ending::Dropped;
    QTest::newRow("practice-cut") << EventStream::Ending::Finished;
    QTest::newRow("practice-stall") << EventStream::Ending::Stalled;
}

void tst_PracticeAnswer::breaksOffAsTheModelSays()
{
    QFETCH(const EventStream::Ending, ending);
    const Streamed streamed
        = read(ask({{u"model"_s, QString::fromLatin1(QTest::currentDataTag())}}));

    QCOMPARE(streamed.ending, ending);
    QCOMPARE(streamed.last(), u"response.output_text.delta"_s);
    QVERIFY(streamed.joined(u"response.output_text.delta"_s).size() > 500);
}

void tst_PracticeAnswer::refusesAsTheModelSays_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("practice-429") << 429 << u"rate_limit_exceeded"_s;
    QTest::newRow("practice-quota") << 429 << u"insufficient_quota"_s;
    QTest::newRow("practice-401") << 401 << u"invalid_api_key"_s;
    QTest::newRow("practice-500") << 500 << u"server_error"_s;
}

void tst_PracticeAnswer::refusesAsTheModelSays()
{
    const Reply reply = ask({{u"model"_s, QString::fromLatin1(QTest::currentDataTag())}});
    const auto *refusal = std::get_if<HttpReply>(&reply);
    QVERIFY(refusal);
    QTEST(refusal->status, "status");
    const QJsonObject body = QJsonDocument::fromJson(refusal->body).object();
    const QJsonObject error = body.value("error"_L1).toObject();
    QTEST(error.value("code"_L1).toString(), "code");
    QCOMPARE(error.keys(), QStringList({u"code"_s, u"message"_s, u"param"_s, u"type"_s}));
    const bool mayRetry = error.value("code"_L1).toString() == "rate_limit_exceeded"_L1;
    QCOMPARE(headerValue(refusal->headers, "Retry-After"),
             mayRetry ? QByteArray("2") : QByteArray());
}

void tst_PracticeAnswer::scattersGarbageAndLosesNothing()
{
    const Streamed good = read(ask({}));
    const Streamed bad = read(ask({{u"model"_s, u"practice-malformed"_s}}));

    QCOMPARE(good.unreadable, 0);
    QCOMPARE(bad.unreadable, 3);
    QCOMPARE(bad.ofType(u"response.practice.unheard_of"_s).size(), 1);
    QCOMPARE(bad.last(), u"response.completed"_s);
    QCOMPARE(bad.joined(u"response.output_text.delta"_s),
             good.joined(u"response.output_text.delta"_s));
}

void tst_PracticeAnswer::stopsAtTheLimitOfTokens_data()
{
    QTest::addColumn<QJsonObject>("fields");
    QTest::addColumn<qint64>("limit"); // -1: the model's own
    QTest::newRow("by the model") << QJsonObject{{u"model"_s, u"practice-incomplete"_s}}
                                  << qint64(-1);
    QTest::newRow("within the text") << QJsonObject() << qint64(500);
    QTest::newRow("within the reasoning") << QJsonObject() << qint64(16);
    QTest::newRow("before the calls")
        << QJsonObject{{u"model"_s, u"practice-tools"_s}} << qint64(200);
}

void tst_PracticeAnswer::stopsAtTheLimitOfTokens()
{
    QFETCH(QJsonObject, fields);
    QFETCH(const qint64, limit);
    if (limit > 0) {
        fields.insert(u"max_output_tokens"_s, limit);
    }
    const Streamed streamed = read(ask(fields));

    QCOMPARE(streamed.last(), u"response.incomplete"_s);
    QCOMPARE(streamed.response().value("status"_L1).toString(), u"incomplete"_s);
    QCOMPARE(streamed.response().value("incomplete_details"_L1)["reason"_L1].toString(),
             u"max_output_tokens"_s);
    const qint64 output = streamed.response().value("usage"_L1)["output_tokens"_L1].toInteger();
    QVERIFY(output > 0);
    QVERIFY(limit < 0 || output <= limit);
    QVERIFY(streamed.ofType(u"response.function_call_arguments.done"_s).isEmpty());
}

void tst_PracticeAnswer::reasonsAsAsked()
{
    const auto reasoningItem = [](const Streamed &streamed) {
        const QJsonObject first = streamed.response().value("output"_L1)[0].toObject();
        return first.value("type"_L1).toString() == "reasoning"_L1 ? first : QJsonObject();
    };
    const Streamed plain = read(ask({}));
    QVERIFY(reasoningItem(plain).value("encrypted_content"_L1).isNull());

    const Streamed encrypted
        = read(ask({{u"include"_s, QJsonArray{u"reasoning.encrypted_content"_s}}}));
    const QString done = reasoningItem(encrypted).value("encrypted_content"_L1).toString();
    const QString added = encrypted.events[2].value("item"_L1)["encrypted_content"_L1].toString();
    QVERIFY(!done.isEmpty() && !added.isEmpty() && done != added);

    const Streamed none = read(ask({{u"reasoning"_s, QJsonObject{{u"effort"_s, u"none"_s}}}}));
    QVERIFY(reasoningItem(none).isEmpty());
    QCOMPARE(none.response()
                 .value("usage"_L1)["output_tokens_details"_L1]["reasoning_tokens"_L1]
                 .toInteger(-1),
             0);
}

void tst_PracticeAnswer::countsCachedInput()
{
    const QJsonArray input{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, QString(8000, u'x')}},
                           QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"Again"_s}}};
    const QJsonValue usage = read(ask({{u"input"_s, input}})).response().value("usage"_L1);
    QCOMPARE(usage["input_tokens"_L1].toInteger(), 2000 + 4 + 2 + 4);
    QCOMPARE(usage["input_tokens_details"_L1]["cached_tokens"_L1].toInteger(), 1920);
    QCOMPARE(read(ask({}))
                 .response()
                 .value("usage"_L1)["input_tokens_details"_L1]["cached_tokens"_L1]
                 .toInteger(-1),
             0);
}

void tst_PracticeAnswer::refusesABadRequest_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("param");

    QTest::newRow("empty") << QByteArray() << 400 << QString();
    QTest::newRow("not JSON") << QByteArray("{") << 400 << QString();
    QTest::newRow("array") << QByteArray("[]") << 400 << QString();
    QTest::newRow("not UTF-8") << QByteArray("{\"model\":\"\xff\"}") << 400 << QString();
    QTest::newRow("no model") << QByteArray("{}") << 400 << u"model"_s;
    QTest::newRow("unknown model") << request({{u"model"_s, u"gpt-5"_s}}) << 404 << QString();
    QTest::newRow("no input") << request({{u"input"_s, QJsonValue()}}) << 400 << u"input"_s;
    QTest::newRow("empty input") << request({{u"input"_s, QJsonArray()}}) << 400 << u"input"_s;
    QTest::newRow("not streamed") << request({{u"stream"_s, false}}) << 400 << u"stream"_s;
    QTest::newRow("stored response")
        << request({{u"previous_response_id"_s, u"resp_1"_s}}) << 400 << u"previous_response_id"_s;
    QTest::newRow("tiny limit") << request({{u"max_output_tokens"_s, 15}}) << 400
                                << u"max_output_tokens"_s;
}

void tst_PracticeAnswer::refusesABadRequest()
{
    QFETCH(const QByteArray, body);
    const auto question = readQuestion(body);
    const auto *refusal = std::get_if<HttpReply>(&question);
    QVERIFY(refusal);
    QTEST(refusal->status, "status");
    QTEST(QJsonDocument::fromJson(refusal->body)["error"_L1]["param"_L1].toString(), "param");
}

void tst_PracticeAnswer::survivesNesting()
{
    QJsonObject schema{{u"type"_s, u"string"_s}};
    for (int i = 0; i < 200; ++i) {
        schema = {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"a"_s, schema}}}};
    }
    const QList<Call> calls = makeCalls(
        {QJsonObject{{u"type"_s, u"function"_s}, {u"name"_s, u"f"_s}, {u"parameters"_s, schema}}});
    QCOMPARE(calls.size(), 2);
    QVERIFY(QJsonDocument(calls[0].arguments).toJson(QJsonDocument::Compact).size() < 100);
}

void tst_PracticeAnswer::cutsTextWithoutLoss_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("characters");
    QTest::newRow("empty") << QString() << 5;
    QTest::newRow("short") << u"ab"_s << 5;
    QTest::newRow("one each") << u"a b🎼c"_s << 1;
    QTest::newRow("surrogates") << u"🎼🎼🎼🎼"_s << 3;
    QTest::newRow("no spaces") << QString(100, u'x') << 7;
    QTest::newRow("no size") << u"a b"_s << 0;
    QTest::newRow("negative size") << u"a b"_s << -3;
}

void tst_PracticeAnswer::cutsTextWithoutLoss()
{
    QFETCH(const QString, text);
    QFETCH(const int, characters);
    const QStringList pieces = cutIntoPieces(text, characters);
    QCOMPARE(pieces.join(QString()), text);
    for (const QString &piece : pieces) {
        QVERIFY(!piece.isEmpty() && !piece.front().isLowSurrogate()
                && !piece.back().isHighSurrogate());
    }
}

QTEST_GUILESS_MAIN(tst_PracticeAnswer)
#include "tst_practiceanswer.moc"
