// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/registry.h"
#include "support/chatvalues.h"
#include "support/scriptedchat.h"
#include "ui/inspector/inspector.h"
#include "widgetwalk.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Test::ScriptedClient;

namespace {

AskedQuestion question(const Provider &provider, AccountKey::Type type = AccountKey::Type::ApiKey)
{
    return {provider,
            {provider.id, type},
            {.model = u"m"_s,
             .conversation = {u"It's “brief”."_s, {Prompt{u"$HOME `id` 'x' \"y\" \\ 日本\n!"_s}}}}};
}

} // namespace

class tst_Inspector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void showsExactlyWhatTheProvidersRowMakes_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("api");
        for (const Provider &provider : allProviders()) {
            QTest::newRow(qPrintable(provider.id + u' ' + provider.api))
                << provider.id << provider.api;
        }
    }

    void showsExactlyWhatTheProvidersRowMakes()
    {
        QFETCH(QString, id);
        QFETCH(QString, api);
        const Provider provider = findProvider(allProviders(), id, api).value();
        for (const auto type : {AccountKey::Type::ApiKey, AccountKey::Type::OAuth}) {
            const AskedQuestion asked = question(provider, type);
            const auto inspected = inspect(asked, InspectedLength::Whole);
            QVERIFY(inspected);
            HttpRequest made = provider.makeChatRequest(provider, asked.request);
            QCOMPARE(inspected->request.body, made.body);
            QCOMPARE(inspected->request.url, made.url);
            // All headers of the row, and those of the credential with a name in its place.
            QVERIFY(inspected->request.headers.size() > made.headers.size());
            QCOMPARE(inspected->request.headers.first(made.headers.size()), made.headers);
            QCOMPARE(QJsonDocument::fromJson(inspectedJson(*inspected).toUtf8()),
                     QJsonDocument::fromJson(made.body));
            const QString curl = inspectedCurl(*inspected);
            QCOMPARE(curl.count(QString::fromLatin1(inspected->credential)), 1);
            QCOMPARE(inspected->credential,
                     QByteArray(type == AccountKey::Type::OAuth ? "$TOKEN" : "$API_KEY"));
        }
    }

    //! A shell reads what was written for it, and finds the same body and headers.
    void writesALineThatAShellReadsBack_data()
    {
        QTest::addColumn<qsizetype>("attached");
        QTest::newRow("in one word") << qsizetype(0);
        QTest::newRow("by standard input") << qsizetype(300'000);
    }

    void writesALineThatAShellReadsBack()
    {
        QFETCH(qsizetype, attached);
        const QTemporaryDir folder;
        QFile curl(folder.filePath(u"curl"_s));
        QVERIFY(curl.open(QIODevice::WriteOnly));
        // Prints its words, each ended by a NUL, then its input.
        curl.write("#!/bin/sh\nprintf '%s\\0' \"$@\"\ncat\n");
        curl.close();
        QVERIFY(curl.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        AskedQuestion asked = question(findProvider(allProviders(), u"anthropic"_s).value());
        if (attached > 0) {
            std::get<Prompt>(asked.request.conversation.turns[0]).attachments
                = {{u"a.png"_s, u"image/png"_s, QByteArray(attached, '\x89')}};
        }
        const InspectedRequest inspected = inspect(asked, InspectedLength::Whole).value();
        QProcess shell;
        QProcessEnvironment environment;
        environment.insert(u"PATH"_s, folder.path() + u":/usr/bin:/bin"_s);
        environment.insert(u"API_KEY"_s, u"sk-test"_s);
        shell.setProcessEnvironment(environment);
        shell.start(u"/bin/sh"_s, {});
        shell.write(inspectedCurl(inspected).toUtf8());
        shell.closeWriteChannel();
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.readAllStandardError(), QByteArray());
        const QList<QByteArray> words = shell.readAllStandardOutput().split('\0');
        QVERIFY(words.contains("x-api-key: sk-test"));
        QVERIFY(words.contains(inspected.request.url.toEncoded()));
        const QByteArray body
            = attached > 0 ? words.last().trimmed() : words[words.indexOf("--data-raw") + 1];
        QCOMPARE(body, inspected.request.body);
    }

    void shortensFilesOnTheScreenOnly()
    {
        AskedQuestion asked = question(findProvider(allProviders(), u"openai"_s).value());
        std::get<Prompt>(asked.request.conversation.turns[0]).attachments
            = {{u"a.png"_s, u"image/png"_s, QByteArray(LargestAttachment, '\x89')}};
        QElapsedTimer clock;
        clock.start();
        const InspectedRequest inspected = inspect(asked, InspectedLength::Shortened).value();
        const QString json = inspectedJson(inspected);
        const QString curl = inspectedCurl(inspected);
        qInfo("a file of 16 MiB: %lld ms", clock.elapsed());
        QVERIFY(json.size() < 5000 && curl.size() < 5000);
        QVERIFY(json.contains(u"characters in all"_s) && curl.contains(u"characters in all"_s));
        QVERIFY(json.contains(u"data:image/png;base64,"_s));
        QVERIFY(clock.elapsed() < 500); // a pause would be seen
        QVERIFY(json.contains(u"(223696"_s));
        QVERIFY(inspect(asked, InspectedLength::Whole)->request.body.size() > LargestAttachment);
        // Words are no file, however long the word.
        asked.request.conversation.turns = {Prompt{QString(400, u'x') + u" y"_s}};
        QVERIFY(!inspectedJson(*inspect(asked, InspectedLength::Shortened))
                     .contains(u"characters in all"_s));
    }

    void hasNothingToShowBeforeAQuestion()
    {
        QVERIFY(!inspect({}, InspectedLength::Whole));
        ScriptedClient client;
        ChatSession session(client);
        Inspector inspector(session);
        inspector.show();
        QVERIFY(isShown(inspector,
                        u"Nothing has been asked yet. What is sent is shown here, to the byte."_s));
        for (auto *view : inspector.findChildren<QPlainTextEdit *>()) {
            QVERIFY(view->toPlainText().isEmpty());
        }
        QCOMPARE(namelessWidgets(inspector), QStringList());
    }

    void followsTheSession()
    {
        ScriptedClient client;
        ChatSession session(client);
        Inspector inspector(session);
        inspector.show();
        const Provider provider = findProvider(allProviders(), u"openai"_s).value();
        session.setTarget(provider, {u"openai"_s}, u"gpt-5.4"_s);
        session.setContextLimit({.window = 40, .charactersPerToken = 1});
        session.send(u"The first question of all"_s);
        auto *json = inspector.findChild<QPlainTextEdit *>();
        QVERIFY(json->toPlainText().contains(u"The first question of all"_s));
        QVERIFY(json->toPlainText().contains(u"gpt-5.4"_s));
        QVERIFY(isShown(inspector, u"POST https://api.openai.com/v1/responses"_s));
        client.current->end({Content{0, u"The first answer"_s}, Done{Done::Ending::Complete}},
                            std::nullopt);
        session.send(u"The second question"_s);
        // What did not fit was not sent, and that is said.
        QVERIFY(!json->toPlainText().contains(u"The first"_s));
        QVERIFY(isShown(inspector,
                        u"Messages at the beginning that do not fit into the model's context and "
                        "were not sent: 2."_s));
        findButton(inspector, u"Copy JSON"_s)->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"The second question"_s));
        ChatSession other(client);
        inspector.setSession(other);
        QVERIFY(json->toPlainText().isEmpty());
        session.clear();
        inspector.setSession(session);
        QVERIFY(json->toPlainText().isEmpty());
    }
};

QTEST_MAIN(tst_Inspector)
#include "tst_inspector.moc"
