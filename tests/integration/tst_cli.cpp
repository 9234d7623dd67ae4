// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/httprequestreader.h"
#include "practice/practiceperson.h"
#include "practice/practiceprovider.h"
#include "providers/registry.h"
#include "support/programrun.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <csignal>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray Canary = "practice"; // a key that the practice provider takes

} // namespace

//! The terminal program as a person or a script meets it: the real binary.
class tst_Cli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersWithAnExitCodeAndASentence_data();
    void answersWithAnExitCodeAndASentence();
    void everyCommandHasHelpWithExamples_data();
    void everyCommandHasHelpWithExamples();
    void namesEveryProviderThereIs_data();
    void namesEveryProviderThereIs();
    void parsesTheSameInPiecesOfAnySize_data();
    void parsesTheSameInPiecesOfAnySize();
    void asksAndStreamsToStandardOutput();
    void readsThePromptFromStandardInput();
    void failsWithWhatCameWhenTheStreamIsCut();
    void stopsAnAnswerWithCtrlC();
    void cancelsASignInWithCtrlC();
    void signsInWithADeviceCode();
    void namesTheWaysForwardWithoutAKey();
    void readsAnApiKeyFromStandardInput_data();
    void readsAnApiKeyFromStandardInput();
    void addsACompatibleServer();
    void doesNotGiveItsKeysToTheBrowser();
    void checksTheWholeWay();
    void examinesThisComputer();

private:
    Outcome run(const QStringList &arguments, const QByteArray &input = {});
    void start(QProcess &process, const QStringList &arguments);

    QProcessEnvironment m_environment;
    std::unique_ptr<PracticeProvider> m_practice;
    QTemporaryDir m_folder;
};

void tst_Cli::init()
{
    m_practice = std::make_unique<PracticeProvider>(PracticeProvider::Pace{40, 1ms});
    QVERIFY(m_practice->listen());
    m_environment = QProcessEnvironment::systemEnvironment();
    m_environment.insert(u"XDG_DATA_HOME"_s, m_folder.path());
    m_environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s); // the keyring of whoever runs the tests
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.path());
    m_environment.insert(u"OPENAI_BASE_URL"_s, m_practice->apiUrl().toString());
    m_environment.insert(u"OPENAI_OAUTH_AUTHORIZE_URL"_s, m_practice->authorizeUrl().toString());
    m_environment.insert(u"OPENAI_OAUTH_TOKEN_URL"_s, m_practice->tokenUrl().toString());
}

void tst_Cli::start(QProcess &process, const QStringList &arguments)
{
    process.setProgram(QStringLiteral(MAESTRO_CLI));
    process.setArguments(arguments);
    process.setProcessEnvironment(m_environment);
    process.start();
}

Outcome tst_Cli::run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    start(process, arguments);
    return runToItsEnd(process, input);
}

