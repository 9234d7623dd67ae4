// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pricetable.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_PriceTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void writesDollarsWithDigitsThatSaySomething_data();
    void writesDollarsWithDigitsThatSaySomething();
    void refusesSumsThatCannotBeCounted();
    void readsEveryPriceExactly();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void survivesEveryChangedByte();
    void addsUpAnAnswerToThePico_data();
    void addsUpAnAnswerToThePico();
    void doesNotGuess_data();
    void doesNotGuess();
    void findsDatedNames_data();
    void findsDatedNames();
    void comesWithPricesThatHaveASourceAndADay();
    void takesThePersonsOwnTable();
    void saysWhyThePersonsOwnTableIsNotTaken_data();
    void saysWhyThePersonsOwnTableIsNotTaken();
};

namespace {

const QByteArray Small = R"({"format": 1, "providers": {"openai": {
    "source": "https://example.org/pricing", "date": "2026-11-22", "models": {
        "gpt-5.4": {"context": 1050000, "input": 2.5, "cached": 0.25, "output": 15,
                    "long": {"above": 272000, "input": 5, "cached": 0.5, "output": 22.5}},
        "gpt-5-nano": {"input": 0.05, "cached": 0.005, "output": 0.4},
        "gpt-next": {"context": 1000, "note": "No price yet."}}}}})";

Dollars pico(qint64 count) { return {count}; }

ModelFacts claude()
{
    return {.prices = {.input = pico(3'000'000),
                       .cachedInput = pico(300'000),
                       .cacheWrite = pico(3'750'000),
                       .output = pico(15'000'000)},
            .longAbove = 200'000,
            .longPrices = {.input = pico(6'000'000), .output = pico(22'500'000)}};
}

} // namespace

