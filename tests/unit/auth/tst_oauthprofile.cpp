// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/authorizeurl.h"
#include "auth/oauthprofile.h"
#include "auth/pkce.h"
#include "auth/tokenrequest.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace Maestro;
using namespace Maestro::OAuth;

using Change = std::function<void(OAuthProfile &)>;
Q_DECLARE_METATYPE(Change)

class tst_OAuthProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesTheOpenAiAuthorizeAddressLetterByLetter();
    void makesTheAnthropicAuthorizeAddressLetterByLetter();
    void makesTheChatGptAuthorizeAddressLetterByLetter();
    void takesTheChatGptClientFromTheAccount();
    void sendsWhatChatGptTokensAreFor();
    void keepsAQueryThatTheEndpointHas();
    void encodesWhateverAScopeHolds();
    void differsBetweenOpenAiAndAnthropicOnlyByData();
    void renewsAnthropicTokensLetterByLetter();
    void sendsTheKeyExchangeAsAForm();
    void sendsAClientSecretOnlyWhenThereIsOne();
    void escapesJsonBodies();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void namesWhatIsWrongWithASignedOne_data();
    void namesWhatIsWrongWithASignedOne();
    void acceptsWhatIsFine();
    void challengesAsInRfc7636();
    void makesVerifiersThatNeverRepeat();
};

namespace {

const Secret State("STATE_0123456789");
const QByteArray Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

QByteArray addressOf(const OAuthProfile &profile)
{
    return makeAuthorizeUrl(profile, redirectUri(profile, 1455), Challenge, State).toEncoded();
}

QByteArray bodyOf(const TokenRequest &request) { return request.body.reveal(); }

} // namespace

void tst_OAuthProfile::makesTheOpenAiAuthorizeAddressLetterByLetter()
{
    QCOMPARE(addressOf(openAiProfile()),
             "https://auth.openai.com/oauth/authorize?response_type=code"
             "&client_id=app_EMoamEEZ73f0CkXaXp7hrann"
             "&redirect_uri=http%3A%2F%2Flocalhost%3A1455%2Fauth%2Fcallback"
             "&scope=openid%20profile%20email%20offline_access"
             "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
             "&code_challenge_method=S256&id_token_add_organizations=true"
             "&codex_cli_simplified_flow=true&state=STATE_0123456789&originator=maestro"_ba);
    QCOMPARE(redirectUri(openAiProfile(), 1457), u"http://localhost:1457/auth/callback"_s);
}

void tst_OAuthProfile::makesTheAnthropicAuthorizeAddressLetterByLetter()
{
    QCOMPARE(addressOf(anthropicProfile(u"client-1"_s)),
             "https://claude.ai/oauth/authorize?code=true&client_id=client-1&response_type=code"
             "&redirect_uri=https%3A%2F%2Fplatform.claude.com%2Foauth%2Fcode%2Fcallback"
             "&scope=org%3Acreate_api_key%20user%3Aprofile%20user%3Ainference"
             "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
             "&code_challenge_method=S256&state=STATE_0123456789"_ba);
}

void tst_OAuthProfile::makesTheChatGptAuthorizeAddressLetterByLetter()
{
    auto profile = chatGptProfile();
    QVERIFY(!findFault(profile));
    QVERIFY(profile.clientId.isEmpty());
    profile.clientId = profile.issuedClient->introduction;
    profile.issuedClient->hostId = u"urn:uuid:0b9a0c9e-7d5c-4f0e-9c38-5a1f6f2d7b11"_s;
    const auto address = [](const OAuthProfile &made) {
        return makeAuthorizeUrl(made, redirectUri(made, 40123), Challenge, State, Secret("NONCE_1"))
            .toEncoded();
    };
    const QByteArray rest
        = "&response_type=code"
          "&redirect_uri=http%3A%2F%2F127.0.0.1%3A40123%2Fauth%2Fcallback"
          "&scope=openid%20profile%20email%20offline_access%20resource.invoke"
          "%20chatgpt.tokens.use.direct"
          "&resource=https%3A%2F%2Fapi.openai.com%2Fv1&state=STATE_0123456789&nonce=NONCE_1"
          "&code_challenge_method=S256"
          "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
          "&ext_agent_host_id=urn%3Auuid%3A0b9a0c9e-7d5c-4f0e-9c38-5a1f6f2d7b11";
    const QByteArray start = "https://auth.openai.com/api/accounts/authorize?client_id=";
    QCOMPARE(address(profile), start + "dynamic_agent_client" + rest + "&agent_name_hint=Maestro");

    profile.clientId = u"oaiapp_1"_s; // the name is for the introduction alone
    QCOMPARE(address(profile), start + "oaiapp_1" + rest);
    QCOMPARE(address(askingForConsent(profile)), start + "oaiapp_1" + rest + "&prompt=consent");
}