void tst_Cli::answersWithAnExitCodeAndASentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");

    QTest::newRow("nothing to do") << QStringList{} << 2 << QByteArray("--help");
    QTest::newRow("unknown command")
        << QStringList{u"frobnicate"_s} << 2 << QByteArray("frobnicate");
    QTest::newRow("unknown option")
        << QStringList{u"ask"_s, u"--frob"_s, u"x"_s} << 2 << QByteArray("frob");
    QTest::newRow("no prompt") << QStringList{u"ask"_s, u"--provider"_s, u"openai"_s} << 2
                               << QByteArray("PROMPT");
    QTest::newRow("unknown provider")
        << QStringList{u"ask"_s, u"--provider"_s, u"x"_s, u"hi"_s} << 2 << QByteArray("--provider");
    QTest::newRow("no key") << QStringList{u"ask"_s, u"--provider"_s, u"gemini"_s, u"hi"_s} << 1
                            << QByteArray("GEMINI_API_KEY");
    QTest::newRow("no browser sign-in")
        << QStringList{u"login"_s, u"--provider"_s, u"gemini"_s} << 1 << QByteArray("API key");
    QTest::newRow("Anthropic without a client")
        << QStringList{u"login"_s, u"--provider"_s, u"anthropic"_s} << 1
        << QByteArray("ANTHROPIC_OAUTH_CLIENT_ID");
    QTest::newRow("key as an argument") << QStringList{u"login"_s, u"--api-key"_s, u"sk-CANARY"_s}
                                        << 2 << QByteArray("never an argument");
    QTest::newRow("key as a value") << QStringList{u"login"_s, u"--api-key=sk-CANARY"_s} << 2
                                    << QByteArray("never an argument");
    QTest::newRow("two ways in") << QStringList{u"login"_s, u"--api-key"_s, u"--device"_s} << 2
                                 << QByteArray("two ways in");
    QTest::newRow("compatible without an address")
        << QStringList{u"login"_s, u"--provider"_s, u"compatible"_s} << 2
        << QByteArray("--base-url");
    QTest::newRow("an address for another")
        << QStringList{u"login"_s, u"--base-url"_s, u"https://server.example"_s} << 2
        << QByteArray("compatible");
    QTest::newRow("an address that leaves this computer unencrypted")
        << QStringList{u"login"_s, u"--provider"_s, u"compatible"_s, u"--base-url"_s,
                       u"http://192.168.1.5/v1"_s}
        << 2 << QByteArray("https");
    QTest::newRow("no device code at Anthropic")
        << QStringList{u"login"_s, u"--provider"_s, u"anthropic"_s, u"--device"_s} << 1
        << QByteArray("API key");
    QTest::newRow("no compatible server")
        << QStringList{u"ask"_s, u"--provider"_s, u"compatible"_s, u"hi"_s} << 1
        << QByteArray("compatible server");
    QTest::newRow("auto without practice")
        << QStringList{u"check"_s, u"--auto"_s} << 2 << QByteArray("--practice");
    QTest::newRow("practice for another")
        << QStringList{u"check"_s, u"--practice"_s, u"--provider"_s, u"gemini"_s} << 2
        << QByteArray("openai");
    QTest::newRow("check without a key")
        << QStringList{u"check"_s, u"--provider"_s, u"anthropic"_s, u"--api-key"_s} << 1
        << QByteArray("ANTHROPIC_API_KEY");
    QTest::newRow("port too high")
        << QStringList{u"practice"_s, u"--port"_s, u"70000"_s} << 2 << QByteArray("65535");
    QTest::newRow("no file") << QStringList{u"parse"_s, u"--provider"_s, u"openai"_s,
                                            u"/nonexistent"_s}
                             << 1 << QByteArray("nonexistent");
    QTest::newRow("no account") << QStringList{u"accounts"_s} << 0 << QByteArray("no account");
    QTest::newRow("nobody signed in") << QStringList{u"logout"_s} << 0 << QByteArray("Nobody");
}

void tst_Cli::answersWithAnExitCodeAndASentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, words);

    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.code, code);
    QVERIFY2(outcome.err.contains(words), outcome.err.constData());
    QVERIFY(!outcome.err.contains("CANARY"));
    QVERIFY(outcome.out.isEmpty());
}

void tst_Cli::everyCommandHasHelpWithExamples_data()
{
    QTest::addColumn<QString>("command");
    for (const char *command :
         {"ask", "login", "logout", "accounts", "models", "check", "doctor", "practice", "parse"}) {
        QTest::newRow(command) << QString::fromLatin1(command);
    }
}

void tst_Cli::everyCommandHasHelpWithExamples()
{
    QFETCH(QString, command);

    const Outcome outcome = run({command, u"--help"_s});
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.out.contains("Usage: maestro-cli " + command.toLatin1()));
    QVERIFY(outcome.out.contains("Examples:"));
    QVERIFY(outcome.err.isEmpty());
    QVERIFY(run({u"--help"_s}).out.contains(command.toLatin1()));
}

void tst_Cli::namesEveryProviderThereIs_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *command : {"ask", "login", "models", "check", "doctor", "parse"}) {
        const QString name = QString::fromLatin1(command);
        QTest::addRow("%s, help", command) << QStringList{name, u"--help"_s};
        QStringList wrong{name, u"--provider"_s, u"nobody"_s};
        if (name == "ask"_L1) {
            wrong.append(u"How do you do?"_s);
        }
        QTest::addRow("%s, of nobody", command) << wrong;
    }
}

void tst_Cli::namesEveryProviderThereIs()
{
    QFETCH(QStringList, arguments);

    const Outcome outcome = run(arguments);
    const bool isHelp = arguments.last() == "--help"_L1;
    QCOMPARE(outcome.code, isHelp ? 0 : 2);
    const QByteArray said = isHelp ? outcome.out : outcome.err;
    const QList<Provider> providers = allProviders();
    for (const Provider &provider : providers) {
        QVERIFY2(said.contains(provider.id.toLatin1()), said.constData());
    }
}

