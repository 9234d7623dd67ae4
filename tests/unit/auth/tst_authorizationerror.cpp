// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/authorizationerror.h"
#include "auth/tokenreply.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Maestro;
using namespace Maestro::OAuth;

//! What OpenAI, and the protocols, say of an account, and what people are told.
class tst_AuthorizationError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysInPlainWordsWhatAnAccountLacks_data();
    void saysInPlainWordsWhatAnAccountLacks();
    void meansTheSameAtTheTokenEndpoint_data();
    void meansTheSameAtTheTokenEndpoint();
    void saysWhatTheProtocolsErrorsMean_data();
    void saysWhatTheProtocolsErrorsMean();
    void namesTheWaysForwardWithoutAKey();
    void readsEveryShapeOfAnErrorBody_data();
    void readsEveryShapeOfAnErrorBody();
    void isNotMisledByGarbage_data();
    void isNotMisledByGarbage();
};

namespace {

using Kind = Error::Kind;

void addAccountErrors()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("description");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("said"); // of the message
    QTest::addColumn<QString>("way"); // of the advice
    const auto row = [](const QString &code, const QString &description, Kind kind,
                        const QString &said, const QString &way) {
        QTest::addRow("%s / %s", qPrintable(code), qPrintable(description))
            << code << description << kind << said << way;
    };
    const QString denied = u"access_denied"_s;
    row(denied, u"missing_codex_entitlement"_s, Kind::AccessDenied, u"workspace"_s,
        u"administrator"_s);
    row(u"missing_codex_entitlement"_s, {}, Kind::AccessDenied, u"workspace"_s, u"administrator"_s);
    row(u"codex_cli_workspace_disabled"_s, {}, Kind::AccessDenied, u"switched off"_s,
        u"administrator"_s);
    row(denied, u"An error occurred during authentication (codex_cli_workspace_disabled)"_s,
        Kind::AccessDenied, u"switched off"_s, u"administrator"_s);
    row(u"no_valid_organizations"_s, {}, Kind::NoOrganization, u"no organization"_s,
        u"https://platform.openai.com/settings/organization/general"_s);
    row(u"chatgpt_account_missing"_s, u"No eligible ChatGPT workspaces found"_s, Kind::AccessDenied,
        u"no ChatGPT workspace"_s, u"chatgpt.com"_s);
    row(u"unsupported_country_region_territory"_s, {}, Kind::AccessDenied, u"country or region"_s,
        u"VPN"_s);
    row({}, u"Country, region, or territory not supported"_s, Kind::AccessDenied,
        u"country or region"_s, u"VPN"_s);
    row(u"workspace_restriction"_s, {}, Kind::AccessDenied, u"workspace"_s, u"administrator"_s);
    row(denied, u"subscription_sharing_user_not_eligible"_s, Kind::AccessDenied,
        u"no plan that other programs can use"_s, u"Plus or Pro"_s);
    row(u"chatpass_v2_scope_not_authorized"_s, {}, Kind::ConsentRequired, u"not allowed"_s,
        u"allow it"_s);
    row(u"chatpass_v2_invalid_authorization_context"_s, {}, Kind::ConsentRequired, u"not allowed"_s,
        u"allow it"_s);
    row(u"deactivated_workspace"_s, {}, Kind::AccessDenied, u"deactivated"_s,
        u"another workspace"_s);
    row(u"invalid_workspace_selected"_s, {}, Kind::AccessDenied, u"workspace"_s,
        u"another workspace"_s);
    row(u"account_deactivated"_s, {}, Kind::AccessDenied, u"deleted or deactivated"_s,
        u"help.openai.com"_s);
    row(denied, u"Enable device code authorization for Codex in ChatGPT Security Settings"_s,
        Kind::AccessDenied, u"device code"_s, u"Security"_s);
    row({}, u"Please contact your workspace admin to enable device code authentication"_s,
        Kind::AccessDenied, u"device code"_s, u"administrator"_s);
}

} // namespace

void tst_AuthorizationError::saysInPlainWordsWhatAnAccountLacks_data() { addAccountErrors(); }

void tst_AuthorizationError::saysInPlainWordsWhatAnAccountLacks()
{
    QFETCH(QString, code);
    QFETCH(QString, description);
    const Error error = describeAuthorizationError(code, description);
    QTEST(error.kind, "kind");
    QFETCH(QString, said);
    QVERIFY2(error.message.contains(said), qPrintable(error.message));
    QFETCH(QString, way);
    QVERIFY2(error.advice.contains(way), qPrintable(error.advice));
    // The raw words are for the details alone.
    QVERIFY(code.isEmpty() || error.detail.contains(code));
    QVERIFY(code.isEmpty() || !error.message.contains(code));
    QVERIFY(description.isEmpty() || error.detail.contains(description));
    // Quoted if it is a sentence, and not a second code.
    QCOMPARE(error.reason, description.contains(u' ') ? description : QString());
}

void tst_AuthorizationError::meansTheSameAtTheTokenEndpoint_data() { addAccountErrors(); }

void tst_AuthorizationError::meansTheSameAtTheTokenEndpoint()
{
    QFETCH(QString, code);
    QFETCH(QString, description);
    const Error redirected = describeAuthorizationError(code, description);
    for (const int status : {400, 401, 402, 403}) {
        Error answered = describeTokenError(status, {code, description});
        QCOMPARE(answered.detail, u"HTTP %1, %2"_s.arg(status).arg(redirected.detail));
        answered.detail = redirected.detail;
        QCOMPARE(answered, redirected);
    }
}