void tst_OAuthProfile::takesTheChatGptClientFromTheAccount()
{
    const Account account{.key = {u"chatgpt"_s, AccountKey::Type::OAuth, u"acc-1"_s},
                          .email = u"ada@example.org"_s,
                          .clientId = u"oaiapp_1"_s};
    const auto profile = profileFor(chatGptProfile(), account);
    QVERIFY(profile);
    QCOMPARE(profile->clientId, u"oaiapp_1"_s);
    QVERIFY(!findFault(*profile));
    QVERIFY(addressOf(*profile).endsWith("&login_hint=ada%40example.org"));
    QVERIFY(!addressOf(*profile).contains("id_token"));

    const auto lost = profileFor(chatGptProfile(), {.key = account.key});
    QVERIFY(!lost);
    QCOMPARE(lost.error().kind, Error::Kind::AuthenticationRequired);
    QCOMPARE(*profileFor(openAiProfile(), account), openAiProfile());
}

void tst_OAuthProfile::sendsWhatChatGptTokensAreFor()
{
    auto profile = chatGptProfile();
    profile.clientId = u"oaiapp_1"_s;
    const QByteArray form = "application/x-www-form-urlencoded";
    const auto exchange
        = makeCodeExchange(profile, redirectUri(profile, 40123), Secret("c"), Secret("v"), State);
    QCOMPARE(exchange.url, QUrl(u"https://auth.openai.com/api/accounts/oauth/token"_s));
    QCOMPARE(exchange.contentType, form);
    QCOMPARE(bodyOf(exchange),
             "grant_type=authorization_code&code=c"
             "&redirect_uri=http%3A%2F%2F127.0.0.1%3A40123%2Fauth%2Fcallback&client_id=oaiapp_1"
             "&code_verifier=v&resource=https%3A%2F%2Fapi.openai.com%2Fv1"_ba);
    const auto refresh = makeRefresh(profile, Secret("r+1"));
    QCOMPARE(refresh.contentType, form);
    QCOMPARE(bodyOf(refresh),
             "client_id=oaiapp_1&grant_type=refresh_token&refresh_token=r%2B1"
             "&resource=https%3A%2F%2Fapi.openai.com%2Fv1"_ba);
    const auto revocation = makeRevocation(profile, {.refreshToken = Secret("r")});
    QVERIFY(revocation);
    QCOMPARE(revocation->url, QUrl(u"https://auth.openai.com/api/accounts/oauth/revoke"_s));
    QCOMPARE(revocation->contentType, form);
    QCOMPARE(bodyOf(*revocation), "token=r&token_type_hint=refresh_token&client_id=oaiapp_1"_ba);
    QCOMPARE(bodyOf(*makeRevocation(profile, {.accessToken = Secret("a")})),
             "token=a&token_type_hint=access_token&client_id=oaiapp_1"_ba);
    QVERIFY(!bodyOf(makeRefresh(openAiProfile(), Secret("r"))).contains("resource"));
}

void tst_OAuthProfile::keepsAQueryThatTheEndpointHas()
{
    auto profile = openAiProfile();
    profile.authorizeUrl = QUrl(u"https://idp.example/authorize?tenant=a%26b"_s);
    QVERIFY(addressOf(profile).startsWith(
        "https://idp.example/authorize?tenant=a%26b&response_type=code&"));
}

