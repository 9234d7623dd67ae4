// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceprovider.h"
#include "support/programrun.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <csignal>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! maestro-cli ask with files, limits and tools: the real binary.
class tst_CliAsk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refusesWhatItCannotSend_data();
    void refusesWhatItCannotSend();
    void sendsFilesAlong();
    void endsAtTheLimitOfTokens();
    void asksBeforeAToolRuns_data();
    void asksBeforeAToolRuns();
    void stopsWhileItAsks();
    void tellsAnErrorInTheStreamInFourParts();

private:
    void start(QProcess &process, const QStringList &options);
    Outcome run(const QStringList &options, const QByteArray &input = {});
    QString write(const QString &name, const QByteArray &bytes);

    std::unique_ptr<PracticeProvider> m_practice;
    QTemporaryDir m_folder;
};

void tst_CliAsk::initTestCase()
{
    m_practice = std::make_unique<PracticeProvider>(PracticeProvider::Pace{40, 0ms});
    QVERIFY(m_practice->listen());
}

void tst_CliAsk::start(QProcess &process, const QStringList &options)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_DATA_HOME"_s, m_folder.path());
    environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s); // the keyring of whoever runs the tests
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.path());
    environment.insert(u"OPENAI_BASE_URL"_s, m_practice->apiUrl().toString());
    environment.insert(u"OPENAI_API_KEY"_s, u"practice"_s);
    process.setProcessEnvironment(environment);
    process.setProgram(QStringLiteral(MAESTRO_CLI));
    process.setArguments(QStringList{u"ask"_s, u"--provider"_s, u"openai"_s} + options);
    process.start();
}

Outcome tst_CliAsk::run(const QStringList &options, const QByteArray &input)
{
    QProcess process;
    start(process, options);
    return runToItsEnd(process, input);
}

QString tst_CliAsk::write(const QString &name, const QByteArray &bytes)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("%s cannot be written", qPrintable(name));
    }
    return file.fileName();
}

void tst_CliAsk::refusesWhatItCannotSend_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    const QString zip = write(u"a.zip"_s, "PK\3\4");
    const QString text = write(u"a.txt"_s, "words");
    QTest::newRow("a file that is not there")
        << QStringList{u"--file"_s, m_folder.filePath(u"none"_s)} << 1 << "cannot be read"_ba;
    QTest::newRow("a folder") << QStringList{u"--file"_s, m_folder.path()} << 1
                              << "cannot be read"_ba;
    QTest::newRow("an archive") << QStringList{u"--file"_s, zip} << 1 << "no picture, PDF"_ba;
    QTest::newRow("a text as a picture")
        << QStringList{u"--image"_s, text} << 1 << "a.txt is no picture"_ba;
    QTest::newRow("a schema that is none")
        << QStringList{u"--schema"_s, text} << 1 << "holds no JSON schema"_ba;
    QTest::newRow("no number of tokens")
        << QStringList{u"--max-tokens"_s, u"many"_s} << 2 << "--max-tokens"_ba;
    QTest::newRow("no tokens") << QStringList{u"--max-tokens"_s, u"0"_s} << 2 << "--max-tokens"_ba;
    QTest::newRow("no temperature")
        << QStringList{u"--temperature"_s, u"hot"_s} << 2 << "--temperature"_ba;
    QTest::newRow("too hot") << QStringList{u"--model"_s, u"gpt-4.1"_s, u"--temperature"_s, u"3"_s}
                             << 1 << "out of range"_ba;
    QTest::newRow("no number of thoughts")
        << QStringList{u"--thinking"_s, u"1.5"_s} << 2 << "--thinking"_ba;
    QTest::newRow("a budget that OpenAI does not take")
        << QStringList{u"--thinking"_s, u"2048"_s} << 1 << "low or high"_ba;
}

void tst_CliAsk::refusesWhatItCannotSend()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, words);
    const Outcome outcome = run(options + QStringList{u"Hello"_s});
    QTEST(outcome.code, "code");
    QVERIFY(outcome.out.isEmpty());
    QVERIFY2(outcome.err.contains(words), outcome.err.constData());
}

void tst_CliAsk::sendsFilesAlong()
{
    const QString picture = write(u"dot.png"_s, QByteArray("\x89PNG\r\n\x1a\n\0", 9));
    const QString text = write(u"notes.txt"_s, "words");
    const Outcome outcome
        = run({u"--model"_s, u"practice"_s, u"--image"_s, picture, u"--file"_s, text, u"Hello"_s});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QVERIFY(outcome.out.size() > 100);
}

void tst_CliAsk::endsAtTheLimitOfTokens()
{
    const Outcome whole = run({u"--model"_s, u"practice"_s, u"Hello"_s});
    const Outcome part
        = run({u"--model"_s, u"practice"_s, u"--max-tokens"_s, u"400"_s, u"Hello"_s});
    QCOMPARE(part.code, whole.code);
    QVERIFY2(part.out.size() < whole.out.size(), part.err.constData());
}

void tst_CliAsk::asksBeforeAToolRuns_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("no") << "n\n"_ba;
    QTest::newRow("something else") << "perhaps\n"_ba;
    QTest::newRow("nothing more to read") << QByteArray();
}

void tst_CliAsk::asksBeforeAToolRuns()
{
    QFETCH(QByteArray, input);
    // The practice model calls the first two tools, the second with an address of its own.
    const Outcome outcome = run({u"--model"_s, u"practice-tools"_s, u"--tools"_s, u"Go"_s}, input);
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QVERIFY2(outcome.err.contains("May the model fetch https://example.com/ from the internet?"),
             outcome.err.constData());
    QVERIFY2(outcome.err.contains("current_time returned"), outcome.err.constData());
    QVERIFY2(outcome.err.contains("fetch_url failed: The person did not allow this call."),
             outcome.err.constData());
    QVERIFY2(outcome.out.contains("**fetch_url** returned") || outcome.out.contains("fetch_url"),
             outcome.out.constData());
    QVERIFY(outcome.out.contains("did not allow")); // the model was told
}

void tst_CliAsk::stopsWhileItAsks()
{
    QProcess process;
    start(process, {u"--model"_s, u"practice-tools"_s, u"--tools"_s, u"Go"_s});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardError()).contains("[y/n]"), 20'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
}

void tst_CliAsk::tellsAnErrorInTheStreamInFourParts()
{
    const Outcome outcome = run({u"--model"_s, u"practice-error"_s, u"Hello"_s});
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.err.contains("request id req_"), outcome.err.constData());
    // What happened, why in the provider's words, what to do, and only then the details.
    const QString said = QString::fromUtf8(outcome.err);
    static const QRegularExpression parts(u"^maestro-cli: [^“\n]+\\. “[^“”\n]+” [^“\n]+\\.$"_s,
                                          QRegularExpression::MultilineOption);
    QVERIFY2(parts.match(said).hasMatch(), qPrintable(said));
}

QTEST_GUILESS_MAIN(tst_CliAsk)
#include "tst_cliask.moc"
