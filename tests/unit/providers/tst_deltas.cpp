// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/serversentevent.h"
#include "decoding.h"
#include "providers/longjson.h"
#include "support/longevents.h"

#include <QDir>
#include <QRandomGenerator>

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;

//! Pieces of text are read by another parser than the other events: each stream is decoded both
//! ways, and both must say the same.
class tst_Deltas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areReadTheSameBothWays_data();
    void areReadTheSameBothWays();
    void areReadTheSameWhateverIsBroken_data() { streams(); }
    void areReadTheSameWhateverIsBroken();
    void areReadTheSameInEveryRecording();
    void areReadAsOneWhenTheyAreLong();

private:
    static void streams();
};

namespace {

bool isReadTheSame(const Provider &provider, const QByteArray &stream)
{
    if (areSame(Test::withoutDetails(decode(provider, stream)),
                Test::withoutDetails(decode(provider, Test::withLongEvents(stream))))) {
        return true;
    }
    qWarning("in %s", stream.constData());
    return false;
}

class Breaker
{
public:
    explicit Breaker(quint32 seed)
        : m_random(seed)
    { }

    QByteArray broken(QByteArray stream)
    {
        const auto times = 1 + m_random.bounded(3);
        for (int i = 0; i < times && !stream.isEmpty(); ++i) {
            breakOnce(stream);
        }
        return stream;
    }

private:
    void breakOnce(QByteArray &stream)
    {
        static const QList<QByteArray> oddities{R"(\ud800)",
                                                R"(\udc00)",
                                                R"(\ud83d\ude00)",
                                                R"(\u0000)",
                                                R"(\q)",
                                                R"(\")",
                                                "\xEF\xBB\xBF",
                                                "\xC0\x80",
                                                "\xED\xA0\x80",
                                                "\xFF",
                                                "\xF0\x9F\x8C\xA6",
                                                "\xEF\xBF\xBE",
                                                QByteArray(1, '\0'),
                                                "\t",
                                                " ",
                                                "null",
                                                "true",
                                                "{}",
                                                "[]",
                                                "[{}]",
                                                "\"\"",
                                                "\"x\"",
                                                "-1",
                                                "-0",
                                                "0.0",
                                                "1.0",
                                                "1e2",
                                                "1e999",
                                                "01",
                                                "2147483648",
                                                "100001",
                                                "9223372036854775808",
                                                "99999999999999999999",
                                                ",",
                                                "}",
                                                "]",
                                                "\"delta\":\"twice\",",
                                                "\"delta\":null,",
                                                "\"type\":\"error\",",
                                                "\"index\":1,",
                                                "\"index\":0,",
                                                "\"output_index\":1,",
                                                "\"content\":null,",
                                                "\"content\":\"twice\",",
                                                "\"choices\":[],",
                                                "\"d\\u0065lta\":\"escaped\",",
                                                "\"unknown\":1,",
                                                "\"error\":{\"message\":\"bad\"},",
                                                QByteArray(1100, '['),
                                                QByteArray(6000, ' ')};
        const auto at = m_random.bounded(static_cast<int>(stream.size()));
        switch (m_random.bounded(6)) {
        case 0:
            stream[at] = static_cast<char>(m_random.bounded(256));
            break;
        case 1:
            stream.truncate(at);
            break;
        case 2:
            stream.remove(at, 1 + m_random.bounded(20));
            break;
        case 3:
            stream.insert(afterA('"', at, stream), oddity(oddities));
            break;
        case 4:
            stream.insert(afterA(m_random.bounded(2) ? '{' : ',', at, stream), oddity(oddities));
            break;
        default: {
            // The value behind a colon becomes another one.
            const qsizetype from = afterA(':', at, stream);
            const qsizetype end = stream.indexOf(',', from);
            stream.replace(from, end < 0 ? 0 : end - from, oddity(oddities));
            break;
        }
        }
    }

    QByteArray oddity(const QList<QByteArray> &oddities)
    {
        return oddities.at(m_random.bounded(static_cast<int>(oddities.size())));
    }
    static qsizetype afterA(char c, qsizetype from, const QByteArray &stream)
    {
        return stream.indexOf(c, from) + 1;
    }

    QRandomGenerator m_random;
};

const QByteArray Begin
    = R"({"type":"response.output_item.added","output_index":0,"item":{"id":"m","type":"message"}})";

QByteArray textDelta(const QByteArray &fields)
{
    return events({Begin, R"({"type":"response.output_text.delta",)" + fields + "}"});
}

} // namespace

