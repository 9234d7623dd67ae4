// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;

class tst_ProviderRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsARowByIdAndInterface();
    void asksOpenAiResponses();
    void asksOpenAiChat();
    void asksAnthropic();
    void asksGemini();
    void sendsAnAnswerBackAsItCame_data();
    void sendsAnAnswerBackAsItCame();
    void rebuildsAnAnswerThatWasCutOff();
    void wantsReasoningOnlyOfModelsThatReason();
    void carriesTheCredentialInAHeader();
    void readsTheModelsThatChat();
};

namespace {

const QByteArray Schema = R"({"type":"object","properties":{"city":{"type":"string"}}})";

//! A question, an answer of another provider with a call, its result, and the next question.
ChatRequest wholeRequest(const QString &model)
{
    Answer answer;
    answer.fold(Content{0, u"I look."_s});
    answer.fold(FunctionCall{Phase::Begin, 0, u"call_1"_s, u"weather"_s, {}});
    answer.fold(
        FunctionCall{Phase::Complete, 0, u"call_1"_s, u"weather"_s, u"{\"city\":\"Rome\"}"_s});
    answer.fold(
        FunctionCall{Phase::Begin, 1, u"call_2"_s, u"weather"_s, u"{\"ci"_s}); // never completed
    answer.fold(Done{Done::Ending::Complete, Done::Stop::ToolUse});
    ChatRequest request;
    request.model = model;
    request.conversation.system = u"Be brief."_s;
    request.conversation.turns
        = {Prompt{u"Weather?"_s}, ModelTurn{u"elsewhere"_s, answer},
           FunctionResult{u"call_1"_s, u"weather"_s, u"18 °C"_s, true}, Prompt{u"And \"now\"?"_s}};
    request.functions = {{u"weather"_s, u"Tells the weather."_s, object(Schema)}};
    request.reasoningEffort = u"low"_s;
    request.maxOutputTokens = 2000;
    return request;
}

QJsonObject bodyOf(const Provider &provider, const ChatRequest &request)
{
    return object(provider.makeChatRequest(provider, request).body);
}

bool isSame(const QJsonObject &actual, const QByteArray &expected)
{
    if (actual == object(expected)) {
        return true;
    }
    qWarning("%s", QJsonDocument(actual).toJson().constData());
    return false;
}

} // namespace

void tst_ProviderRequests::findsARowByIdAndInterface()
{
    const QList<Provider> all = allProviders();
    QCOMPARE(findProvider(all, u"openai")->api, u"responses"_s);
    QCOMPARE(findProvider(all, u"openai", u"chat")->api, u"chat"_s);
    QVERIFY(!findProvider(all, u"openai", u"telex"));
    QVERIFY(!findProvider(all, u"nobody"));
    for (const Provider &row : all) {
        QVERIFY(!row.models.isEmpty() && !row.isPractice && row.baseUrl.scheme() == "https"_L1
                && !row.baseUrl.path().endsWith(u'/'));
        QVERIFY(row.makeChatRequest && row.makeModelsRequest && row.authorize
                && row.makeStreamHandler && row.readError && row.readModels);
    }
}

void tst_ProviderRequests::asksOpenAiResponses()
{
    const Provider provider = providerOf("openai");
    const HttpRequest request = provider.makeChatRequest(provider, wholeRequest(u"gpt-5.6"_s));
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.url, QUrl(u"https://api.openai.com/v1/responses"_s));
    QCOMPARE(request.headers,
             (HttpHeaders{{"Content-Type", "application/json"}, {"Accept", "text/event-stream"}}));
    const QByteArray expected
        = R"({"model":"gpt-5.6","stream":true,"store":false,"instructions":"Be brief.","input":[
        {"role":"user","content":[{"type":"input_text","text":"Weather?"}]},
        {"role":"assistant","content":[{"type":"output_text","text":"I look."}]},
        {"type":"function_call","call_id":"call_1","name":"weather","arguments":"{\"city\":\"Rome\"}"},
        {"type":"function_call_output","call_id":"call_1","output":"18 °C"},
        {"role":"user","content":[{"type":"input_text","text":"And \"now\"?"}]}],
        "tools":[{"type":"function","name":"weather","description":"Tells the weather.","parameters":)"
        + Schema + R"(,"strict":false}],
        "max_output_tokens":2000,"reasoning":{"effort":"low","summary":"auto"},"include":["reasoning.encrypted_content"],
        "stream_options":{"include_obfuscation":false}})";
    QVERIFY(isSame(object(request.body), expected));
}

void tst_ProviderRequests::asksOpenAiChat()
{
    const Provider provider = providerOf("openai", "chat");
    const HttpRequest request = provider.makeChatRequest(provider, wholeRequest(u"gpt-5.6"_s));
    QCOMPARE(request.url, QUrl(u"https://api.openai.com/v1/chat/completions"_s));
    const QByteArray expected
        = R"({"model":"gpt-5.6","stream":true,"stream_options":{"include_usage":true},"messages":[
        {"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"},
        {"role":"assistant","content":"I look.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}]},
        {"role":"tool","tool_call_id":"call_1","content":"18 °C"},{"role":"user","content":"And \"now\"?"}],
        "tools":[{"type":"function","function":{"name":"weather","description":"Tells the weather.","parameters":)"
        + Schema + R"(}}],
        "max_completion_tokens":2000,"reasoning_effort":"low"})";
    QVERIFY(isSame(object(request.body), expected));
}