void tst_Cli::parsesTheSameInPiecesOfAnySize_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("file");

    for (const char *form : {"--messages", "--summary", "--events"}) {
        QTest::addRow("responses %s", form)
            << QStringList{u"--provider"_s, u"openai"_s, QString::fromLatin1(form)}
            << u"openai-responses.sse"_s;
        QTest::addRow("chat %s", form) << QStringList{u"--provider"_s, u"openai"_s, u"--api"_s,
                                                      u"chat"_s, QString::fromLatin1(form)}
                                       << u"openai-chat.sse"_s;
        QTest::addRow("anthropic %s", form)
            << QStringList{u"--provider"_s, u"anthropic"_s, QString::fromLatin1(form)}
            << u"anthropic.sse"_s;
        QTest::addRow("gemini %s", form)
            << QStringList{u"--provider"_s, u"gemini"_s, QString::fromLatin1(form)}
            << u"gemini.sse"_s;
    }
}

void tst_Cli::parsesTheSameInPiecesOfAnySize()
{
    QFETCH(QStringList, options);
    QFETCH(QString, file);

    const QString path = QStringLiteral(MAESTRO_RECORDINGS "/") + file;
    const Outcome whole = run(QStringList{u"parse"_s} + options + QStringList{path});
    QCOMPARE(whole.code, 0);
    const QList<QByteArray> lines = whole.out.trimmed().split('\n');
    for (const QByteArray &line : lines) {
        QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
    }
    for (const QString &size : {u"1"_s, u"7"_s, u"4096"_s}) {
        const Outcome pieces
            = run(QStringList{u"parse"_s} + options + QStringList{u"--chunk"_s, size, path});
        QCOMPARE(pieces.out, whole.out);
    }
}

void tst_Cli::asksAndStreamsToStandardOutput()
{
    m_environment.insert(u"OPENAI_API_KEY"_s, QString::fromLatin1(Canary));
    const Outcome outcome
        = run({u"ask"_s, u"--provider"_s, u"openai"_s, u"--model"_s, u"practice"_s, u"Hello"_s});
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.out.size() > 500);
    QVERIFY(outcome.out.endsWith('\n'));
    QVERIFY(!outcome.out.contains('\x1b'));
    QVERIFY2(outcome.err.contains("tokens in"), outcome.err.constData());
    QVERIFY2(!outcome.err.contains('~'), outcome.err.constData());
}

void tst_Cli::readsThePromptFromStandardInput()
{
    m_environment.insert(u"OPENAI_API_KEY"_s, QString::fromLatin1(Canary));
    const Outcome outcome = run(
        {u"ask"_s, u"--provider"_s, u"openai"_s, u"--model"_s, u"practice"_s, u"--json"_s, u"-"_s},
        "Hello\n");
    QCOMPARE(outcome.code, 0);
    const QList<QByteArray> lines = outcome.out.trimmed().split('\n');
    QCOMPARE(QJsonDocument::fromJson(lines.last()).object()[u"type"_s].toString(), u"done"_s);
    QCOMPARE(run({u"ask"_s, u"--provider"_s, u"openai"_s, u"-"_s}, "  \n").code, 2);
}

void tst_Cli::failsWithWhatCameWhenTheStreamIsCut()
{
    m_environment.insert(u"OPENAI_API_KEY"_s, QString::fromLatin1(Canary));
    const Outcome outcome = run(
        {u"ask"_s, u"--provider"_s, u"openai"_s, u"--model"_s, u"practice-cut"_s, u"Hello"_s});
    QCOMPARE(outcome.code, 1);
    QVERIFY(!outcome.out.isEmpty());
    QVERIFY2(outcome.err.contains("in the middle of the answer"), outcome.err.constData());
}

