// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"
#include "providers/openai/compatibleprovider.h"

#include <functional>

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Change = std::function<void(ChatRequest &)>;

Q_DECLARE_METATYPE(Change)

//! What a provider cannot take is said before anything is sent, and nothing else is refused.
class tst_Obstacles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatCannotBeAsked_data();
    void saysWhatCannotBeAsked();
    void takesEverythingElse_data();
    void takesEverythingElse();
    void saysWhatAPlanLeavesOut();
    void tellsOtherServersTheLimitByItsOlderName();
};

namespace {

Attachment file(const QString &type, qsizetype size = 10)
{
    return {u"file"_s, type, QByteArray(size, 'x')};
}

Change attach(const QList<Attachment> &attachments)
{
    return [attachments](ChatRequest &request) {
        std::get<Prompt>(request.conversation.turns.first()).attachments = attachments;
    };
}

ChatRequest plain(const QString &model)
{
    ChatRequest request;
    request.model = model;
    request.conversation.turns = {Prompt{u"Hi"_s}};
    return request;
}

const QJsonObject Schema{{u"type"_s, u"object"_s}};
const FunctionDeclaration Now{u"now"_s, u"Tells the time."_s, Schema};

} // namespace

void tst_Obstacles::saysWhatCannotBeAsked_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QString>("model");
    QTest::addColumn<Change>("change");
    QTest::addColumn<Kind>("kind");
    const auto row
        = [](const char *name, const char *provider, const QString &model, const Change &change,
             Kind kind) { QTest::newRow(name) << QByteArray(provider) << model << change << kind; };
    const auto budget = [](int tokens) {
        return [tokens](ChatRequest &request) { request.thinkingBudget = tokens; };
    };
    const auto warm = [](double temperature) {
        return [temperature](ChatRequest &request) { request.temperature = temperature; };
    };
    const auto json = [](ChatRequest &request) { request.jsonOutput = {u"answer"_s, Schema}; };
    row("OpenAI: a budget", "openai", u"gpt-5.6"_s, budget(2048), Kind::Unsupported);
    row("OpenAI: a temperature where it reasons", "openai", u"gpt-5.6"_s, warm(1),
        Kind::Unsupported);
    row("OpenAI: too many files", "openai", u"gpt-5.6"_s,
        attach({file(u"application/pdf"_s, 16 << 20), file(u"image/png"_s, 16 << 20),
                file(u"image/png"_s, 16 << 20)}),
        Kind::TooLarge);
    row("Claude: a temperature", "anthropic", u"claude-sonnet-5"_s, warm(0.5), Kind::Unsupported);
    row("Claude: a budget for a newer model", "anthropic", u"claude-opus-4-8"_s, budget(2048),
        Kind::Unsupported);
    row("Claude: a budget for a model that does not think", "anthropic",
        u"claude-3-haiku-20240307"_s, budget(2048), Kind::Unsupported);
    row("Claude: too small a budget", "anthropic", u"claude-sonnet-4-5"_s, budget(1023),
        Kind::InvalidRequest);
    row(
        "Claude: a budget and an effort", "anthropic", u"claude-sonnet-4-5"_s,
        [](ChatRequest &request) {
            request.thinkingBudget = 2048;
            request.reasoningEffort = u"low"_s;
        },
        Kind::InvalidRequest);
    row(
        "Claude: an effort for a model that does not think", "anthropic",
        u"claude-3-haiku-20240307"_s,
        [](ChatRequest &request) { request.reasoningEffort = u"low"_s; }, Kind::Unsupported);
    row(
        "Claude: a required call while it thinks", "anthropic", u"claude-sonnet-5"_s,
        [](ChatRequest &request) {
            request.functions = {Now};
            request.toolChoice = ToolChoice::Required;
            request.reasoningEffort = u"low"_s;
        },
        Kind::InvalidRequest);
    row("Claude: a schema for an older model", "anthropic", u"claude-3-7-sonnet-20250219"_s, json,
        Kind::Unsupported);
    row("Claude: too many files", "anthropic", u"claude-sonnet-5"_s,
        attach({file(u"image/png"_s, 12 << 20), file(u"image/png"_s, 12 << 20)}), Kind::TooLarge);
    row("Gemini: a GIF", "gemini", u"gemini-2.5-flash"_s, attach({file(u"image/gif"_s)}),
        Kind::Unsupported);
    row("Gemini: a budget for a model that does not think", "gemini", u"gemini-2.0-flash"_s,
        budget(1), Kind::Unsupported);
    row("Gemini: a budget below none", "gemini", u"gemini-2.5-flash"_s, budget(-2),
        Kind::InvalidRequest);
    row(
        "Gemini: a budget and a level", "gemini", u"gemini-3-flash-preview"_s,
        [](ChatRequest &request) {
            request.thinkingBudget = 1;
            request.reasoningEffort = u"low"_s;
        },
        Kind::InvalidRequest);
    row(
        "Gemini: a schema and tools", "gemini", u"gemini-2.5-flash"_s,
        [](ChatRequest &request) {
            request.functions = {Now};
            request.jsonOutput = {u"answer"_s, Schema};
        },
        Kind::Unsupported);
    row("Gemini: too large a file", "gemini", u"gemini-2.5-flash"_s,
        attach({file(u"image/png"_s, 15 << 20)}), Kind::TooLarge);
    const std::pair<const char *, const char *> usual[]{
        {"openai", "gpt-4.1"}, {"anthropic", "claude-sonnet-4-5"}, {"gemini", "gemini-2.5-flash"}};
    for (const auto &[provider, model] : usual) {
        const auto all = [&, model = QString::fromLatin1(model),
                          provider = provider](const char *name, const Change &change, Kind kind) {
            row(qPrintable(QString::fromLatin1(provider) + u": "_s + QString::fromLatin1(name)),
                provider, model, change, kind);
        };
        all("a file of another kind", attach({file(u"application/zip"_s)}), Kind::Unsupported);
        all(
            "no tokens", [](ChatRequest &request) { request.maxOutputTokens = 0; },
            Kind::InvalidRequest);
        all(
            "a required call of nothing",
            [](ChatRequest &request) { request.toolChoice = ToolChoice::Required; },
            Kind::InvalidRequest);
        all(
            "a schema without a name",
            [](ChatRequest &request) {
                request.jsonOutput = {u"my answer"_s, Schema};
            },
            Kind::InvalidRequest);
        all(
            "an empty schema",
            [](ChatRequest &request) {
                request.jsonOutput = {u"a"_s, {}};
            },
            Kind::InvalidRequest);
    }
    row("Gemini: a temperature that is no number", "gemini", u"gemini-2.5-flash"_s, warm(qQNaN()),
        Kind::InvalidRequest);
    row("Gemini: too cold", "gemini", u"gemini-2.5-flash"_s, warm(-0.1), Kind::InvalidRequest);
}

