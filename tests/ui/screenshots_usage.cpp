// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Renders what shows tokens, costs and models to PNG files, light and dark. The scale is the
// environment's (QT_SCALE_FACTOR=2 for twice the size).

#include "core/ledger.h"
#include "support/scriptedchat.h"
#include "ui/chat/modelpicker.h"
#include "ui/chat/modelpopup.h"
#include "ui/common/themestyle.h"
#include "ui/inspector/inspector.h"
#include "ui/usage/contextmeter.h"
#include "ui/usage/usagebar.h"
#include "ui/usage/usagedetails.h"
#include "ui/usage/usagetotals.h"

#include <QApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QTabWidget>
#include <QTest>
#include <QVBoxLayout>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Test::ScriptedClient;

namespace {

struct Camera
{
    QDir folder;
    QString suffix;

    void take(QWidget &widget, const QString &name) const
    {
        QTest::qWait(60); // layouts settle
        const QString path = folder.filePath(name + suffix + u".png"_s);
        if (!widget.grab().save(path)) {
            qFatal("cannot write %s", qUtf8Printable(path));
        }
    }
};

Billing billingOf(const QString &provider)
{
    return provider == u"chatgpt"_s ? Billing::OnPlan : Billing::ByToken;
}

void answer(ScriptedClient &client, qint64 input, const QString &model)
{
    client.current->end(
        {Content{0, QString(900, u'x')},
         Usage{.cached = input / 2, .reasoning = 320, .inputTotal = input, .outputTotal = 912},
         Done{.ending = Done::Ending::Complete, .model = model}},
        std::nullopt);
}

void shootUsage(const Camera &camera, const QString &provider, const QString &model)
{
    ScriptedClient client;
    ChatSession session(client);
    const Pricing pricing(loadPrices({}).table, billingOf);
    TokenRates rates;
    PlanStandings plans;
    Ledger ledger(session, pricing, rates, plans);
    Provider row;
    row.id = provider;
    session.setTarget(row, {provider}, model);
    ledger.refresh();

    QWidget window;
    auto *totals = new UsageTotals(&window);
    auto *context = new ContextMeter(&window);
    auto *bar = new UsageBar(session.meter(), &window);
    totals->setLedger(&ledger);
    context->setLedger(&ledger);
    bar->setLedger(&ledger);
    QObject::connect(&session, &ChatSession::answeringChanged, bar,
                     [bar](bool answering) { answering ? bar->start() : bar->stop(); });
    auto *header = new QHBoxLayout;
    header->addWidget(context);
    header->addStretch();
    header->addWidget(totals);
    auto *layout = new QVBoxLayout(&window);
    layout->addLayout(header);
    layout->addStretch();
    layout->addWidget(bar);
    window.resize(880, 120);
    window.show();

    const QString name = u"usage-"_s + provider;
    session.send(QString(64'000, u'x'));
    client.current->say({Reasoning{0, QString(900, u'x')}});
    QTest::qWait(300);
    client.current->say({Content{0, QString(700, u'x')}});
    QTest::qWait(400);
    camera.take(window, name + u"-streaming"_s);
    answer(client, 15'840, model);
    bar->setDraft(u"And how would you test it?"_s);
    QTest::qWait(300);
    camera.take(window, name + u"-counted"_s);
    session.send(u"And now?"_s);
    answer(client, 240'000, model);
    bar->setDraft({});
    QTest::qWait(100);
    window.resize(420, 120);
    camera.take(window, name + u"-narrow"_s);
    totals->openDetails();
    camera.take(*totals->findChild<UsageDetails *>(), name + u"-details"_s);
}

void shootPlan(const Camera &camera)
{
    const QDateTime now = QDateTime::currentDateTime();
    const QDateTime today(now.date(), QTime(23, 20));
    using std::chrono::minutes;
    const auto shoot = [&](const PlanLimits &limits, const QString &name) {
        ScriptedClient client;
        ChatSession session(client);
        const Pricing pricing(loadPrices({}).table, billingOf);
        TokenRates rates;
        PlanStandings plans;
        Ledger ledger(session, pricing, rates, plans);
        Provider row;
        row.id = u"chatgpt"_s;
        session.setTarget(row, {row.id}, u"gpt-5.4"_s);
        UsageTotals totals;
        totals.setLedger(&ledger);
        session.send(u"Hello"_s);
        client.current->planLimits = limits;
        answer(client, 15'840, u"gpt-5.4"_s);
        QTest::qWait(50);
        totals.adjustSize();
        camera.take(totals, name);
        totals.openDetails();
        camera.take(*totals.findChild<UsageDetails *>(), name + u"-details"_s);
    };
    shoot({{37, minutes(300), today}, {12, minutes(10080), now.addDays(3)}}, u"plan-limits"_s);
    shoot({{100, minutes(300), today}, {86, minutes(10080), now.addDays(3)}}, u"plan-used-up"_s);
}

void shootModels(const Camera &camera)
{
    const auto target = [](const QString &id, const QString &name, const QStringList &models) {
        return ChatTarget{.account = {.key = {id, AccountKey::Type::ApiKey, {}}},
                          .providerName = name,
                          .models = models};
    };
    ChatTarget server = target(u"compatible"_s, u"localhost:11434"_s, {});
    server.unavailable
        = Error{Error::Kind::Network, u"The server could not be reached. Is it running?"_s};
    const QList<ChatTarget> targets{
        target(u"openai"_s, u"OpenAI"_s,
               {u"gpt-5.6"_s, u"gpt-5.5"_s, u"gpt-5.4"_s, u"gpt-5.4-mini"_s, u"gpt-4.1-mini"_s}),
        target(u"anthropic"_s, u"Anthropic"_s,
               {u"claude-sonnet-5"_s, u"claude-opus-4-8"_s, u"claude-haiku-4-5-20251001"_s}),
        target(u"gemini"_s, u"Google Gemini"_s,
               {u"gemini-flash-latest"_s, u"gemini-3.1-pro-preview"_s}),
        server};
    const Pricing pricing(loadPrices({}).table, billingOf);
    ModelPicker picker;
    picker.setTargets(targets);
    picker.setChosen(ChosenTarget{{u"openai"_s, AccountKey::Type::ApiKey, {}}, {}, u"gpt-5.4"_s});
    picker.setFavourites({u"openai/gpt-5.4"_s, u"anthropic/claude-sonnet-5"_s});
    picker.setFactsOf([&pricing](const QString &provider, const QString &model) {
        return pricing.factsOf(provider, model);
    });
    picker.openList();
    auto *popup = picker.findChild<ModelPopup *>();
    camera.take(*popup, u"models"_s);
    popup->findChild<QLineEdit *>()->setText(u"5.4"_s);
    camera.take(*popup, u"models-search"_s);
    popup->findChild<QLineEdit *>()->setText(u"no such thing"_s);
    camera.take(*popup, u"models-none"_s);
    popup->close();
}

void shootInspector(const Camera &camera)
{
    ScriptedClient client;
    ChatSession session(client);
    Inspector inspector(session);
    inspector.show();
    camera.take(inspector, u"inspector-empty"_s);
    Provider provider;
    provider.id = u"openai"_s;
    provider.makeChatRequest = [](const Provider &, const ChatRequest &request) {
        const QString text = std::get<Prompt>(request.conversation.turns.last()).text;
        const QJsonArray content{
            QJsonObject{{u"type"_s, u"input_text"_s}, {u"text"_s, text}},
            QJsonObject{{u"type"_s, u"input_image"_s},
                        {u"image_url"_s, u"data:image/png;base64,"_s + QString(90'000, u'A')}}};
        return HttpRequest{
            "POST",
            QUrl(u"https://api.openai.com/v1/responses"_s),
            {{"Content-Type", "application/json"}, {"Accept", "text/event-stream"}},
            QJsonDocument(QJsonObject{{u"model"_s, request.model},
                                      {u"stream"_s, true},
                                      {u"store"_s, false},
                                      {u"input"_s,
                                       QJsonArray{QJsonObject{{u"role"_s, u"user"_s},
                                                              {u"content"_s, content}}}}})
                .toJson(QJsonDocument::Compact)};
    };
    provider.authorize = [](const Credential &credential) {
        return HttpHeaders{{"Authorization", "Bearer " + credential.secret.reveal()}};
    };
    session.setTarget(provider, {u"openai"_s}, u"gpt-5.4"_s);
    session.send(u"How would you test the webhook? With recorded events?"_s);
    camera.take(inspector, u"inspector-json"_s);
    inspector.findChild<QTabWidget *>()->setCurrentIndex(1);
    camera.take(inspector, u"inspector-curl"_s);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    Camera camera{QDir(app.arguments().value(1, u"screenshots"_s)), {}};
    camera.folder.mkpath(u"."_s);
    const QString scale = app.devicePixelRatio() > 1 ? u"@2x"_s : QString();
    for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
        QApplication::setStyle(new ThemeStyle(appearance));
        camera.suffix = (appearance == Appearance::Light ? u"-light"_s : u"-dark"_s) + scale;
        shootUsage(camera, u"openai"_s, u"gpt-5.4"_s);
        shootUsage(camera, u"chatgpt"_s, u"gpt-5.4"_s);
        shootPlan(camera);
        shootModels(camera);
        shootInspector(camera);
    }
    return 0;
}
