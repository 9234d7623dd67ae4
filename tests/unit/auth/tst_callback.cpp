// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/callback.h"
#include "auth/fields.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Maestro;
using namespace Maestro::OAuth;

class tst_Callback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redeemsWithTheIssuedClientAlone_data();
    void redeemsWithTheIssuedClientAlone();
    void readsTheCode_data();
    void readsTheCode();
    void leavesForeignCallbacksAlone_data();
    void leavesForeignCallbacksAlone();
    void endsOnARefusal_data();
    void endsOnARefusal();
    void neverRepeatsTheServersMarkup();
    void readsPastedAddresses_data();
    void readsPastedAddresses();
    void survivesGarbage();
    void encodesAndDecodesFields_data();
    void encodesAndDecodesFields();
    void refusesFieldsThatCannotBeRead_data();
    void refusesFieldsThatCannotBeRead();
};

namespace {

const Secret State("sT4te-sT4te_sT4te-sT4te_sT4te-sT4te_sT4te-s");
const QString Issuer = u"https://auth.openai.com"_s;

Callback read(const QByteArray &query)
{
    return readCallback(QByteArray(query).replace("$STATE", State.reveal()), State, Issuer);
}

template <typename Kind>
const Kind *as(const Callback &callback)
{
    return std::get_if<Kind>(&callback);
}

} // namespace

void tst_Callback::readsTheCode_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("plain") << "code=ac_1&state=$STATE"_ba
                           << "ac_1"_ba;
    QTest::newRow("state first") << "state=$STATE&code=ac_1"_ba
                                 << "ac_1"_ba;
    QTest::newRow("encoded plus") << "code=a%2Bb&state=$STATE"_ba
                                  << "a+b"_ba;
    QTest::newRow("encoded percent") << "code=a%2525b&state=$STATE"_ba
                                     << "a%25b"_ba;
    QTest::newRow("encoded ampersand") << "code=a%26state%3Dx&state=$STATE"_ba
                                       << "a&state=x"_ba;
    QTest::newRow("slash and equals") << "code=a%2Fb%3D=c&state=$STATE"_ba
                                      << "a/b==c"_ba;
    QTest::newRow("more parameters") << "scope=openid+profile&code=x&foo&state=$STATE&=&bar="_ba
                                     << "x"_ba;
    QTest::newRow("right issuer") << "code=x&state=$STATE&iss=https%3A%2F%2Fauth.openai.com"_ba
                                  << "x"_ba;
    QTest::newRow("encoded names") << "c%6Fde=x&st%61te=$STATE"_ba
                                   << "x"_ba;
    QTest::newRow("32 parameters") << ("code=x&state=$STATE" + [] {
        QByteArray more;
        for (int i = 0; i < 30; ++i) {
            more += "&p" + QByteArray::number(i) + "=1";
        }
        return more;
    }()) << "x"_ba;
}

void tst_Callback::readsTheCode()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, code);
    const auto callback = read(query);
    const auto *authorized = as<AuthorizedCallback>(callback);
    QVERIFY(authorized);
    QCOMPARE(authorized->code.reveal(), code);
}

