// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sseparser.h"
#include "core/utf8.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

QList<SseParser::Item> parse(const QByteArray &bytes, qsizetype chunk,
                             SseParser::AtEnd atEnd = SseParser::AtEnd::Flush)
{
    SseParser parser(atEnd);
    QList<SseParser::Item> items;
    for (qsizetype i = 0; i < bytes.size(); i += chunk) {
        items += parser.feed(QByteArrayView(bytes).sliced(i, std::min(chunk, bytes.size() - i)));
    }
    return items + parser.finish();
}

ServerSentEvent message(const QByteArray &data, const QByteArray &type = "message",
                        const QByteArray &id = {})
{
    return {type, data, id};
}

//! An event as the vectors write it: text, with what is not UTF-8 replaced.
QJsonObject toJson(const ServerSentEvent &event)
{
    return {{u"event"_s, decodeUtf8(event.type)},
            {u"data"_s, decodeUtf8(event.data)},
            {u"id"_s, decodeUtf8(event.lastEventId)}};
}

} // namespace

class tst_SseParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheSameWhateverTheChunks_data();
    void readsTheSameWhateverTheChunks();
    void agreesWithTheVectors_data();
    void agreesWithTheVectors();
    void dropsAnUnfinishedEventWhereTheStandardSaysSo();
    void skipsAnOversizedEventAndGoesOn_data();
    void skipsAnOversizedEventAndGoesOn();
    void takesALineJustWithinTheLimit();
    void keepsWhatIsNoFieldForAnErrorBody();
    void boundsWhatIsNoField();
    void survivesRandomBytes();
};

void tst_SseParser::readsTheSameWhateverTheChunks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<ServerSentEvent>>("expected");

    QTest::newRow("nothing") << QByteArray() << QList<ServerSentEvent>{};
    QTest::newRow("one event") << QByteArray("data: a\n\n") << QList{message("a")};
    QTest::newRow("no space after the colon") << QByteArray("data:a\n\n") << QList{message("a")};
    QTest::newRow("only one space is dropped")
        << QByteArray("data:  a\n\n") << QList{message(" a")};
    QTest::newRow("a tab is kept") << QByteArray("data:\ta\n\n") << QList{message("\ta")};
    QTest::newRow("several data lines")
        << QByteArray("data: a\ndata\ndata: b\n\n") << QList{message("a\n\nb")};
    QTest::newRow("an empty data line is an event")
        << QByteArray("data:\n\n") << QList{message("")};
    QTest::newRow("CRLF") << QByteArray("event: e\r\ndata: a\r\n\r\ndata: b\r\n\r\n")
                          << QList{message("a", "e"), message("b")};
    QTest::newRow("CR") << QByteArray("data: a\r\rdata: b\r\r")
                        << QList{message("a"), message("b")};
    QTest::newRow("a final CR ends its line at once")
        << QByteArray("data: a\r\r") << QList{message("a")};
    QTest::newRow("LF CR is two line ends")
        << QByteArray("data: a\n\rdata: b\n\n") << QList{message("a"), message("b")};
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "data: a\n\n")
                                     << QList{message("a")};
    QTest::newRow("second byte order mark") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF"
                                                          "data: a\n\ndata: b\n\n")
                                            << QList{message("b")};
    QTest::newRow("half a byte order mark") << QByteArray("\xEF\xBB"
                                                          "data: a\n\ndata: b\n\n")
                                            << QList{message("b")};
    QTest::newRow("comments") << QByteArray(": x\n:data: y\ndata: a\n:\n\n") << QList{message("a")};
    QTest::newRow("space before the colon")
        << QByteArray("data : x\ndata: a\n\n") << QList{message("a")};
    QTest::newRow("the last event name wins")
        << QByteArray("event: a\nevent: b\ndata: x\n\n") << QList{message("x", "b")};
    QTest::newRow("a block without data resets the name")
        << QByteArray("event: a\n\ndata: x\n\n") << QList{message("x")};
    QTest::newRow("an id persists")
        << QByteArray("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n")
        << QList{message("a", "message", "1"), message("b", "message", "1"), message("c")};
    QTest::newRow("an id with a NUL is ignored")
        << QByteArray("id: 1\nid: a\0b\ndata: a\n\n", 22) << QList{message("a", "message", "1")};
    QTest::newRow("a NUL in the data is kept")
        << QByteArray("data: \0\n\n", 9) << QList{message(QByteArray("\0", 1))};
    QTest::newRow("characters of four bytes")
        << QByteArray("data: \xF0\x9F\x98\x80\n\n") << QList{message("\xF0\x9F\x98\x80")};
    QTest::newRow("no blank line at the end")
        << QByteArray("data: a\n\ndata: b\n") << QList{message("a"), message("b")};
    QTest::newRow("no line end at the end")
        << QByteArray("data: a\n\ndata: b") << QList{message("a"), message("b")};
    QTest::newRow("only a name at the end")
        << QByteArray("data: a\n\nevent: b\n") << QList{message("a")};
    QTest::newRow("a retry goes with the next event")
        << QByteArray("retry: 1000\n\nretry: +5\ndata: a\n\ndata: b\n\n")
        << QList{ServerSentEvent{"message", "a", "", "1000"}, message("b")};
}