void tst_Cli::stopsAnAnswerWithCtrlC()
{
    m_environment.insert(u"OPENAI_API_KEY"_s, QString::fromLatin1(Canary));
    QProcess process;
    start(process,
          {u"ask"_s, u"--provider"_s, u"openai"_s, u"--model"_s, u"practice-stall"_s, u"Hello"_s});
    QTRY_VERIFY_WITH_TIMEOUT(process.bytesAvailable() > 0, 20'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("Stopped"));
}

void tst_Cli::cancelsASignInWithCtrlC()
{
    QProcess process;
    start(process, {u"login"_s, u"--keep"_s, u"memory"_s, u"--no-browser"_s});
    QByteArray printed;
    QTRY_VERIFY_WITH_TIMEOUT(
        (printed += process.readAllStandardOutput()).contains("originator=maestro"), 20'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("Cancelled. Nothing was kept."));
}

void tst_Cli::signsInWithADeviceCode()
{
    m_environment.insert(u"OPENAI_OAUTH_DEVICE_URL"_s, m_practice->issuer().toString());
    QProcess process;
    start(process,
          {u"login"_s, u"--device"_s, u"--keep"_s, u"memory"_s, u"--model"_s, u"practice"_s,
           u"--then"_s, u"Hello"_s});
    QByteArray printed;
    QTRY_VERIFY_WITH_TIMEOUT((printed += process.readAllStandardOutput()).count('\n') >= 2, 20'000);
    const QList<QByteArray> lines = printed.split('\n');
    QCOMPARE(QUrl(QString::fromUtf8(lines[0])),
             m_practice->issuer().resolved(QUrl(u"/codex/device"_s)));
    PracticePerson person;
    person.typeCode(QUrl(QString::fromUtf8(lines[0])), QString::fromUtf8(lines[1]));
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30'000);
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(process.exitCode() == 0, said.constData());
    QVERIFY(said.contains("only if you started this sign-in yourself"));
    QVERIFY(said.contains("Signed in as"));
    QVERIFY(!said.contains("practice-")); // how its secrets begin
}

void tst_Cli::namesTheWaysForwardWithoutAKey()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    // A server of a sign-in that works, for an account without an organization.
    QByteArrayList answers{
        R"({"device_auth_id":"d","user_code":"ABCD","interval":1})",
        R"({"authorization_code":"c","code_verifier":"v"})",
        R"({"access_token":"a","refresh_token":"r","id_token":"e30.e30.c2ln"})",
        R"({"error":{"code":"invalid_subject_token","message":"missing organization_id"}})"};
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        auto reader = std::make_shared<HttpRequestReader>(HttpRequestReader::Limits{.body = 65536});
        connect(socket, &QTcpSocket::readyRead, socket, [&answers, socket, reader] {
            const auto state = reader->feed(socket->readAll());
            if (!std::holds_alternative<HttpRequestReader::Request>(state)) {
                return;
            }
            const QByteArray body = answers.isEmpty() ? QByteArray("{}") : answers.takeFirst();
            socket->write((body.contains("error") ? "HTTP/1.1 401 X" : "HTTP/1.1 200 X")
                          + QByteArray("\r\nConnection: close\r\nContent-Length: ")
                          + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            socket->disconnectFromHost();
        });
    });
    const QString address = u"http://127.0.0.1:%1"_s.arg(server.serverPort());
    m_environment.insert(u"OPENAI_OAUTH_DEVICE_URL"_s, address);
    m_environment.insert(u"OPENAI_OAUTH_TOKEN_URL"_s, address + u"/token"_s);
    const Outcome outcome = run({u"login"_s, u"--device"_s, u"--keep"_s, u"memory"_s});
    QCOMPARE(outcome.code, 1);
    for (const char *way : {"https://platform.openai.com/settings/organization/general",
                            "--api-key", "--profile chatgpt"}) {
        QVERIFY2(outcome.err.contains(way), outcome.err.constData());
    }
}

void tst_Cli::readsAnApiKeyFromStandardInput_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("a good key") << "practice\n"_ba << 0 << "Signed in"_ba;
    QTest::newRow("without a line end") << "practice"_ba << 0 << "Signed in"_ba;
    QTest::newRow("another key") << "sk-CANARY\n"_ba << 1 << "did not accept the key"_ba;
    QTest::newRow("another provider's key")
        << "sk-ant-CANARY"_ba << 1 << "looks like a key of Anthropic"_ba;
    QTest::newRow("nothing") << ""_ba << 1 << "No API key"_ba;
    QTest::newRow("two lines") << "CANARY\nCANARY\n"_ba << 1 << "a line break"_ba;
    QTest::newRow("a file") << QByteArray(100'000, 'x') << 1 << "longer than any key"_ba;
}

void tst_Cli::readsAnApiKeyFromStandardInput()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, words);
    const Outcome outcome
        = run({u"login"_s, u"--provider"_s, u"openai"_s, u"--api-key"_s, u"--keep"_s, u"memory"_s},
              input);
    QTEST(outcome.code, "code");
    QVERIFY2(outcome.err.contains(words), outcome.err.constData());
    QVERIFY(!(outcome.out + outcome.err).contains("CANARY"));
}