void tst_Callback::leavesForeignCallbacksAlone_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<Error::Kind>("kind");
    constexpr auto Mismatch = Error::Kind::StateMismatch;
    constexpr auto Unreadable = Error::Kind::InvalidRequest;
    QTest::newRow("nothing") << ""_ba << Mismatch;
    QTest::newRow("no state") << "code=x"_ba << Mismatch;
    QTest::newRow("empty state") << "code=x&state="_ba << Mismatch;
    QTest::newRow("other state") << "code=x&state=sT4te"_ba << Mismatch;
    QTest::newRow("state with more") << "code=x&state=$STATEx"_ba << Mismatch;
    QTest::newRow("state with a space") << "code=x&state=$STATE+"_ba << Mismatch;
    QTest::newRow("state in other case") << "code=x&state=" + State.reveal().toLower() << Mismatch;
    QTest::newRow("state cut") << "code=x&state=" + State.reveal().chopped(1) << Mismatch;
    QTest::newRow("error without state") << "error=access_denied"_ba << Mismatch;
    QTest::newRow("error with other state") << "error=access_denied&state=x"_ba << Mismatch;
    QTest::newRow("State is another name") << "code=x&State=$STATE"_ba << Mismatch;
    QTest::newRow("state twice") << "code=x&state=$STATE&state=$STATE"_ba << Unreadable;
    QTest::newRow("state twice, the other first") << "state=x&code=x&state=$STATE"_ba << Unreadable;
    QTest::newRow("code twice") << "code=x&code=y&state=$STATE"_ba << Unreadable;
    QTest::newRow("code twice, once encoded") << "code=x&c%6fde=y&state=$STATE"_ba << Unreadable;
    QTest::newRow("error twice") << "error=a&error=b&state=$STATE"_ba << Unreadable;
    QTest::newRow("any name twice") << "code=x&a=1&a=1&state=$STATE"_ba << Unreadable;
    QTest::newRow("other issuer") << "code=x&state=$STATE&iss=https%3A%2F%2Fevil"_ba << Mismatch;
    QTest::newRow("empty issuer") << "code=x&state=$STATE&iss="_ba << Mismatch;
    QTest::newRow("issuer without value") << "code=x&state=$STATE&iss"_ba << Mismatch;
    QTest::newRow("error from another issuer") << "error=x&state=$STATE&iss=evil"_ba << Mismatch;
    QTest::newRow("broken percent") << "code=%zz&state=$STATE"_ba << Unreadable;
    QTest::newRow("percent at the end") << "code=x&state=$STATE&a=%"_ba << Unreadable;
    QTest::newRow("line break in code") << "code=a%0d%0ab&state=$STATE"_ba << Unreadable;
    QTest::newRow("NUL in code") << "code=a%00b&state=$STATE"_ba << Unreadable;
    QTest::newRow("not UTF-8") << "code=a%ffb&state=$STATE"_ba << Unreadable;
    QTest::newRow("not ASCII") << "code=a%c3%a4&state=$STATE"_ba << Unreadable;
    QTest::newRow("space in code") << "code=a+b&state=$STATE"_ba << Unreadable;
    QTest::newRow("33 parameters")
        << "code=x&state=$STATE" + "&"_ba.repeated(31) + "z" << Unreadable;
}

void tst_Callback::leavesForeignCallbacksAlone()
{
    QFETCH(QByteArray, query);
    QFETCH(Error::Kind, kind);
    const auto callback = read(query);
    const auto *foreign = as<ForeignCallback>(callback);
    QVERIFY(foreign);
    QCOMPARE(foreign->error.kind, kind);
    QVERIFY(!foreign->error.message.isEmpty());
    QVERIFY(!foreign->error.advice.isEmpty());
}

void tst_Callback::endsOnARefusal_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("inMessage");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const QByteArray &query, Error::Kind kind,
                        const QString &inMessage, const QString &detail) {
        QTest::newRow(name) << query << kind << inMessage << detail;
    };
    using Kind = Error::Kind;
    row("denied", "error=access_denied", Kind::AccessDenied, u"refused or cancelled"_s,
        u"access_denied"_s);
    row("denied, with words", "error=access_denied&error_description=The+user+said+no",
        Kind::AccessDenied, u"refused or cancelled"_s, u"access_denied: The user said no"_s);
    row("denied, and a code as well", "error=access_denied&code=x", Kind::AccessDenied,
        u"refused"_s, u"access_denied"_s);
    row("no entitlement", "error=access_denied&error_description=missing_codex_entitlement",
        Kind::AccessDenied, u"workspace"_s, u"access_denied: missing_codex_entitlement"_s);
    row("workspace switched off", "error=codex_cli_workspace_disabled", Kind::AccessDenied,
        u"switched off"_s, u"codex_cli_workspace_disabled"_s);
    row("no organizations", "error=no_valid_organizations", Kind::NoOrganization, u"organization"_s,
        u"no_valid_organizations"_s);
    row("no workspace", "error=access_denied&error_description=chatgpt_account_missing",
        Kind::AccessDenied, u"workspace"_s, u"access_denied: chatgpt_account_missing"_s);
    row("country", "error=unsupported_country_region_territory", Kind::AccessDenied, u"country"_s,
        u"unsupported_country_region_territory"_s);
    row("unknown client", "error=invalid_client", Kind::InvalidClient, u"client id"_s,
        u"invalid_client"_s);
    row("scope", "error=invalid_scope", Kind::InvalidRequest, u"grant"_s, u"invalid_scope"_s);
    row("server error", "error=server_error", Kind::ServerFailure, u"problem"_s, u"server_error"_s);
    row("unavailable", "error=temporarily_unavailable", Kind::Overloaded, u"available"_s,
        u"temporarily_unavailable"_s);
    row("unknown word", "error=weird_thing", Kind::Unknown, u"could not be completed"_s,
        u"weird_thing"_s);
    row("empty error", "error=", Kind::Unknown, u"could not be completed"_s, {});
    row("no code", "", Kind::InvalidResponse, u"no authorization code"_s, {});
    row("empty code", "code=", Kind::InvalidResponse, u"no authorization code"_s, {});
}