void tst_ProviderRequests::asksAnthropic()
{
    const Provider provider = providerOf("anthropic");
    const HttpRequest request
        = provider.makeChatRequest(provider, wholeRequest(u"claude-sonnet-5"_s));
    QCOMPARE(request.url, QUrl(u"https://api.anthropic.com/v1/messages"_s));
    QCOMPARE(headerValue(request.headers, "anthropic-version"), "2023-06-01");
    // The result and the next question are one message, the result first.
    const QByteArray expected
        = R"({"model":"claude-sonnet-5","stream":true,"max_tokens":2000,"system":"Be brief.","messages":[
        {"role":"user","content":[{"type":"text","text":"Weather?"}]},
        {"role":"assistant","content":[{"type":"text","text":"I look."},{"type":"tool_use","id":"call_1","name":"weather","input":{"city":"Rome"}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1","content":"18 °C","is_error":true},{"type":"text","text":"And \"now\"?"}]}],
        "tools":[{"name":"weather","description":"Tells the weather.","input_schema":)"
        + Schema + R"(}],
        "thinking":{"type":"adaptive","display":"summarized"},"output_config":{"effort":"low"}})";
    QVERIFY(isSame(object(request.body), expected));
    ChatRequest plain;
    plain.model = u"claude-sonnet-5"_s;
    QVERIFY(bodyOf(provider, plain)["max_tokens"_L1].toInt() > 0); // Anthropic wants one always
    plain.model = u"claude-sonnet-4-5-20250929"_s;
    plain.reasoningEffort = u"high"_s;
    QCOMPARE(bodyOf(provider, plain)["thinking"_L1]["type"_L1], QJsonValue(u"enabled"_s));
    plain.model = u"claude-3-haiku-20240307"_s;
    QVERIFY(!bodyOf(provider, plain).contains("thinking"_L1));
    QCOMPARE(bodyOf(provider, plain)["max_tokens"_L1].toInt(), 4096);
}

void tst_ProviderRequests::asksGemini()
{
    const Provider provider = providerOf("gemini");
    const HttpRequest request
        = provider.makeChatRequest(provider, wholeRequest(u"gemini-3-flash-preview"_s));
    QCOMPARE(
        request.url,
        QUrl(
            u"https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash-preview:streamGenerateContent?alt=sse"_s));
    const QByteArray expected
        = R"({"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[
        {"role":"user","parts":[{"text":"Weather?"}]},
        {"role":"model","parts":[{"text":"I look."},{"functionCall":{"name":"weather","args":{"city":"Rome"}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"weather","response":{"error":"18 °C"}}},{"text":"And \"now\"?"}]}],
        "tools":[{"functionDeclarations":[{"name":"weather","description":"Tells the weather.","parametersJsonSchema":)"
        + Schema + R"(}]}],
        "generationConfig":{"maxOutputTokens":2000,"thinkingConfig":{"includeThoughts":true,"thinkingLevel":"LOW"}}})";
    QVERIFY(isSame(object(request.body), expected));
    ChatRequest older;
    older.model = u"gemini-2.5-flash"_s;
    older.reasoningEffort = u"high"_s;
    QCOMPARE(
        bodyOf(provider, older)["generationConfig"_L1]["thinkingConfig"_L1]["thinkingBudget"_L1]
            .toInt(),
        24576);
    older.model = u"gemini-2.0-flash"_s;
    QVERIFY(!bodyOf(provider, older).contains("generationConfig"_L1));
}

void tst_ProviderRequests::sendsAnAnswerBackAsItCame_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("api");
    QTest::addColumn<QString>("file");
    QTest::newRow("OpenAI Responses")
        << QByteArray("openai") << QByteArray("responses") << u"openai-responses.sse"_s;
    QTest::newRow("OpenAI Chat Completions")
        << QByteArray("openai") << QByteArray("chat") << u"openai-chat.sse"_s;
    QTest::newRow("Anthropic") << QByteArray("anthropic") << QByteArray() << u"anthropic.sse"_s;
    QTest::newRow("Gemini") << QByteArray("gemini") << QByteArray() << u"gemini.sse"_s;
}