void tst_SseParser::readsTheSameWhateverTheChunks()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<ServerSentEvent>, expected);

    for (qsizetype chunk = 1; chunk <= std::max<qsizetype>(bytes.size(), 1); ++chunk) {
        QList<ServerSentEvent> events;
        const auto items = parse(bytes, chunk);
        for (const auto &item : items) {
            events.append(std::get<ServerSentEvent>(item));
        }
        QCOMPARE(events, expected);
    }
}

void tst_SseParser::agreesWithTheVectors_data()
{
    QTest::addColumn<QJsonObject>("vector");

    QFile file(QStringLiteral(MAESTRO_STREAMS "/sse-vectors.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        QTest::newRow("absent") << QJsonObject();
        return;
    }
    const QJsonArray vectors = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &vector : vectors) {
        QTest::newRow(qPrintable(vector[u"name"_s].toString())) << vector.toObject();
    }
}

void tst_SseParser::agreesWithTheVectors()
{
    QFETCH(QJsonObject, vector);
    if (vector.isEmpty()) {
        QSKIP("The shared vectors are not beside this checkout.");
    }

    const QByteArray bytes = QByteArray::fromBase64(vector[u"input_b64"_s].toString().toLatin1());
    const bool isLong = bytes.size() > 100'000;
    for (const qsizetype chunk : {isLong ? 7 : 1, 2, 3, 7, 4096, 1 << 24}) {
        for (const auto &[atEnd, key] : {std::pair{SseParser::AtEnd::Discard, u"strict"_s},
                                         std::pair{SseParser::AtEnd::Flush, u"flush"_s}}) {
            QJsonArray events;
            const auto items = parse(bytes, chunk, atEnd);
            for (const auto &item : items) {
                events.append(toJson(std::get<ServerSentEvent>(item)));
            }
            QCOMPARE(events, vector[key].toArray());
        }
    }
}

void tst_SseParser::dropsAnUnfinishedEventWhereTheStandardSaysSo()
{
    QVERIFY(parse("data: a\n", 3, SseParser::AtEnd::Discard).isEmpty());
    QVERIFY(parse("data: a", 3, SseParser::AtEnd::Discard).isEmpty());
}

void tst_SseParser::skipsAnOversizedEventAndGoesOn_data()
{
    QTest::addColumn<QByteArray>("tooLong");

    QTest::newRow("one line") << QByteArray("event: e\ndata: " + QByteArray(200, 'x'));
    QTest::newRow("many lines") << QByteArray("data: 0123456789\n").repeated(20).chopped(1);
    QTest::newRow("a comment") << QByteArray(":" + QByteArray(200, 'x') + "\ndata: y");
    QTest::newRow("then more lines") << QByteArray("data: " + QByteArray(200, 'x') + "\ndata: y");
}

void tst_SseParser::skipsAnOversizedEventAndGoesOn()
{
    QFETCH(QByteArray, tooLong);

    const QByteArray bytes = "data: before\n\n" + tooLong + "\n\ndata: after\n\n";
    for (const qsizetype chunk : {1, 7, 50, 10'000}) {
        SseParser parser(SseParser::AtEnd::Flush, 100);
        QList<SseParser::Item> items;
        for (qsizetype i = 0; i < bytes.size(); i += chunk) {
            items
                += parser.feed(QByteArrayView(bytes).sliced(i, std::min(chunk, bytes.size() - i)));
        }
        items += parser.finish();
        const QList<SseParser::Item> expected{message("before"), SseParser::Oversized{100},
                                              message("after")};
        QCOMPARE(items, expected);
    }
}

void tst_SseParser::takesALineJustWithinTheLimit()
{
    SseParser parser(SseParser::AtEnd::Flush, 100);
    const QByteArray data(94, 'x'); // with "data: " it is 100
    QCOMPARE(parser.feed("data: " + data + "\n\n"), QList<SseParser::Item>{message(data)});
}

void tst_SseParser::keepsWhatIsNoFieldForAnErrorBody()
{
    SseParser parser;
    QVERIFY(parser.feed("data: a\n\n{\n  \"error\": {\"code\": 499}\n}\n").size() == 1);
    QVERIFY(parser.finish().isEmpty());
    QCOMPARE(parser.stray().toByteArray(), QByteArray("{\n  \"error\": {\"code\": 499}\n}\n"));
}

void tst_SseParser::boundsWhatIsNoField()
{
    SseParser parser;
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(parser.feed(QByteArray(1000, 'x') + '\n').isEmpty());
    }
    QVERIFY(parser.stray().size() <= SseParser::StrayLimit + 1);
}

void tst_SseParser::survivesRandomBytes()
{
    QRandomGenerator random(20261122);
    // An array, since a view of a literal would end at the null character.
    constexpr char Alphabet[] = "\r\n:: dataeventidretry\0\xEF\xBB\xBF\xFF{}";
    constexpr int AlphabetSize = std::size(Alphabet) - 1;
    for (int round = 0; round < 2000; ++round) {
        QByteArray bytes(random.bounded(200), '\0');
        for (char &byte : bytes) {
            byte = Alphabet[random.bounded(AlphabetSize)];
        }
        const auto whole = parse(bytes, 1 << 20);
        QCOMPARE(parse(bytes, 1), whole);
        QCOMPARE(parse(bytes, 1 + random.bounded(10)), whole);
    }
}

QTEST_GUILESS_MAIN(tst_SseParser)
#include "tst_sseparser.moc"