void tst_PriceTable::writesDollarsWithDigitsThatSaySomething_data()
{
    QTest::addColumn<qint64>("picoDollars");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rough");

    QTest::newRow("nothing") << qint64(0) << u"$0.00"_s << u"<$0.001"_s;
    QTest::newRow("one pico") << qint64(1) << u"<$0.0001"_s << u"<$0.001"_s;
    QTest::newRow("a hundredth of a cent") << qint64(100'000'000) << u"$0.0001"_s << u"<$0.001"_s;
    QTest::newRow("under a cent") << qint64(4'249'999'999) << u"$0.0042"_s << u"$0.004"_s;
    QTest::newRow("half up") << qint64(4'250'000'000) << u"$0.0043"_s << u"$0.004"_s;
    QTest::newRow("two cents") << qint64(21'300'000'000) << u"$0.021"_s << u"$0.02"_s;
    QTest::newRow("a dollar") << PicoPerDollar << u"$1.00"_s << u"$1.00"_s;
    QTest::newRow("many") << 1234 * PicoPerDollar + 567 * (PicoPerDollar / 1000) << u"$1234.57"_s
                          << u"$1234.57"_s;
}

void tst_PriceTable::writesDollarsWithDigitsThatSaySomething()
{
    QFETCH(qint64, picoDollars);
    QFETCH(QString, text);
    QFETCH(QString, rough);
    QCOMPARE(dollarText({picoDollars}), text);
    QCOMPARE(roughDollarText({picoDollars}), rough);
}

void tst_PriceTable::refusesSumsThatCannotBeCounted()
{
    const Dollars most{std::numeric_limits<qint64>::max()};
    QVERIFY(!sumOf(most, pico(1)));
    QVERIFY(!productOf(pico(15'000'000), 1'000'000'000'000));
    QCOMPARE(sumOf(pico(2), pico(3)), pico(5));
    QCOMPARE(productOf(pico(2), 3), pico(6));
}

void tst_PriceTable::readsEveryPriceExactly()
{
    const auto table = readPriceTable(Small);
    QVERIFY(bool(table));
    const ProviderPrices openai = table->providers[u"openai"_s];
    QCOMPARE(openai.source, u"https://example.org/pricing"_s);
    QCOMPARE(openai.date, QDate(2026, 11, 22));
    const ModelFacts whole{
        .contextTokens = 1'050'000,
        .prices
        = {.input = pico(2'500'000), .cachedInput = pico(250'000), .output = pico(15'000'000)},
        .longAbove = 272'000,
        .longPrices
        = {.input = pico(5'000'000), .cachedInput = pico(500'000), .output = pico(22'500'000)}};
    QVERIFY(openai.models[u"gpt-5.4"_s] == whole);
    QCOMPARE(openai.models[u"gpt-5-nano"_s].prices.cachedInput, pico(5'000));
    QVERIFY(openai.models[u"gpt-next"_s].prices.isEmpty());
    // Every price that is written with up to six decimals is met, whatever a double makes of it.
    for (qint64 micro = 1; micro < 100'000'000; micro = micro * 3 + 1) {
        const QByteArray text = QByteArray::number(micro / 1'000'000) + '.'
            + QByteArray::number(micro % 1'000'000).rightJustified(6, '0');
        QByteArray json = Small;
        const auto read = readPriceTable(json.replace("0.05", text));
        QVERIFY2(read, text.constData());
        QCOMPARE(read->find(u"openai"_s, u"gpt-5-nano"_s)->prices.input, pico(micro));
    }
}

void tst_PriceTable::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("detail");

    const auto changed = [](const QByteArray &from, const QByteArray &to) {
        QByteArray json = Small;
        Q_ASSERT(json.contains(from));
        return json.replace(from, to);
    };
    QTest::newRow("nothing") << QByteArray() << u"at byte 0"_s;
    QTest::newRow("an array") << QByteArray("[]") << u"format: needs to be 1"_s;
    QTest::newRow("another format")
        << changed("\"format\": 1", "\"format\": 2") << u"format: needs to be 1"_s;
    QTest::newRow("a comma too many") << changed("0.4}", "0.4,}") << u"at byte"_s;
    QTest::newRow("a negative price")
        << changed("2.5,", "-2.5,") << u"openai.gpt-5.4.input: not a price"_s;
    QTest::newRow("a price as text")
        << changed("2.5,", "\"2.5\",") << u"openai.gpt-5.4.input: not a price"_s;
    QTest::newRow("a price by the thousand million")
        << changed("2.5,", "2.5e9,") << u"openai.gpt-5.4.input: not a price"_s;
    QTest::newRow("a price too fine")
        << changed("2.5,", "2.50000001,") << u"openai.gpt-5.4.input: not a price"_s;
    QTest::newRow("a slip of the pen") << changed("\"cached\": 0.005", "\"cache\": 0.005")
                                       << u"openai.gpt-5-nano: “cache” is not known here"_s;
    QTest::newRow("no context at all")
        << changed("1000,", "0,") << u"openai.gpt-next.context: not a number of tokens"_s;
    QTest::newRow("half a token") << changed("1000,", "0.5,")
                                  << u"openai.gpt-next.context: not a number of tokens"_s;
    QTest::newRow("long without a limit")
        << changed("\"above\": 272000, ", "") << u"openai.gpt-5.4.long: needs “above”"_s;
    QTest::newRow("no such day") << changed("2026-11-22", "2026-02-30")
                                 << u"openai.date: needs to be a day"_s;
    QTest::newRow("no models") << QByteArray(R"({"format": 1, "providers": {"openai": []}})")
                               << u"openai: needs “models”"_s;
    QTest::newRow("a model that is a number")
        << changed(R"({"context": 1000, "note": "No price yet."})", "3")
        << u"openai.gpt-next: not an object"_s;
    QTest::newRow("too long") << QByteArray(LargestPriceFile + 1, ' ') << u"longer than"_s;
    QTest::newRow("deep") << QByteArray(100'000, '[') << u"at byte"_s;
    QByteArray many
        = R"({"format": 1, "providers": {"p": {"date": "2026-11-22", "models": {"m": {})";
    for (int i = 0; i < 10'000; ++i) {
        many += ",\"m" + QByteArray::number(i) + "\": {}";
    }
    QTest::newRow("too many models") << many + "}}}}" << u"more than 10000 models"_s;
}

void tst_PriceTable::saysWhatIsWrongAndWhere()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, detail);
    const auto table = readPriceTable(json);
    QVERIFY(!table);
    QVERIFY2(table.error().detail.contains(detail), qPrintable(table.error().detail));
    QVERIFY(table.error().detail.size() < 1000);
}

void tst_PriceTable::survivesEveryChangedByte()
{
    for (qsizetype i = 0; i < Small.size(); ++i) {
        for (const char byte : {'\0', '"', '{', '9', '-', '\xFF'}) {
            QByteArray json = Small;
            json[i] = byte;
            if (const auto table = readPriceTable(json)) {
                for (const ModelFacts &facts : table->providers[u"openai"_s].models) {
                    QVERIFY(!facts.prices.input || facts.prices.input->pico >= 0);
                }
            } else {
                QVERIFY(!table.error().detail.isEmpty());
            }
        }
    }
}

void tst_PriceTable::addsUpAnAnswerToThePico_data()
{
    QTest::addColumn<Usage>("usage");
    QTest::addColumn<qint64>("picoDollars");

    QTest::newRow("input and output")
        << Usage{.inputTotal = 1000, .outputTotal = 10} << qint64(3'150'000'000);
    QTest::newRow("cached and written")
        << Usage{.cached = 700, .cacheWrite = 200, .inputTotal = 1000, .outputTotal = 1}
        << qint64(100 * 3'000'000 + 700 * 300'000 + 200 * 3'750'000 + 15'000'000);
    QTest::newRow("reasoning is output")
        << Usage{.reasoning = 9, .inputTotal = 0, .outputTotal = 10} << qint64(150'000'000);
    QTest::newRow("just not long")
        << Usage{.inputTotal = 200'000, .outputTotal = 0} << qint64(600'000'000'000);
    QTest::newRow("long") << Usage{.inputTotal = 200'001, .outputTotal = 2}
                          << qint64(200'001LL * 6'000'000 + 45'000'000);
}

void tst_PriceTable::addsUpAnAnswerToThePico()
{
    QFETCH(Usage, usage);
    QFETCH(qint64, picoDollars);
    QCOMPARE(costOf(claude(), usage), Dollars{picoDollars});
    ModelFacts facts = claude();
    facts.prices.reasoning = pico(1);
    if (usage.reasoning) {
        QCOMPARE(costOf(facts, usage), pico(15'000'000 + 9));
    }
}

void tst_PriceTable::doesNotGuess_data()
{
    QTest::addColumn<ModelFacts>("facts");
    QTest::addColumn<Usage>("usage");

    const Usage simple{.inputTotal = 10, .outputTotal = 10};
    QTest::newRow("no prices") << ModelFacts{} << simple;
    QTest::newRow("no prices and no tokens")
        << ModelFacts{} << Usage{.inputTotal = 0, .outputTotal = 0};
    QTest::newRow("no counts") << claude() << Usage{};
    QTest::newRow("no count of the output") << claude() << Usage{.inputTotal = 10};
    QTest::newRow("cached without a price")
        << ModelFacts{.prices = {.input = pico(1), .output = pico(1)}}
        << Usage{.cached = 1, .inputTotal = 10, .outputTotal = 10};
    QTest::newRow("written without a price, in a long one")
        << claude() << Usage{.cacheWrite = 1, .inputTotal = 300'000, .outputTotal = 10};
    QTest::newRow("more cached than sent")
        << claude() << Usage{.cached = 11, .inputTotal = 10, .outputTotal = 10};
    QTest::newRow("more than can be counted")
        << claude() << Usage{.inputTotal = 1'000'000'000'000'000, .outputTotal = 10};
}

void tst_PriceTable::doesNotGuess()
{
    QFETCH(ModelFacts, facts);
    QFETCH(Usage, usage);
    QVERIFY(!costOf(facts, usage));
}

void tst_PriceTable::findsDatedNames_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("isFound");

    QTest::newRow("the name") << u"gpt-5.4"_s << true;
    QTest::newRow("of a day") << u"gpt-5.4-2026-03-05"_s << true;
    QTest::newRow("of a day without hyphens") << u"gpt-5.4-20260305"_s << true;
    QTest::newRow("another size") << u"gpt-5.4-pro"_s << false;
    QTest::newRow("something after the day") << u"gpt-5.4-2026-03-05-eu"_s << false;
    QTest::newRow("a year alone") << u"gpt-5.4-2026"_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void tst_PriceTable::findsDatedNames()
{
    QFETCH(QString, model);
    QFETCH(bool, isFound);
    const auto table = readPriceTable(Small);
    QVERIFY(bool(table));
    QCOMPARE(table->find(u"openai"_s, model) != nullptr, isFound);
    QVERIFY(!table->find(u"compatible"_s, model));
}

void tst_PriceTable::comesWithPricesThatHaveASourceAndADay()
{
    const LoadedPrices loaded = loadPrices({});
    QVERIFY(!loaded.problem);
    QVERIFY(loaded.file.isEmpty());
    for (const QString &provider : {u"openai"_s, u"anthropic"_s, u"gemini"_s}) {
        const ProviderPrices prices = loaded.table.providers.value(provider);
        QVERIFY(prices.source.startsWith(u"https://"_s));
        QVERIFY(prices.date.isValid());
        QVERIFY(prices.models.size() >= 5);
        for (const ModelFacts &facts : prices.models) {
            // Dearer than the question is the answer, and cheaper what was cached, everywhere.
            QCOMPARE(facts.prices.input.has_value(), facts.prices.output.has_value());
            QVERIFY(!facts.prices.input || *facts.prices.output > *facts.prices.input);
            QVERIFY(!facts.prices.cachedInput || *facts.prices.cachedInput < *facts.prices.input);
        }
    }
    QVERIFY(loaded.table.find(u"openai"_s, u"gpt-5.6"_s)->prices.isEmpty());
    QVERIFY(!loaded.table.providers.contains(u"chatgpt"_s));
    QVERIFY(!loaded.table.providers.contains(u"practice"_s));
}

void tst_PriceTable::takesThePersonsOwnTable()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"prices.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(Small) == Small.size());
    file.close();
    const LoadedPrices loaded = loadPrices(file.fileName());
    QVERIFY(!loaded.problem);
    QCOMPARE(loaded.file, file.fileName());
    QVERIFY(loaded.table == *readPriceTable(Small));
}

void tst_PriceTable::saysWhyThePersonsOwnTableIsNotTaken_data()
{
    QTest::addColumn<QString>("kind");

    for (const char *kind : {"garbage", "too long", "folder", "pipe", "unreadable"}) {
        QTest::newRow(kind) << QString::fromLatin1(kind);
    }
}

void tst_PriceTable::saysWhyThePersonsOwnTableIsNotTaken()
{
    QFETCH(QString, kind);
    const QTemporaryDir folder;
    QString path = folder.filePath(u"prices.json"_s);
    if (kind == u"folder"_s) {
        path = folder.path();
    } else if (kind == u"pipe"_s) {
        QCOMPARE(mkfifo(qPrintable(path), 0600), 0);
    } else if (kind == u"unreadable"_s) {
        path = u"/proc/self/mem"_s;
    } else {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kind == u"garbage"_s ? QByteArray("{\"format\"")
                                        : QByteArray(4 * LargestPriceFile, '1'));
    }
    const LoadedPrices loaded = loadPrices(path);
    QVERIFY(loaded.problem.has_value());
    QVERIFY(loaded.problem->advice.contains(path));
    QVERIFY(!loaded.problem->detail.isEmpty());
    QVERIFY(loaded.table == loadPrices({}).table);
}

QTEST_GUILESS_MAIN(tst_PriceTable)
#include "tst_pricetable.moc"