void tst_Callback::endsOnARefusal()
{
    QFETCH(QByteArray, query);
    QFETCH(Error::Kind, kind);
    QFETCH(QString, inMessage);
    QFETCH(QString, detail);
    const auto callback = read("state=$STATE&" + query);
    const auto *refused = as<RefusedCallback>(callback);
    QVERIFY(refused);
    QCOMPARE(refused->error.kind, kind);
    QVERIFY2(refused->error.message.contains(inMessage), qPrintable(refused->error.message));
    QCOMPARE(refused->error.detail, detail);
    QVERIFY(!refused->error.advice.isEmpty());
    QVERIFY(!refused->error.message.contains(u'!') && !refused->error.advice.contains(u'!'));
}

void tst_Callback::neverRepeatsTheServersMarkup()
{
    const auto callback = read("state=$STATE&error=x&error_description=" + QByteArray(5000, 'a')
                               + "%E2%80%AE%E2%80%8B" + QByteArray(5000, 'b'));
    const auto *refused = as<RefusedCallback>(callback);
    QVERIFY(refused);
    QVERIFY(refused->error.detail.size() < 300);
    const auto secret = read("state=$STATE&error=x&error_description=sk-abcdefghijkl+and+"
                             "https%3A%2F%2Fu%3Ap%40h%2Fp%3Fcode%3D1%0A");
    // A line break in the description: not readable, so not ours.
    QVERIFY(as<ForeignCallback>(secret));
}

