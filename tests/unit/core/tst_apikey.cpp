// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/apikey.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_ApiKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsWhatAPasteBringsAlong_data();
    void cutsWhatAPasteBringsAlong();
    void saysWhyItIsNone_data();
    void saysWhyItIsNone();
    void tellsKeysApartWithoutTellingThem();
    void seesWhoseKeyItLooksLike_data();
    void seesWhoseKeyItLooksLike();
};

void tst_ApiKey::cutsWhatAPasteBringsAlong_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::newRow("nothing around it") << "sk-1"_ba;
    QTest::newRow("a line break") << "sk-1\n"_ba;
    QTest::newRow("a line break of Windows") << "sk-1\r\n"_ba;
    QTest::newRow("spaces and tabs") << " \t sk-1  "_ba;
}

void tst_ApiKey::cutsWhatAPasteBringsAlong()
{
    QFETCH(QByteArray, typed);
    const auto key = readTypedKey(Secret(typed));
    QVERIFY(key);
    QCOMPARE(*key, Secret("sk-1"));
}

void tst_ApiKey::saysWhyItIsNone_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << ""_ba << u"No API key"_s;
    QTest::newRow("spaces") << " \n "_ba << u"No API key"_s;
    QTest::newRow("a space inside") << "sk 1"_ba << u"a space or a line break"_s;
    QTest::newRow("two keys") << "sk-1\nsk-2"_ba << u"a space or a line break"_s;
    QTest::newRow("a second header") << "sk\r\nX-Evil: 1"_ba << u"a space or a line break"_s;
    QTest::newRow("a letter beyond ASCII") << "sk-\xC3\xA9"_ba << u"a character"_s;
    QTest::newRow("NUL") << "sk\0-1"_ba << u"a character"_s;
    QTest::newRow("dots for what is hidden") << "sk-…"_ba << u"a character"_s;
    QTest::newRow("a file") << QByteArray(10'000, 'x') << u"longer"_s;
}

void tst_ApiKey::saysWhyItIsNone()
{
    QFETCH(QByteArray, typed);
    QFETCH(QString, said);
    const auto key = readTypedKey(Secret(typed));
    QVERIFY(!key);
    QCOMPARE(key.error().kind, Error::Kind::InvalidRequest);
    QVERIFY2(key.error().message.contains(said), qPrintable(key.error().message));
    QVERIFY(key.error().detail.isEmpty());
}

void tst_ApiKey::tellsKeysApartWithoutTellingThem()
{
    // printf sk-1 | sha256sum
    QCOMPARE(accountIdOf(Secret("sk-1")), accountIdOf(Secret("sk-1")));
    QVERIFY(accountIdOf(Secret("sk-1")) != accountIdOf(Secret("sk-2")));
    QCOMPARE(accountIdOf(Secret("abc")), u"ba7816bf"_s); // FIPS 180-4, appendix B.1
}

void tst_ApiKey::seesWhoseKeyItLooksLike_data()
{
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("doubt");
    const QString none;
    const QString openAi = u"This looks like a key of OpenAI."_s;
    const QString anthropic = u"This looks like a key of Anthropic."_s;
    const QString gemini = u"This looks like a key of Gemini."_s;
    QTest::newRow("OpenAI's own") << u"openai"_s << "sk-proj-1"_ba << none;
    QTest::newRow("Anthropic's own") << u"anthropic"_s << "sk-ant-1"_ba << none;
    QTest::newRow("Gemini's own") << u"gemini"_s << "AIzaSy"_ba << none;
    QTest::newRow("Anthropic's at OpenAI") << u"openai"_s << "sk-ant-1"_ba << anthropic;
    QTest::newRow("OpenAI's at Anthropic") << u"anthropic"_s << "sk-1"_ba << openAi;
    QTest::newRow("Gemini's at OpenAI") << u"openai"_s << " AIzaSy\n"_ba << gemini;
    QTest::newRow("nobody's") << u"openai"_s << "practice"_ba << none;
    QTest::newRow("nothing") << u"openai"_s << ""_ba << none;
    QTest::newRow("any at a compatible server") << u"compatible"_s << "sk-ant-1"_ba << none;
}

void tst_ApiKey::seesWhoseKeyItLooksLike()
{
    QFETCH(QString, chosen);
    QFETCH(QByteArray, key);
    const auto row = [](const QString &id, const QString &name, const QByteArray &prefix) {
        Provider provider;
        provider.id = id;
        provider.name = name;
        provider.keyPrefix = prefix;
        return provider;
    };
    const QList<Provider> rows{row(u"openai"_s, u"OpenAI"_s, "sk-"),
                               row(u"anthropic"_s, u"Anthropic"_s, "sk-ant-"),
                               row(u"gemini"_s, u"Gemini"_s, "AIza")};
    Provider own = row(chosen, {}, {});
    for (const Provider &candidate : rows) {
        own = candidate.id == chosen ? candidate : own;
    }
    QTEST(doubtAboutKey(own, rows, Secret(key)), "doubt");
}

QTEST_GUILESS_MAIN(tst_ApiKey)
#include "tst_apikey.moc"
