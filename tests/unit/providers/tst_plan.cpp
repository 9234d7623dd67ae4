// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;

//! The Responses API on the plan of a ChatGPT account.
class tst_Plan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForNothingThatAPlanRefuses();
    void isNotTheRowThatIsBilled();
    void listsTheModelsThatAreForAPerson_data();
    void listsTheModelsThatAreForAPerson();
    void saysWhatAReplyMeans_data();
    void saysWhatAReplyMeans();
    void saysWhatAnErrorInTheStreamMeans();
    void takesTheTextFromTheDeltasWhenTheEndIsEmpty();
    void readsTheLimitsOfThePlan_data();
    void readsTheLimitsOfThePlan();

private:
    const Provider m_provider = providerOf("chatgpt");
};

void tst_Plan::asksForNothingThatAPlanRefuses()
{
    ChatRequest request{u"gpt-5.6"_s, {u"Be brief."_s, {Prompt{u"Why?"_s}}}};
    request.maxOutputTokens = 2000;
    request.reasoningEffort = u"low"_s;
    request.functions = {{u"now"_s, u"Tells the time."_s, {{u"type"_s, u"object"_s}}}};
    const HttpRequest http = m_provider.makeChatRequest(m_provider, request);
    QCOMPARE(http.url, QUrl(u"https://api.openai.com/v1/responses"_s));
    const QJsonObject body = object(http.body);
    QCOMPARE(body.keys(),
             (QStringList{u"include"_s, u"input"_s, u"instructions"_s, u"model"_s, u"reasoning"_s,
                          u"store"_s, u"stream"_s, u"tools"_s}));
    QCOMPARE(body["store"_L1], QJsonValue(false));
    QCOMPARE(body["stream"_L1], QJsonValue(true));
    QCOMPARE(body["instructions"_L1], QJsonValue(u"Be brief."_s));
    QCOMPARE(body["input"_L1].toArray().size(), 1);
    QCOMPARE(body["input"_L1][0]["role"_L1], QJsonValue(u"user"_s));
}

void tst_Plan::isNotTheRowThatIsBilled()
{
    QCOMPARE(m_provider.id, u"chatgpt"_s);
    QCOMPARE(m_provider.name, u"ChatGPT plan"_s);
    QCOMPARE(m_provider.usageNotice, u"You're using your ChatGPT plan."_s);
    QCOMPARE(m_provider.usageUrl, QUrl(u"https://chatgpt.com/settings/usage"_s));
    QCOMPARE(m_provider.authorize({Credential::Type::OAuthToken, Secret("at")}),
             (HttpHeaders{{"Authorization", "Bearer at"}}));
    QVERIFY(!findProvider(allProviders(), u"chatgpt", u"chat"));
    QVERIFY(providerOf("openai").usageUrl.isEmpty());
}

void tst_Plan::listsTheModelsThatAreForAPerson_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("models");
    QTest::newRow("in the server's order")
        << R"({"models":[{"slug":"gpt-6","display_name":"GPT-6","visibility":"list"},
            {"slug":"hidden","visibility":"hide"},{"slug":"gpt-5.6","visibility":"list"},
            {"slug":"nameless"},{"slug":"","visibility":"list"},{"slug":7,"visibility":"list"},
            {"slug":"gpt-6","visibility":"list"},null]})"_ba
        << QStringList{u"gpt-6"_s, u"gpt-5.6"_s};
    QTest::newRow("a list of the other kind")
        << R"({"data":[{"id":"gpt-5.6"}]})"_ba << QStringList();
    QTest::newRow("no list") << R"({"models":{"slug":"x"}})"_ba << QStringList();
    QTest::newRow("a page") << "<html>"_ba << QStringList();
}

void tst_Plan::listsTheModelsThatAreForAPerson()
{
    QFETCH(QByteArray, body);
    QTEST(m_provider.readModels(body), "models");
}