void tst_Callback::readsPastedAddresses_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QByteArray>("code"); // empty: foreign
    QTest::addColumn<QString>("inMessage");
    const auto row = [](const char *name, const QString &provider, const QString &pasted,
                        const QByteArray &code, const QString &inMessage) {
        QTest::newRow(name) << provider << pasted << code << inMessage;
    };
    const QString openAi = u"openai"_s;
    const QString anthropic = u"anthropic"_s;
    const QString place = u"http://localhost:1455/auth/callback"_s;
    const QString ours = place + u"?code=ac_1&state=$STATE"_s;
    row("whole address", openAi, ours, "ac_1", {});
    row("trailing newline", openAi, ours + u"\r\n "_s, "ac_1", {});
    row("with a fragment", openAi, ours + u"#_"_s, "ac_1", {});
    row("without the scheme", openAi, ours.mid(7), "ac_1", {});
    const QString earlier = u"earlier attempt"_s;
    row("other state", openAi, place + u"?code=ac_1&state=old"_s, {}, earlier);
    row("the other port", openAi, u"http://localhost:1457/auth/callback?code=x&state=$STATE"_s, {},
        earlier);
    const QString notOurs = u"not the address"_s;
    row("only the code", openAi, u"ac_1"_s, {}, notOurs);
    row("another host", openAi, u"http://evil.example/auth/callback?code=x&state=$STATE"_s, {},
        notOurs);
    row("another path", openAi, u"http://localhost:1455/auth/callbackX?code=x&state=$STATE"_s, {},
        notOurs);
    row("another port", openAi, u"http://localhost:1456/auth/callback?code=x&state=$STATE"_s, {},
        notOurs);
    row("https", openAi, u"https://localhost:1455/auth/callback?code=x&state=$STATE"_s, {},
        notOurs);
    row("the authorize page", openAi, u"https://auth.openai.com/oauth/authorize?state=$STATE"_s, {},
        notOurs);
    row("the outcome page", openAi, u"http://localhost:1455/done"_s, {}, notOurs);
    row("code#state where it is not used", openAi, u"ac_1#$STATE"_s, {}, notOurs);
    const QString unreadable = u"cannot be read"_s;
    row("nothing", openAi, {}, {}, unreadable);
    row("spaces", openAi, u"   "_s, {}, unreadable);
    row("two addresses", openAi, ours + u" "_s + ours, {}, unreadable);
    row("no query", openAi, place, {}, unreadable);
    row("letters beyond ASCII", openAi, place + u"?code=ä&state=$STATE"_s, {}, unreadable);
    row("far too long", openAi, place + u"?code="_s + QString(9000, u'a'), {}, unreadable);
    row("code#state", anthropic, u"abc-D_1#$STATE"_s, "abc-D_1", {});
    row("code#state with spaces around", anthropic, u" abc#$STATE\n"_s, "abc", {});
    row("Anthropic's whole address", anthropic,
        u"https://platform.claude.com/oauth/code/callback?code=abc&state=$STATE"_s, "abc", {});
    row("code#other", anthropic, u"abc#other"_s, {}, earlier);
    row("code#", anthropic, u"abc#"_s, {}, earlier);
    row("#state", anthropic, u"#$STATE"_s, {}, unreadable);
    row("only Anthropic's code", anthropic, u"abc"_s, {}, u"not the code"_s);
    row("two hashes", anthropic, u"a#b#$STATE"_s, {}, u"not the code"_s);
    row("another host for Anthropic", anthropic, u"https://evil.example/?code=a#$STATE"_s, {},
        u"not the code"_s);
}

void tst_Callback::readsPastedAddresses()
{
    QFETCH(QString, provider);
    QFETCH(QString, pasted);
    QFETCH(QByteArray, code);
    QFETCH(QString, inMessage);
    const auto profile = provider == u"openai"_s ? openAiProfile() : anthropicProfile(u"client"_s);
    pasted.replace(u"$STATE"_s, QString::fromLatin1(State.reveal()));
    const auto callback = readPastedAddress(pasted, profile, redirectUri(profile, 1455), State);
    if (code.isEmpty()) {
        const auto *foreign = as<ForeignCallback>(callback);
        QVERIFY(foreign);
        QVERIFY2(foreign->error.message.contains(inMessage), qPrintable(foreign->error.message));
        return;
    }
    const auto *authorized = as<AuthorizedCallback>(callback);
    QVERIFY(authorized);
    QCOMPARE(authorized->code.reveal(), code);
}

void tst_Callback::survivesGarbage()
{
    QRandomGenerator random(20240508);
    const QByteArray alphabet = "code=state&error%+#?/0aZ\xff\x00\n"_ba;
    for (int i = 0; i < 20000; ++i) {
        QByteArray garbage;
        const int size = random.bounded(120);
        for (int j = 0; j < size; ++j) {
            garbage += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
        }
        QVERIFY(as<ForeignCallback>(readCallback(garbage, State, Issuer)));
        QVERIFY(as<ForeignCallback>(readPastedAddress(QString::fromLatin1(garbage), openAiProfile(),
                                                      u"http://x/y"_s, State)));
    }
}