void tst_Deltas::areReadTheSameBothWays_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QString>("text");

    const auto row = [](const char *name, const QByteArray &fields, const QString &text) {
        QTest::newRow(name) << textDelta(fields) << text;
    };
    row("plain", R"("output_index":0,"content_index":0,"delta":"a")", u"a"_s);
    row("without a place in the item", R"("output_index":0,"delta":"a")", u"a"_s);
    row("a member twice", R"("output_index":0,"delta":"a","delta":"b")", u"b"_s);
    row("a member twice, the last of another type", R"("output_index":0,"delta":"a","delta":5)",
        QString());
    row("an escaped name", R"("output_index":0,"d\u0065lta":"a")", u"a"_s);
    row("an unknown member", R"("output_index":0,"delta":"a","new":{"a":[1]})", u"a"_s);
    row("half a character", R"("output_index":0,"delta":"\ud83c")", QString(QChar(0xd83c)));
    row("a whole one", R"("output_index":0,"delta":"\ud83c\udf26")", u"🌦"_s);
    row("a zero", R"("output_index":0,"delta":"a\u0000b")", u"a\0b"_s);
    row("a byte order mark",
        "\"output_index\":0,\"delta\":\"\xEF\xBB\xBF"
        "a\"",
        u"a"_s);
    row("a byte that is no UTF-8", "\"output_index\":0,\"delta\":\"a\xFF\"", u"a\uFFFD"_s);
    row("an index with a fraction", R"("output_index":0.0,"delta":"a")", u"a"_s);
    row("no index", R"("item_id":"m","delta":"a")", u"a"_s);
    row("an index beyond all", R"("output_index":4294967296,"delta":"a")", u"a"_s);
    row("a member nobody could nest so deep",
        R"("output_index":0,"delta":"a","x":)" + QByteArray(900, '[') + QByteArray(900, ']'),
        u"a"_s);
}

void tst_Deltas::areReadTheSameBothWays()
{
    QFETCH(QByteArray, stream);
    QFETCH(QString, text);
    const Provider provider = providerOf("openai", "responses");
    QVERIFY(isReadTheSame(provider, stream));
    QString said;
    for (const Content &content : only<Content>(decode(provider, stream))) {
        said += content.text;
    }
    QCOMPARE(said, text);
}

void tst_Deltas::streams() { addRecordings(); }

void tst_Deltas::areReadTheSameWhateverIsBroken()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, api);
    const Provider provider = providerOf(id.constData(), api.constData());
    const QByteArray stream = recording(file);
    QVERIFY(isReadTheSame(provider, stream));
    constexpr quint32 Seed = 20'261'122;
    Breaker breaker(Seed);
    for (int i = 0; i < 1500; ++i) {
        QVERIFY(isReadTheSame(provider, breaker.broken(stream)));
    }
}

void tst_Deltas::areReadTheSameInEveryRecording()
{
    const QDir folder(QStringLiteral(MAESTRO_STREAMS "/open"));
    if (!folder.exists()) {
        QSKIP("the recorded streams are not here");
    }
    const QStringList names = folder.entryList({u"*.sse"_s}, QDir::Files);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray stream = file.readAll();
        // Also by handlers that it was not made for.
        for (const auto &[id, api] : {std::pair("openai", "responses"), std::pair("openai", "chat"),
                                      std::pair("anthropic", "")}) {
            QVERIFY2(isReadTheSame(providerOf(id, api), stream), qPrintable(name));
        }
    }
}

void tst_Deltas::areReadAsOneWhenTheyAreLong()
{
    const QByteArray odd
        = R"({"a":1,"a":2,"b":[0,-0,-0.0,1.0,0.1,1e300,-9223372036854775808,9223372036854775807,)"
          R"(9223372036854775808,18446744073709551615],"c":{"d":null,"e":true,"":""},)"
          R"("k\u0065y":"\u0000\ud83c\udf26 \"ä\" \ufeff","z":"é"})";
    const auto object = readLongJson(odd);
    QVERIFY(object);
    QCOMPARE(*object, QJsonDocument::fromJson(odd).object());
    QCOMPARE(QJsonDocument(*object).toJson(), QJsonDocument::fromJson(odd).toJson());

    constexpr quint32 Seed = 1122;
    Breaker breaker(Seed);
    for (int i = 0; i < 5000; ++i) {
        const QByteArray json = breaker.broken(odd);
        if (const auto read = readLongJson(json)) {
            QJsonParseError problem;
            const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
            QVERIFY2(problem.error == QJsonParseError::NoError, json.constData());
            QCOMPARE(QJsonDocument(*read).toJson(), document.toJson());
        }
    }
    QVERIFY(!readLongJson("[]"));
    QVERIFY(!readLongJson(R"({"a":"\udc00"})"));
    QVERIFY(!readLongJson({}));
}

QTEST_GUILESS_MAIN(tst_Deltas)
#include "tst_deltas.moc"
