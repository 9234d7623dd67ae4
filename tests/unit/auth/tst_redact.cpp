// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/redact.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Maestro::OAuth;

class tst_Redact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesSecretsOut_data();
    void takesSecretsOut();
    void leavesPlainTextAlone_data();
    void leavesPlainTextAlone();
    void strikesAddressesDownToTheirPath();
    void quotesOnOneBoundedLine();
};

void tst_Redact::takesSecretsOut_data()
{
    QTest::addColumn<QString>("text"); // the word HIDDEN must go
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    row("bearer", u"Authorization: Bearer abcHIDDENdef"_s);
    row("bearer in lower case", u"authorization: bearer HIDDEN"_s);
    row("basic", u"Authorization: Basic c2VjHIDDEN=="_s);
    row("header without scheme", u"x-api-key: HIDDEN"_s);
    row("Google header", u"X-Goog-Api-Key: HIDDEN"_s);
    row("OpenAI key", u"the key sk-abcdHIDDEN12 was refused"_s);
    row("OpenAI project key", u"sk-proj-HIDDEN_HIDDEN-12"_s);
    row("Anthropic key", u"sk-ant-api03-HIDDEN"_s);
    row("Google key", u"AIzaSyDHIDDENHIDDENHIDDEN"_s);
    row("JWT", u"got eyJhbGciOiHIDDEN.eyJzdWIiHIDDEN.HIDDEN_-x"_s);
    row("half a JWT", u"got eyJhbGciOiHIDDEN."_s);
    row("refresh token", u"rt_HIDDENabc.HIDDEN-1"_s);
    row("authorization code", u"ac_HIDDENabc.HIDDEN-1"_s);
    row("address with everything",
        u"GET https://u:HIDDEN@h.example/p?code=HIDDEN&x=HIDDEN#HIDDEN"_s);
    row("address with user alone", u"https://HIDDEN@h.example/"_s);
    row("address in quotes",
        u"QUrl(\"http://localhost:1455/auth/callback?code=HIDDEN&state=HIDDEN\")"_s);
    row("target", u"GET /auth/callback?code=HIDDEN&state=HIDDEN HTTP/1.1"_s);
    row("percent-encoded within a value", u"next=%2Fcb%3Fcode%3DHIDDEN"_s);
    row("below an empty bearer", u"Authorization: Bearer \nx-api-key: HIDDEN"_s);
    row("below an empty header", u"authorization:\nx-api-key: HIDDEN"_s);
    row("below an open string", u"\"code\":\"HIDDEN\n{\"access_token\":\"HIDDEN\"}"_s);
    row("below an open value", u"code=\"HIDDEN\n\"x-api-key: HIDDEN\""_s);
    row("beside half a character", QChar(0xD800) + u" Authorization: Bearer HIDDEN"_s);
    for (const auto name :
         {"access_token", "api_key", "client_secret", "code", "code_verifier", "id_token", "key",
          "refresh_token", "requested_token", "state", "subject_token", "token"}) {
        const QString key = QString::fromLatin1(name);
        QTest::addRow("form %s", name) << QString(u"a=1&"_s + key + u"=HIDDEN%2B&b=2"_s);
        QTest::addRow("JSON %s", name)
            << QString(u"{\"a\":1, \""_s + key + u"\" : \"HID\\\"HIDDEN\"}"_s);
        QTest::addRow("JSON cut off %s", name) << QString(u"{\""_s + key + u"\":\"HIDDENHID"_s);
        QTest::addRow("JSON in a string %s", name)
            << QString(u"\"{\\\""_s + key + u"\\\":\\\"HIDDEN\\\"}\""_s);
        QTest::addRow("upper case %s", name) << QString(key.toUpper() + u"=HIDDEN"_s);
    }
}

void tst_Redact::takesSecretsOut()
{
    QFETCH(QString, text);
    QVERIFY(text.contains(u"HID"_s)); // the positive control
    const QString clean = redacted(text);
    QVERIFY2(!clean.contains(u"HID"_s), qPrintable(clean));
    QVERIFY2(clean != text, qPrintable(clean));
}

void tst_Redact::leavesPlainTextAlone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"HTTP 400, invalid_grant: The code has expired", "Error code: 12", "the state is new",
          "risk-free", "port 1455 on 127.0.0.1 and ::1", "{\"type\":\"error\",\"status\":400}",
          "key words: token, code, state", "part_1 of it", ""}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void tst_Redact::leavesPlainTextAlone()
{
    QFETCH(QString, text);
    QCOMPARE(redacted(text), text);
}

void tst_Redact::strikesAddressesDownToTheirPath()
{
    QCOMPARE(redacted(QUrl(u"https://u:p@h.example:8443/a/b?c=d#e"_s)),
             u"https://h.example:8443/a/b"_s);
    QCOMPARE(redacted(u"see https://u:p@h.example:8443/a/b?c=d#e now"_s),
             u"see https://h.example:8443/a/b now"_s);
    QCOMPARE(redacted(u"socks5://u:p@proxy:1080"_s), u"socks5://proxy:1080"_s);
}

void tst_Redact::quotesOnOneBoundedLine()
{
    QCOMPARE(quoted(u" a\r\n\tb\u202Ec\u200Bd\u2028e\u0000f "_s), u"a b c d e f"_s);
    QCOMPARE(quoted(QString(1000, u'x')).size(), 200);
    QVERIFY(quoted(QString(1000, u'x'), 50).endsWith(u'…'));
    // A surrogate pair is not cut in two.
    const QString faces = u"a"_s + u"😀"_s.repeated(200);
    QVERIFY(quoted(faces, 50).isValidUtf16());
    QVERIFY(quoted(faces, 51).isValidUtf16());
    // Nor where so much is looked through that a cut goes through one.
    const QString faceAfterFace = u"a"_s + u"😀"_s.repeated(10'000);
    const QString key = u"sk-abcdHIDDEN12 "_s;
    QVERIFY(!quoted(key + faceAfterFace).contains(u"HIDDEN"_s));
    QVERIFY(!quoted(key + u"a"_s + faceAfterFace).contains(u"HIDDEN"_s));
}

QTEST_GUILESS_MAIN(tst_Redact)
#include "tst_redact.moc"