void tst_OAuthProfile::encodesWhateverAScopeHolds()
{
    auto profile = openAiProfile();
    profile.scopes = {u"a+b"_s, u"c&d=e"_s, u"ü%20"_s};
    QVERIFY(addressOf(profile).contains("&scope=a%2Bb%20c%26d%3De%20%C3%BC%2520&"));
}

void tst_OAuthProfile::differsBetweenOpenAiAndAnthropicOnlyByData()
{
    const auto openAi = openAiProfile();
    const auto anthropic = anthropicProfile(u"client-1"_s);
    QVERIFY(!findFault(openAi));
    QVERIFY(!findFault(anthropic));

    QCOMPARE(openAi.scopes.join(u' '), u"openid profile email offline_access"_s);
    QCOMPARE(anthropic.scopes.join(u' '), u"org:create_api_key user:profile user:inference"_s);
    QVERIFY(std::holds_alternative<LoopbackRedirect>(openAi.redirect));
    QVERIFY(std::holds_alternative<PastedRedirect>(anthropic.redirect));
    QCOMPARE(std::get<LoopbackRedirect>(openAi.redirect).ports, (QList<quint16>{1455, 1457}));
    QCOMPARE(openAi.signsWith, Credential::Type::ApiKey);
    QCOMPARE(anthropic.signsWith, Credential::Type::OAuthToken);

    const Secret code("c+d/e%");
    const Secret verifier("verifier");
    const auto form = makeCodeExchange(openAi, redirectUri(openAi, 1455), code, verifier, State);
    QCOMPARE(form.url, QUrl(u"https://auth.openai.com/oauth/token"_s));
    QCOMPARE(form.contentType, "application/x-www-form-urlencoded"_ba);
    QCOMPARE(bodyOf(form),
             "grant_type=authorization_code&code=c%2Bd%2Fe%25"
             "&redirect_uri=http%3A%2F%2Flocalhost%3A1455%2Fauth%2Fcallback"
             "&client_id=app_EMoamEEZ73f0CkXaXp7hrann&code_verifier=verifier"_ba);

    const auto json = makeCodeExchange(anthropic, redirectUri(anthropic, 0), code, verifier, State);
    QCOMPARE(json.url, QUrl(u"https://platform.claude.com/v1/oauth/token"_s));
    QCOMPARE(json.contentType, "application/json"_ba);
    QCOMPARE(bodyOf(json),
             R"({"grant_type":"authorization_code","code":"c+d/e%",)"
             R"("redirect_uri":"https://platform.claude.com/oauth/code/callback",)"
             R"("client_id":"client-1","code_verifier":"verifier","state":"STATE_0123456789"})"_ba);
}

void tst_OAuthProfile::renewsAnthropicTokensLetterByLetter()
{
    const auto request = makeRefresh(anthropicProfile(u"client-1"_s), Secret("rt-1"));
    QCOMPARE(request.url, QUrl(u"https://platform.claude.com/v1/oauth/token"_s));
    QCOMPARE(request.contentType, "application/json"_ba);
    QCOMPARE(bodyOf(request),
             R"({"client_id":"client-1","grant_type":"refresh_token","refresh_token":"rt-1"})"_ba);
}

void tst_OAuthProfile::sendsTheKeyExchangeAsAForm()
{
    const auto request = makeKeyExchange(openAiProfile(), Secret("eyJ.a+b.c"));
    QCOMPARE(request.contentType, "application/x-www-form-urlencoded"_ba);
    QCOMPARE(bodyOf(request),
             "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
             "&client_id=app_EMoamEEZ73f0CkXaXp7hrann&requested_token=openai-api-key"
             "&subject_token=eyJ.a%2Bb.c"
             "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token"_ba);
}

void tst_OAuthProfile::sendsAClientSecretOnlyWhenThereIsOne()
{
    auto profile = openAiProfile();
    const auto body = [&]() -> QByteArray {
        return bodyOf(makeCodeExchange(profile, u"r"_s, Secret("c"), Secret("v"), State))
            + bodyOf(makeKeyExchange(profile, Secret("t")));
    };
    QVERIFY(!body().contains("client_secret"));
    profile.clientSecret = Secret("s&t");
    QCOMPARE(body().count("&client_secret=s%26t"), 2);
}