void tst_Cli::addsACompatibleServer()
{
    const QString address = m_practice->apiUrl().toString();
    const QStringList login{u"login"_s,  u"--provider"_s, u"compatible"_s, u"--keep"_s,
                            u"memory"_s, u"--base-url"_s, address + u'/'};
    const Outcome refused = run(login); // it wants a key
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.err.contains("Enter a key"), refused.err.constData());
    const Outcome added = run(login + QStringList{u"--api-key"_s}, "practice");
    QVERIFY2(added.code == 0, added.err.constData());
    QStringList wrong = login;
    wrong.last() = m_practice->issuer().toString();
    const Outcome nothing = run(wrong);
    QCOMPARE(nothing.code, 1);
    QVERIFY2(nothing.err.contains("usually ends in /v1"), nothing.err.constData());
}

void tst_Cli::doesNotGiveItsKeysToTheBrowser()
{
    const QString seen = m_folder.filePath(u"seen"_s);
    const QString browser = m_folder.filePath(u"browser"_s);
    QFile script(browser);
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\n{ printf 'address %s\\n' \"$1\"; env; } > \"$SEEN.part\" && mv "
                 "\"$SEEN.part\" \"$SEEN\"\n");
    script.close();
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    m_environment.insert(u"BROWSER"_s, browser);
    m_environment.insert(u"SEEN"_s, seen);
    for (const char *name :
         {"OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "OPENAI_OAUTH_CLIENT_SECRET"}) {
        m_environment.insert(QString::fromLatin1(name), u"canary-value"_s);
    }

    QProcess process;
    start(process, {u"login"_s, u"--keep"_s, u"memory"_s});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(seen), 20'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    QFile file(seen);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    QVERIFY(content.contains("address " + m_practice->authorizeUrl().toEncoded()));
    QVERIFY(content.contains("SEEN="));
    QVERIFY(!content.contains("canary-value"));
}

void tst_Cli::checksTheWholeWay()
{
    const QString report = m_folder.filePath(u"report.json"_s);
    const Outcome outcome = run({u"check"_s, u"--provider"_s, u"openai"_s, u"--practice"_s,
                                 u"--auto"_s, u"--prompt"_s, u"Hello"_s, u"--report"_s, report});
    QVERIFY2(outcome.code == 0, (outcome.out + outcome.err).constData());
    QVERIFY(outcome.out.contains("PASSED: 12 of 12 stages"));
    QFile file(report);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(json[u"passed"_s], QJsonValue(true));
    QCOMPARE(json[u"practice"_s], QJsonValue(true));
    QCOMPARE(json[u"stages"_s].toArray().size(), 12);
    QCOMPARE(run({u"check"_s, u"--practice"_s, u"--auto"_s, u"--model"_s, u"practice-cut"_s}).code,
             1);
}

void tst_Cli::examinesThisComputer()
{
    const QString home = m_folder.filePath(u"home"_s);
    m_environment.insert(u"HOME"_s, home);
    m_environment.insert(u"XDG_DATA_HOME"_s, home + u"/data"_s);
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, home); // no bus, so no keyring
    m_environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    m_environment.insert(u"BROWSER"_s, u"sh"_s);
    m_environment.insert(u"OPENAI_API_KEY"_s, u"sk-CANARY"_s);

    const Outcome outcome = run({u"doctor"_s, u"--provider"_s, u"openai"_s, u"--json"_s});
    QCOMPARE(outcome.code, 1);
    QCOMPARE(outcome.err, QByteArray());
    QHash<QString, QString> found;
    const QJsonArray probes = QJsonDocument::fromJson(outcome.out)[u"probes"_s].toArray();
    for (const QJsonValue &probe : probes) {
        found.insert(probe[u"id"_s].toString(), probe[u"status"_s].toString());
    }
    QCOMPARE(found.value(u"connection:127.0.0.1:%1"_s.arg(m_practice->apiUrl().port())), u"ok"_s);
    QCOMPARE(found.value(u"browser"_s), u"ok"_s);
    QCOMPARE(found.value(u"data"_s), u"ok"_s);
    QCOMPARE(found.value(u"keyring"_s), u"problem"_s);
    QVERIFY(found.contains(u"ports"_s) && found.contains(u"clock"_s) && found.contains(u"proxy"_s));

    const Outcome text = run({u"doctor"_s, u"--provider"_s, u"openai"_s});
    QVERIFY(text.out.contains("PROBLEM  Keyring: "));
    for (const QByteArray &bytes : {outcome.out, text.out}) {
        QVERIFY(!bytes.contains("CANARY"));
        QVERIFY(!bytes.contains(home.toUtf8()));
    }
    QVERIFY(!QFile::exists(home)); // it looks, and makes nothing
    QCOMPARE(run({u"doctor"_s, u"--provider"_s, u"nobody"_s}).code, 2);
}

QTEST_GUILESS_MAIN(tst_Cli)
#include "tst_cli.moc"