void tst_ProviderRequests::sendsAnAnswerBackAsItCame()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, api);
    QFETCH(QString, file);
    const Provider provider = providerOf(id.constData(), api.constData());
    const Answer answer = answerOf(decode(provider, recording(file)));
    ChatRequest request;
    request.model = provider.models.first();
    request.conversation.turns = {Prompt{u"?"_s}, ModelTurn{provider.id, answer}};
    const QJsonObject body = bodyOf(provider, request);
    QJsonArray sent;
    if (api == "responses") {
        sent = body["input"_L1].toArray();
        sent.removeFirst();
    } else if (api == "chat") {
        sent = {body["messages"_L1][1]};
    } else if (id == "anthropic") {
        sent = body["messages"_L1][1]["content"_L1].toArray();
    } else {
        sent = body["contents"_L1][1]["parts"_L1].toArray();
    }
    QCOMPARE(sent, answer.done()->items);
    // The same provider's other interface has other words for it.
    if (id == "openai") {
        const Provider other = providerOf("openai", api == "chat" ? "responses" : "chat");
        QVERIFY(!QJsonDocument(bodyOf(other, request)).toJson().contains("encrypted_content\":"));
        QVERIFY(QJsonDocument(bodyOf(other, request)).toJson().contains("call_rome"));
    }
}

void tst_ProviderRequests::rebuildsAnAnswerThatWasCutOff()
{
    const Provider provider = providerOf("anthropic");
    Answer answer;
    answer.fold(Reasoning{0, u"Hm."_s});
    answer.fold(Content{0, u"Half an"_s});
    answer.fold(Done{Done::Ending::CutOff,
                     Done::Stop::None,
                     {},
                     {},
                     {},
                     array(R"([{"type":"thinking","thinking":"Hm.","signature":""}])")});
    ChatRequest request;
    request.conversation.turns = {Prompt{u"?"_s}, ModelTurn{u"anthropic"_s, answer}};
    QCOMPARE(bodyOf(provider, request)["messages"_L1][1]["content"_L1],
             QJsonValue(array(R"([{"type":"text","text":"Half an"}])")));
}

void tst_ProviderRequests::wantsReasoningOnlyOfModelsThatReason()
{
    const Provider provider = providerOf("openai");
    for (const auto &[model, reasons] :
         {std::pair(u"gpt-5.6"_s, true), std::pair(u"o4-mini"_s, true),
          std::pair(u"gpt-6-astra"_s, true), std::pair(u"gpt-4.1-mini"_s, false),
          std::pair(u"gpt-5-chat-latest"_s, false)}) {
        ChatRequest request;
        request.model = model;
        QCOMPARE(bodyOf(provider, request).contains("include"_L1), reasons);
        QVERIFY(!bodyOf(provider, request).contains("reasoning"_L1));
    }
}

void tst_ProviderRequests::carriesTheCredentialInAHeader()
{
    const Credential key{Credential::Type::ApiKey, Secret("k")};
    const Credential token{Credential::Type::OAuthToken, Secret("t")};
    QCOMPARE(providerOf("openai").authorize(key), (HttpHeaders{{"Authorization", "Bearer k"}}));
    QCOMPARE(providerOf("anthropic").authorize(key), (HttpHeaders{{"x-api-key", "k"}}));
    QCOMPARE(providerOf("anthropic").authorize(token),
             (HttpHeaders{{"Authorization", "Bearer t"}, {"anthropic-beta", "oauth-2025-04-20"}}));
    QCOMPARE(providerOf("gemini").authorize(key), (HttpHeaders{{"x-goog-api-key", "k"}}));
    for (const char *provider : {"openai", "anthropic", "gemini"}) {
        QCOMPARE(providerOf(provider).authorize({Credential::Type::None, {}}), HttpHeaders());
    }
}

void tst_ProviderRequests::readsTheModelsThatChat()
{
    const Provider openAi = providerOf("openai");
    QCOMPARE(openAi.makeModelsRequest(openAi).url, QUrl(u"https://api.openai.com/v1/models"_s));
    QCOMPARE(
        openAi.readModels(
            R"({"data":[{"id":"gpt-4.1","created":1},{"id":"text-embedding-3-small","created":9},{"id":"gpt-5.6","created":5},{"id":7},{"id":"whisper-1"}]})"),
        (QStringList{u"gpt-5.6"_s, u"gpt-4.1"_s}));
    const Provider anthropic = providerOf("anthropic");
    QCOMPARE(headerValue(anthropic.makeModelsRequest(anthropic).headers, "anthropic-version"),
             "2023-06-01");
    QCOMPARE(anthropic.readModels(R"({"data":[{"id":"claude-sonnet-5"},{"id":null},3]})"),
             QStringList{u"claude-sonnet-5"_s});
    const Provider gemini = providerOf("gemini");
    QCOMPARE(
        gemini.readModels(
            R"({"models":[{"name":"models/gemini-3-flash-preview","supportedGenerationMethods":["generateContent"]},
        {"name":"models/embedding-001","supportedGenerationMethods":["embedContent"]},{"name":"models/gemini-2.5-flash-preview-tts","supportedGenerationMethods":["generateContent"]}]})"),
        QStringList{u"gemini-3-flash-preview"_s});
    for (const Provider &provider : {openAi, anthropic, gemini}) {
        for (const QByteArray &garbage :
             {QByteArray(), QByteArray("[]"),
              QByteArray("{\"data\":{},\"models\":[null,[],\"x\"]}"), QByteArray("\xFF")}) {
            QCOMPARE(provider.readModels(garbage), QStringList());
        }
    }
}

QTEST_GUILESS_MAIN(tst_ProviderRequests)
#include "tst_providerrequests.moc"