void tst_OAuthProfile::escapesJsonBodies()
{
    auto profile = anthropicProfile(u"client-1"_s);
    const QByteArray nasty = "a\"b\\c{}:,\t\xc3\xa4";
    const auto body = bodyOf(makeCodeExchange(profile, u"r"_s, Secret(nasty), Secret("v"), State));
    QCOMPARE(QJsonDocument::fromJson(body).object().value("code"_L1).toString(),
             QString::fromUtf8(nasty));
}

void tst_OAuthProfile::namesWhatIsWrong_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const QString &named, const Change &change) {
        QTest::newRow(name) << change << named;
    };
    const auto authorize = u"The authorize address"_s;
    const auto token = u"The token address"_s;
    row("no name", u"no name"_s, [](OAuthProfile &p) { p.id.clear(); });
    row("no provider", u"no name"_s, [](OAuthProfile &p) { p.provider.clear(); });
    row("no authorize address", authorize, [](OAuthProfile &p) { p.authorizeUrl.clear(); });
    row("authorize without host", authorize,
        [](OAuthProfile &p) { p.authorizeUrl = QUrl(u"https:///x"_s); });
    row("authorize over http", authorize,
        [](OAuthProfile &p) { p.authorizeUrl = QUrl(u"http://auth.openai.com/a"_s); });
    row("authorize as javascript", authorize,
        [](OAuthProfile &p) { p.authorizeUrl = QUrl(u"javascript:alert(1)"_s); });
    row("authorize with password", u"user name"_s,
        [](OAuthProfile &p) { p.authorizeUrl = QUrl(u"https://a:b@auth.openai.com/a"_s); });
    row("authorize with fragment", u"fragment"_s,
        [](OAuthProfile &p) { p.authorizeUrl = QUrl(u"https://auth.openai.com/a#b"_s); });
    row("no token address", token, [](OAuthProfile &p) { p.tokenUrl.clear(); });
    row("token over http", token,
        [](OAuthProfile &p) { p.tokenUrl = QUrl(u"http://auth.openai.com/t"_s); });
    row("token at a name that looks like loopback", token,
        [](OAuthProfile &p) { p.tokenUrl = QUrl(u"http://localhost.evil.example/t"_s); });
    row("no client id", u"client id"_s, [](OAuthProfile &p) { p.clientId.clear(); });
    row("client id with a space", u"client id"_s, [](OAuthProfile &p) { p.clientId = u"a b"_s; });
    row("client id with a line break", u"client id"_s,
        [](OAuthProfile &p) { p.clientId = u"a\nb"_s; });
    row("redirect to another computer", u"redirect"_s, [](OAuthProfile &p) {
        p.redirect = LoopbackRedirect{u"192.0.2.1"_s, {1455}, u"/auth/callback"_s};
    });
    row("redirect without ports", u"redirect"_s, [](OAuthProfile &p) {
        p.redirect = LoopbackRedirect{u"localhost"_s, {}, u"/auth/callback"_s};
    });
    row("redirect without path", u"redirect"_s, [](OAuthProfile &p) {
        p.redirect = LoopbackRedirect{u"localhost"_s, {1455}, {}};
    });
    row("redirect with a query", u"redirect"_s, [](OAuthProfile &p) {
        p.redirect = LoopbackRedirect{u"localhost"_s, {1455}, u"/a?b"_s};
    });
    row("pasted redirect over http", u"redirect"_s,
        [](OAuthProfile &p) { p.redirect = PastedRedirect{QUrl(u"http://evil.example/"_s)}; });
    row("no state", u"lacks a parameter"_s,
        [](OAuthProfile &p) { p.authorizeParameters.removeAt(8); });
    row("no challenge", u"lacks a parameter"_s,
        [](OAuthProfile &p) { p.authorizeParameters.removeAt(4); });
    row("a parameter twice", u"twice"_s, [](OAuthProfile &p) {
        p.authorizeParameters.append({"state", AuthorizeParameter::Value::Literal, u"x"_s});
    });
}