void tst_Obstacles::saysWhatCannotBeAsked()
{
    QFETCH(QByteArray, provider);
    QFETCH(QString, model);
    QFETCH(Change, change);
    QFETCH(Kind, kind);
    ChatRequest request = plain(model);
    change(request);
    const Provider row = providerOf(provider.constData());
    const auto obstacle = row.findObstacle(row, request);
    QVERIFY(obstacle);
    QCOMPARE(toWord(obstacle->kind), toWord(kind));
    QVERIFY(obstacle->message.endsWith(u'.') && obstacle->advice.endsWith(u'.'));
    QVERIFY(!obstacle->message.contains(u'%'));
}

void tst_Obstacles::takesEverythingElse_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QString>("model");
    for (const Provider &row : allProviders()) {
        for (const QString &model : row.models) {
            QTest::newRow(qPrintable(row.id + u' ' + row.api + u' ' + model))
                << row.id.toLatin1() << model;
        }
    }
}

void tst_Obstacles::takesEverythingElse()
{
    QFETCH(QByteArray, provider);
    QFETCH(QString, model);
    const Provider row = providerOf(provider.constData());
    ChatRequest request = plain(model);
    QVERIFY(!row.findObstacle(row, request));
    request.functions = {Now};
    attach({file(u"image/png"_s), file(u"application/pdf"_s), file(u"text/plain"_s)})(request);
    QVERIFY(!row.findObstacle(row, request));
    request.functions.clear();
    request.jsonOutput = {u"answer"_s, Schema};
    QVERIFY(!row.findObstacle(row, request));
}

void tst_Obstacles::saysWhatAPlanLeavesOut()
{
    const Provider plan = providerOf("chatgpt");
    ChatRequest request = plain(u"gpt-5.6"_s);
    request.maxOutputTokens = 100;
    QCOMPARE(plan.findObstacle(plan, request)->kind, Kind::Unsupported);
    request = plain(u"gpt-4.1"_s);
    request.temperature = 1;
    QCOMPARE(plan.findObstacle(plan, request)->kind, Kind::Unsupported);
}

void tst_Obstacles::tellsOtherServersTheLimitByItsOlderName()
{
    const Provider other = OpenAi::compatibleProvider(QUrl(u"http://localhost:11434/v1"_s));
    ChatRequest request = plain(u"llama"_s);
    request.maxOutputTokens = 7;
    const QJsonObject body = object(other.makeChatRequest(other, request).body);
    QCOMPARE(body["max_tokens"_L1].toInt(), 7);
    QVERIFY(!body.contains("max_completion_tokens"_L1));
}

QTEST_GUILESS_MAIN(tst_Obstacles)
#include "tst_obstacles.moc"