void tst_Plan::saysWhatAReplyMeans_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *code, int status, Kind kind, const QString &says) {
        QTest::newRow(code) << status
                            << R"({"error":{"message":"No","type":"invalid_request_error","code":")"
                + QByteArray(code) + R"("}})"
                            << kind << says;
    };
    row("subscription_sharing_user_not_eligible", 403, Kind::PermissionDenied, u"Plus or Pro"_s);
    row("subscription_sharing_usage_limit_exceeded", 429, Kind::QuotaExceeded,
        u"https://chatgpt.com/settings/usage"_s);
    row("subscription_sharing_usage_unavailable", 503, Kind::Overloaded, u"in a few minutes"_s);
    row("subscription_sharing_user_unavailable", 503, Kind::Overloaded, u"in a few minutes"_s);
    row("subscription_sharing_unsupported_capability", 400, Kind::InvalidRequest,
        u"not possible"_s);
    row("subscription_sharing_route_not_supported", 403, Kind::PermissionDenied, u"API key"_s);
    row("subscription_sharing_invalid_user", 401, Kind::AuthenticationRequired, u"Sign in again"_s);
    row("chatpass_v2_scope_not_authorized", 403, Kind::ConsentRequired, u"allow it"_s);
    row("chatpass_v2_invalid_authorization_context", 403, Kind::ConsentRequired, u"allow it"_s);
    row("insufficient_quota", 429, Kind::QuotaExceeded, u"https://chatgpt.com/settings/usage"_s);
    row("rate_limit_exceeded", 429, Kind::RateLimited, u"fewer requests"_s);
    QTest::newRow("detail in words") << 400 << R"({"detail":"Unsupported parameter: top_p"})"_ba
                                     << Kind::InvalidRequest << u"Unsupported parameter: top_p"_s;
    QTest::newRow("detail as an object")
        << 403
        << R"({"detail":{"code":"subscription_sharing_user_not_eligible","message":"No"}})"_ba
        << Kind::PermissionDenied << u"Plus or Pro"_s;
    QTest::newRow("the parameter that is refused")
        << 400
        << R"({"error":{"code":"subscription_sharing_unsupported_capability","param":"tools"}})"_ba
        << Kind::InvalidRequest << u"tools"_s;
    QTest::newRow("a page") << 502 << "<html>Bad gateway</html>"_ba << Kind::Overloaded
                            << u"Bad gateway"_s;
    QTest::newRow("nothing") << 500 << ""_ba << Kind::ServerFailure << u"ChatGPT plan"_s;
}

void tst_Plan::saysWhatAReplyMeans()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, says);
    const Error error = m_provider.readError(m_provider, {status, {{"Retry-After", "60"}}, body});
    QTEST(error.kind, "kind");
    const QString all = error.message + u'\n' + error.advice + u'\n' + error.detail;
    QVERIFY2(all.contains(says), qPrintable(all));
    // Never a word of money for what a plan pays, and no waiting for what waiting does not mend.
    QVERIFY2(!all.contains("API credit"_L1) && !all.contains("billing"_L1), qPrintable(all));
    QVERIFY(error.kind != Kind::QuotaExceeded || !error.retryAfter);
}

void tst_Plan::saysWhatAnErrorInTheStreamMeans()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Once"})",
            R"({"type":"response.failed","response":{"status":"failed","error":{"code":"subscription_sharing_usage_limit_exceeded","message":"Limit"}}})",
        }));
    const QList<StreamFault> faults = only<StreamFault>(messages);
    QCOMPARE(faults.size(), 1);
    QVERIFY(faults.first().fatal);
    QCOMPARE(faults.first().error.kind, Kind::QuotaExceeded);
    QVERIFY(faults.first().error.advice.contains("https://chatgpt.com/settings/usage"_L1));
    QCOMPARE(answerOf(messages).text(), u"Once"_s);
}

void tst_Plan::takesTheTextFromTheDeltasWhenTheEndIsEmpty()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"response.created","response":{"id":"r","status":"in_progress","model":"gpt-5.6"}})",
            R"({"type":"response.output_item.added","output_index":0,"item":{"id":"m1","type":"message","phase":"commentary","role":"assistant","content":[]}})",
            R"({"type":"response.output_text.delta","output_index":0,"item_id":"m1","content_index":0,"delta":"I look. "})",
            R"({"type":"response.output_item.done","output_index":0,"item":{"id":"m1","type":"message","phase":"commentary","role":"assistant","content":[{"type":"output_text","text":"I look. "}]}})",
            R"({"type":"response.output_item.added","output_index":1,"item":{"id":"m2","type":"message","phase":"final_answer","role":"assistant","content":[]}})",
            R"({"type":"response.output_text.delta","output_index":1,"item_id":"m2","content_index":0,"delta":"Forty-"})",
            R"({"type":"response.output_text.delta","output_index":1,"item_id":"m2","content_index":0,"delta":"two"})",
            R"({"type":"response.output_item.done","output_index":1,"item":{"id":"m2","type":"message","phase":"final_answer","role":"assistant","content":[{"type":"output_text","text":"Forty-two"}]}})",
            R"({"type":"response.completed","response":{"id":"r","status":"completed","output":[],"usage":{"input_tokens":3,"output_tokens":5,"total_tokens":8}}})",
        }));
    const Answer answer = answerOf(messages);
    QCOMPARE(answer.text(), u"I look. Forty-two"_s);
    QVERIFY(answer.isComplete());
    const Done done = std::get<Done>(messages.last());
    QCOMPARE(done.ending, Done::Ending::Complete);
    QCOMPARE(done.items.size(), 2); // and they go back with the next question
    QCOMPARE(only<Usage>(messages).size(), 1);
}

