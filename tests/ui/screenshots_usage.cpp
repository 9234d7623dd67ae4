// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Renders what shows tokens, costs and models to PNG files, light and dark. The scale is the
// environment's (QT_SCALE_FACTOR=2 for twice the size).

#include "core/ledger.h"
#include "support/scriptedchat.h"
#include "ui/chat/modelpicker.h"
#include "ui/chat/modelpopup.h"
#include "ui/common/themestyle.h"
#include "ui/usage/contextmeter.h"
#include "ui/usage/usagebar.h"
#include "ui/usage/usagedetails.h"
#include "ui/usage/usagetotals.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
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
    Ledger ledger(session, pricing);
    Provider row;
    row.id = provider;
    session.setTarget(row, {provider}, model);
    ledger.refresh();

    QWidget window;
    auto *totals = new UsageTotals(&window);
    auto *context = new ContextMeter(&window);
    auto *bar = new UsageBar(session.meter(), &window);
    totals->setLedger(ledger);
    context->setLedger(ledger);
    bar->setLedger(ledger);
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
        shootModels(camera);
    }
    return 0;
}