void tst_OAuthProfile::namesWhatIsWrong()
{
    QFETCH(Change, change);
    QFETCH(QString, named);
    auto profile = openAiProfile();
    change(profile);
    const auto fault = findFault(profile);
    QVERIFY(fault);
    QCOMPARE(fault->kind, Error::Kind::Configuration);
    QVERIFY2(fault->message.contains(named), qPrintable(fault->message));
    QVERIFY(!fault->advice.isEmpty());
}

void tst_OAuthProfile::namesWhatIsWrongWithASignedOne_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const QString &named, const Change &change) {
        QTest::newRow(name) << change << named;
    };
    row("no keys", u"The address of the keys"_s, [](OAuthProfile &p) { p.keysUrl.clear(); });
    row("keys of another server", u"The address of the keys"_s,
        [](OAuthProfile &p) { p.keysUrl = QUrl(u"https://auth.openai.com.evil.example/jwks"_s); });
    row("keys at another port", u"The address of the keys"_s,
        [](OAuthProfile &p) { p.keysUrl = QUrl(u"https://auth.openai.com:444/jwks"_s); });
    row("keys over http", u"The address of the keys"_s,
        [](OAuthProfile &p) { p.keysUrl = QUrl(u"http://auth.openai.com/jwks"_s); });
    row("tokens of another server", u"The token address"_s,
        [](OAuthProfile &p) { p.tokenUrl = QUrl(u"https://evil.example/token"_s); });
    row("revocation at another server", u"The revocation address"_s,
        [](OAuthProfile &p) { p.revokeUrl = QUrl(u"https://evil.example/revoke"_s); });
    row("no issuer", u"another server"_s, [](OAuthProfile &p) { p.issuer.clear(); });
    row("no nonce", u"is checked by"_s, [](OAuthProfile &p) { p.authorizeParameters.removeAt(6); });
}

void tst_OAuthProfile::namesWhatIsWrongWithASignedOne()
{
    QFETCH(Change, change);
    QFETCH(QString, named);
    auto profile = chatGptProfile();
    change(profile);
    const auto fault = findFault(profile);
    QVERIFY(fault);
    QCOMPARE(fault->kind, Error::Kind::Configuration);
    QVERIFY2(fault->message.contains(named), qPrintable(fault->message));
}

void tst_OAuthProfile::acceptsWhatIsFine()
{
    auto profile = openAiProfile();
    profile.authorizeUrl = QUrl(u"http://127.0.0.1:8080/authorize"_s);
    profile.tokenUrl = QUrl(u"http://[::1]:8080/token"_s);
    QVERIFY(!findFault(profile));
    const auto fault = findFault(anthropicProfile({}));
    QVERIFY(fault && fault->message.contains(u"client id"_s));
}

void tst_OAuthProfile::challengesAsInRfc7636()
{
    // Appendix B
    QCOMPARE(challengeOf(Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
             "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_ba);
}

void tst_OAuthProfile::makesVerifiersThatNeverRepeat()
{
    static const QRegularExpression verifierShape(u"^[A-Za-z0-9_-]{86}$"_s);
    static const QRegularExpression stateShape(u"^[A-Za-z0-9_-]{43}$"_s);
    constexpr int Attempts = 10000;
    QSet<QByteArray> seen;
    for (int i = 0; i < Attempts; ++i) {
        const Pkce pkce = makePkce();
        const Secret state = makeState();
        QVERIFY(verifierShape.match(QString::fromLatin1(pkce.verifier.reveal())).hasMatch());
        QVERIFY(stateShape.match(QString::fromLatin1(state.reveal())).hasMatch());
        seen.insert(pkce.verifier.reveal());
        seen.insert(state.reveal());
        seen.insert(pkce.challenge);
    }
    QCOMPARE(seen.size(), 3 * Attempts);
}

QTEST_GUILESS_MAIN(tst_OAuthProfile)
#include "tst_oauthprofile.moc"