void tst_Callback::encodesAndDecodesFields_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("unreserved") << "aZ09-._~"_ba
                                << "aZ09-._~"_ba;
    QTest::newRow("space") << "a b"_ba
                           << "a%20b"_ba;
    QTest::newRow("plus") << "a+b"_ba
                          << "a%2Bb"_ba;
    QTest::newRow("percent") << "100%25"_ba
                             << "100%2525"_ba;
    QTest::newRow("separators") << "&=?#/:;,@!$'()*[]"_ba
                                << "%26%3D%3F%23%2F%3A%3B%2C%40%21%24%27%28%29%2A%5B%5D"_ba;
    QTest::newRow("UTF-8") << "\xc3\xbc\xe2\x82\xac"_ba
                           << "%C3%BC%E2%82%AC"_ba;
    QTest::newRow("empty") << ""_ba
                           << ""_ba;
}

void tst_Callback::encodesAndDecodesFields()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, encoded);
    const Fields fields{{"a", value}, {"b", value}};
    QCOMPARE(encodeFields(fields), "a=" + encoded + "&b=" + encoded);
    QCOMPARE(decodeFields(encodeFields(fields), 2), std::optional(fields));
}

void tst_Callback::refusesFieldsThatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("raw");
    for (const char *raw : {"a=%", "a=%2", "a=%g0", "%=a", "a=%00", "a=%1f", "a=%7F", "a=%ff",
                            "a=%c3", "a=%ed%a0%80", "a\n=b", "a=1&b=2&c=3"}) {
        QTest::newRow(raw) << QByteArray(raw);
    }
}

void tst_Callback::refusesFieldsThatCannotBeRead()
{
    QFETCH(QByteArray, raw);
    QVERIFY(!decodeFields(raw, 2));
}

void tst_Callback::redeemsWithTheIssuedClientAlone_data()
{
    QTest::addColumn<QString>("begunWith");
    QTest::addColumn<QByteArray>("named");
    QTest::addColumn<QString>("clientId");
    const QString introduction = u"dynamic_agent_client"_s;
    const QString own = u"oaiapp_1"_s;
    QTest::newRow("first sign-in") << introduction << "&client_id=oaiapp_1"_ba << own;
    QTest::newRow("sign-in again") << own << "&client_id=oaiapp_1"_ba << own;
    QTest::newRow("sign-in again, and none named") << own << ""_ba << own;
    QTest::newRow("sign-in again, and another named") << own << "&client_id=oaiapp_2"_ba << u""_s;
    QTest::newRow("sign-in again, and the introduction named")
        << own << "&client_id=dynamic_agent_client"_ba << u""_s;
    QTest::newRow("none named") << introduction << ""_ba << u""_s;
    QTest::newRow("an empty one named") << introduction << "&client_id="_ba << u""_s;
    QTest::newRow("the introduction named")
        << introduction << "&client_id=dynamic_agent_client"_ba << u""_s;
    QTest::newRow("another kind of client") << introduction << "&client_id=app_1"_ba << u""_s;
    QTest::newRow("nothing after the prefix") << introduction << "&client_id=oaiapp_"_ba << u""_s;
    QTest::newRow("a space in it") << introduction << "&client_id=oaiapp_1+2"_ba << u""_s;
    QTest::newRow("letters that are not ASCII")
        << introduction << "&client_id=oaiapp_%C3%A4"_ba << u""_s;
    QTest::newRow("a long one") << introduction << "&client_id=oaiapp_" + QByteArray(200, 'x')
                                << u""_s;
}

void tst_Callback::redeemsWithTheIssuedClientAlone()
{
    QFETCH(QString, begunWith);
    QFETCH(QByteArray, named);
    QFETCH(QString, clientId);
    auto profile = chatGptProfile();
    profile.clientId = begunWith;
    const auto callback = readCallback("code=ac_1&state=s" + named, Secret("s"), profile.issuer);
    const auto *authorized = std::get_if<AuthorizedCallback>(&callback);
    QVERIFY(authorized);
    const auto read = readIssuedClientId(profile, *authorized);
    QCOMPARE(read ? *read : QString(), clientId);
    if (!read) {
        QVERIFY(!read.error().advice.isEmpty());
        QVERIFY(read.error().kind == Error::Kind::InvalidResponse
                || read.error().kind == Error::Kind::InvalidClient);
    }
}

QTEST_GUILESS_MAIN(tst_Callback)
#include "tst_callback.moc"