namespace {

const QDateTime Noon(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);

QByteArray at(int seconds) { return QByteArray::number(Noon.toSecsSinceEpoch() + seconds); }

HttpHeaders window(const QByteArray &name, const QByteArray &used, const QByteArray &minutes = {},
                   const QByteArray &resetAt = {}, const QByteArray &resetAfter = {})
{
    const QByteArray prefix = "X-Codex-" + name + '-';
    HttpHeaders headers{{prefix + "Used-Percent", used}};
    if (!minutes.isNull()) {
        headers.append({prefix + "Window-Minutes", minutes});
    }
    if (!resetAt.isNull()) {
        headers.append({prefix + "Reset-At", resetAt});
    }
    if (!resetAfter.isNull()) {
        headers.append({prefix + "Reset-After-Seconds", resetAfter});
    }
    return headers;
}

} // namespace

void tst_Plan::readsTheLimitsOfThePlan_data()
{
    QTest::addColumn<HttpHeaders>("headers");
    QTest::addColumn<PlanLimits>("limits");
    using std::chrono::minutes;
    const PlanLimit five{37, minutes(300), Noon.addSecs(600)};
    const PlanLimit week{12.5, minutes(10080), Noon.addDays(3)};
    const auto first = [](const char *name, const HttpHeaders &headers, const PlanLimits &limits) {
        QTest::newRow(name) << headers << limits;
    };
    first("nothing", {}, {});
    first("another provider's", {{"x-ratelimit-remaining-tokens", "7"}}, {});
    first("both windows",
          window("Primary", "37", "300", at(600))
              + window("Secondary", "12.5", "10080", at(3 * 24 * 3600)),
          {five, week});
    first("the second alone", window("Secondary", "12.5", "10080", at(3 * 24 * 3600)), {week});
    first("in so many seconds", window("Primary", "37", "300", {}, "600"), {five});
    first("a clock here that is wrong", window("Primary", "37", "300", at(-7200), "600"), {five});
    first("only what is used", window("Primary", "37"), {{37}});
    first("nothing used yet", window("Primary", "0", "300", at(600)),
          {{0, minutes(300), Noon.addSecs(600)}});
    first("zeros for a plan without that limit", window("Primary", "0", "0"), {});
    first("a little over the limit", window("Primary", "104", "300"), {{100, minutes(300)}});
    first("far over it", window("Primary", "1e300", "300"), {});
    first("less than nothing", window("Primary", "-3", "300"), {});
    first("no number", window("Primary", "nan", "300"), {});
    first("infinite", window("Primary", "inf", "300"), {});
    first("words", window("Primary", "half", "300"), {});
    first("empty", window("Primary", "", "300"), {});
    first("twice", window("Primary", "3, 4", "300"), {});
    first("a number of many digits", window("Primary", QByteArray(10'000, '1'), "300"), {});
    first("bytes", window("Primary", QByteArray("3\x00\xff", 3), "300"), {});
    first("a window of no length", window("Primary", "37", "0"), {{37}});
    first("a window of centuries", window("Primary", "37", "99999999999"), {{37}});
    first("a window in words", window("Primary", "37", "5h"), {{37}});
    first("a reset that is over", window("Primary", "37", {}, at(-1)), {{37}});
    first("a reset after centuries", window("Primary", "37", {}, "9999999999999"), {{37}});
    first("a reset that overflows", window("Primary", "37", {}, {}, "1e308"), {{37}});
    first("a reset in words", window("Primary", "37", {}, "Monday", "soon"), {{37}});
    first("no word of what is used", {{"x-codex-primary-window-minutes", "300"}}, {});
}

void tst_Plan::readsTheLimitsOfThePlan()
{
    QFETCH(HttpHeaders, headers);
    QTEST(m_provider.readPlanLimits(headers, Noon), "limits");
    QVERIFY(!providerOf("openai").readPlanLimits); // what is paid for has none
}

QTEST_GUILESS_MAIN(tst_Plan)
#include "tst_plan.moc"