void tst_AuthorizationError::saysWhatTheProtocolsErrorsMean_data()
{
    QTest::addColumn<Error::Kind>("kind");
    const auto row = [](const char *code, Kind kind) { QTest::newRow(code) << kind; };
    row("access_denied", Kind::AccessDenied);
    row("consent_required", Kind::AccessDenied);
    row("login_required", Kind::AccessDenied);
    row("account_selection_required", Kind::AccessDenied);
    row("invalid_grant", Kind::InvalidGrant);
    row("invalid_client", Kind::InvalidClient);
    row("unauthorized_client", Kind::InvalidClient);
    row("invalid_scope", Kind::InvalidRequest);
    row("invalid_request", Kind::InvalidRequest);
    row("invalid_target", Kind::InvalidRequest);
    row("unsupported_response_type", Kind::Unsupported);
    row("unsupported_grant_type", Kind::Unsupported);
    row("server_error", Kind::ServerFailure);
    row("temporarily_unavailable", Kind::Overloaded);
    row("rate_limit_exceeded", Kind::RateLimited);
    row("slow_down", Kind::RateLimited);
    row("expired_token", Kind::Timeout);
    row("something_new", Kind::Unknown);
    row("token_exchange_failed", Kind::Unknown);
}

void tst_AuthorizationError::saysWhatTheProtocolsErrorsMean()
{
    const QString code = QString::fromLatin1(QTest::currentDataTag());
    const Error error = describeAuthorizationError(code, u"words"_s);
    QTEST(error.kind, "kind");
    QVERIFY(!error.message.isEmpty());
    QVERIFY(!error.advice.isEmpty());
    QVERIFY(!error.message.contains(code));
    QCOMPARE(error.detail, code + u": words"_s);
}

void tst_AuthorizationError::namesTheWaysForwardWithoutAKey()
{
    const Error refused = describeTokenError(
        401, {u"invalid_subject_token"_s, u"Invalid ID token: missing organization_id"_s});
    QCOMPARE(refused.kind, Kind::NoOrganization);
    for (const Error &error :
         {refused, describeMissingOrganization(u"d"_s), describeRefusedKey(u"d"_s)}) {
        QCOMPARE(error.kind, Kind::NoOrganization);
        QVERIFY(error.message.startsWith(u"You are signed in"_s));
        for (const QString &way : {organizationPage().toString(), u"API key"_s, u"ChatGPT"_s}) {
            QVERIFY2(error.advice.contains(way), qPrintable(error.advice));
        }
    }
    QCOMPARE(organizationPage(),
             QUrl(u"https://platform.openai.com/settings/organization/general"_s));
}

void tst_AuthorizationError::readsEveryShapeOfAnErrorBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorWords>("words");
    const ErrorWords both{u"c"_s, u"d"_s};
    QTest::newRow("RFC 6749") << R"({"error":"c","error_description":"d"})"_ba << both;
    QTest::newRow("error and message") << R"({"error":"c","message":"d"})"_ba << both;
    QTest::newRow("error object") << R"({"error":{"code":"c","message":"d"}})"_ba << both;
    QTest::newRow("error object with a type")
        << R"({"error":{"type":"c","code":null,"message":"d"}})"_ba << both;
    QTest::newRow("detail") << R"({"detail":"d"})"_ba << ErrorWords{{}, u"d"_s};
    QTest::newRow("detail and code") << R"({"detail":"d","code":"c"})"_ba << both;
    QTest::newRow("detail object") << R"({"detail":{"code":"c","message":"d"}})"_ba << both;
    QTest::newRow("detail list") << R"({"detail":[{"msg":"d"}]})"_ba << ErrorWords{};
    QTest::newRow("no JSON") << "<html>"_ba << ErrorWords{};
}

void tst_AuthorizationError::readsEveryShapeOfAnErrorBody()
{
    QFETCH(QByteArray, body);
    QTEST(readErrorWords(body), "words");
}

void tst_AuthorizationError::isNotMisledByGarbage_data()
{
    QTest::addColumn<QString>("garbage");
    QTest::newRow("nothing") << QString();
    QTest::newRow("control characters") << u"\x01\x02\r\n\x1b[31m"_s;
    QTest::newRow("markup") << u"<script>alert(1)</script>"_s;
    QTest::newRow("a megabyte") << QString(1024 * 1024, u'x');
    QTest::newRow("half a surrogate pair") << QString(QChar(0xd800));
    QTest::newRow("format signs") << u"%1 %2 %s %n"_s;
}

void tst_AuthorizationError::isNotMisledByGarbage()
{
    QFETCH(QString, garbage);
    for (const Error &error : {describeAuthorizationError(garbage, garbage),
                               describeTokenError(400, {garbage, garbage})}) {
        QVERIFY(error.detail.size() < 400);
        QVERIFY(!error.detail.contains(u'\x1b'));
        QVERIFY(!error.detail.contains(u'\n'));
        QVERIFY(!error.message.isEmpty());
        QVERIFY(garbage.isEmpty() || !error.message.contains(garbage));
    }
}

QTEST_GUILESS_MAIN(tst_AuthorizationError)
#include "tst_authorizationerror.moc"
