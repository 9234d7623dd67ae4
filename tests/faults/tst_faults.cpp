// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chatsession.h"
#include "faults/scenario.h"
#include "net/policynam.h"
#include "support/switchedclient.h"

#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Faults;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Every fault of the network and of the other side, for every provider, from the bytes to what the
//! window shows. The rows' numbers are those of the table of faults:
//! - here: R01, R02, R04–R07, R14, R15, R18–R21, R30; R03 cannot be told from R02 on this side. R18
//!   is what HTTP/2 does where HTTP/1.1 is all that is spoken (see CONTRIBUTING.md)
//! - R08–R10: tst_tokens, tst_tokenkeeper; R11, R28: the peers' refresh test; R13: tst_tokenkeeper,
//!   tst_probes
//! - R12, R22–R27: tst_vaultsurvives, tst_vaultdamage, tst_database for the vault;
//! tst_chatssurvive,
//!   tst_programsurvives, tst_chatdamage, tst_chats for the conversations
//! - R16: tst_proxies; R17: tst_tls
//! - R29: tst_httpchat, with a clock that sleeps; R31: tst_largechats; R32: tst_vaultsurvives
//! - R33, R34: tst_signinwizard, tst_oauthlogin; R35: tst_vault, tst_keychain
//! - R36: this test in other environments
class tst_Faults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAsTheTableSays_data();
    void endsAsTheTableSays();
    void keepsWhatCameWhereverItIsCut_data();
    void keepsWhatCameWhereverItIsCut();
    void saysWhatKeepsItFromConnecting_data();
    void saysWhatKeepsItFromConnecting();
    void waitsOnAtThePersonsWish();
    void isPatientOnceItHasAsked();
    void stopsInAPauseWithoutAnotherRequest();
    void asksAgainAtOnceAtThePersonsWish();
    void asksOnANewConnectionEachTime();
};

namespace {

const AccountKey Account{u"someone"_s};
//! What pauses are shortened to.
constexpr double Shortened = 0.002;

//! One question after the other, in one conversation.
class Conversing
{
public:
    Conversing(const Provider &provider, const QUrl &server, Credential::Type type,
               const StreamExchange::Limits &limits = {})
        : m_credentials(type)
        , m_client(m_network, m_credentials, {.stream = limits, .pauses = Shortened})
        , m_patient(m_network, m_credentials, {.pauses = Shortened})
        , m_switched(m_client)
        , session(m_switched)
    {
        Provider row = provider;
        row.baseUrl = server;
        if (row.id == "openai"_L1) {
            row.baseUrl.setPath(u"/v1"_s);
        }
        session.setTarget(row, Account, u"m"_s);
    }

    std::optional<Error> ask(const QString &prompt)
    {
        QSignalSpy finished(&session, &ChatSession::answerFinished);
        session.send(prompt);
        return wait(finished);
    }
    static std::optional<Error> wait(QSignalSpy &finished)
    {
        if (finished.isEmpty() && !finished.wait(30000)) {
            return Error{Error::Kind::Unknown, u"It never ended."_s};
        }
        return finished.at(0).at(0).value<std::optional<Error>>();
    }
    void bePatient() { m_switched.use(m_patient); }

private:
    PolicyNam m_network;
    TwoCredentials m_credentials;
    HttpChatClient m_client;
    HttpChatClient m_patient;
    SwitchedClient m_switched;

public:
    ChatSession session;
};

QString textOf(const std::optional<Error> &error)
{
    return error ? u"%1: %2 / %3 / %4"_s.arg(toWord(error->kind), error->message, error->advice,
                                             error->detail)
                 : u"no error"_s;
}

} // namespace

namespace Maestro::Faults {

Expectation complete(const QString &text)
{
    Expectation expected;
    expected.text = text;
    expected.ending = Done::Ending::Complete;
    return expected;
}

Expectation cutOff(const QString &text, Error::Kind kind, const QString &words)
{
    Expectation expected;
    expected.text = text;
    expected.ending = kind == Error::Kind::Timeout ? Done::Ending::Silent : Done::Ending::CutOff;
    expected.kind = kind;
    expected.words = words;
    return expected;
}

Expectation refused(Error::Kind kind, const QString &words)
{
    Expectation expected;
    expected.kind = kind;
    expected.words = words;
    return expected;
}

} // namespace Maestro::Faults

void tst_Faults::endsAsTheTableSays_data()
{
    QTest::addColumn<Wire>("wire");
    QTest::addColumn<Scenario>("scenario");
    for (const Wire &wire : wires()) {
        const Scenarios scenarios
            = brokenConnections(wire) + falseAnswers(wire) + oddEvents(wire) + refusals(wire);
        for (const Scenario &scenario : scenarios) {
            QTest::newRow((wire.name + ": " + scenario.name).constData()) << wire << scenario;
        }
    }
}

void tst_Faults::endsAsTheTableSays()
{
    QFETCH(Wire, wire);
    QFETCH(Scenario, scenario);
    const Expectation &expected = scenario.expected;

    FaultServer server;
    server.setScripts(scenario.scripts);
    Conversing chat(wire.provider, server.url(), scenario.credential, scenario.limits);
    QSignalSpy pausing(&chat.session, &ChatSession::pausing);
    const auto error = chat.ask(u"How do you do?"_s);

    const QString said = textOf(error);
    QVERIFY2(error.has_value() == expected.kind.has_value(), qPrintable(said));
    if (error) {
        QVERIFY2(error->kind == *expected.kind, qPrintable(said));
        QVERIFY2(error->message.contains(expected.words), qPrintable(said));
        QVERIFY2(error->message.endsWith(u'.') && !error->advice.isEmpty(), qPrintable(said));
        QVERIFY2(error->detail.contains(expected.detail), qPrintable(said));
        QVERIFY2(!said.contains(u"canary"_s), qPrintable(said));
    }
    const Answer answer = chat.session.answer();
    QCOMPARE(answer.text(), expected.text);
    QCOMPARE(answer.done() ? std::optional(answer.done()->ending) : std::nullopt, expected.ending);
    QCOMPARE(answer.skippedEvents(), expected.skipped);
    QVERIFY(!chat.session.isAnswering());
    const FaultScript &first = scenario.scripts.first();
    if (!first.steps.isEmpty() && first.when == FaultScript::When::Asked) {
        QCOMPARE(server.requests().size(), expected.requests);
    }
    if (first.when == FaultScript::When::Connected) {
        // Closed before a byte was written, the connection is made once more; nothing was asked.
        QVERIFY(server.requests().size() <= expected.requests);
    } else {
        QCOMPARE(server.connections(), expected.requests);
    }
    QVERIFY(expected.secret.isEmpty() || server.requests().last().head.contains(expected.secret));
    const int connections = server.connections();
    QCOMPARE(pausing.size(), expected.pauses.size());
    for (qsizetype i = 0; i < pausing.size(); ++i) {
        const auto pause = pausing[i][0].value<RetryPause>();
        const Expectation::Pause &range = expected.pauses[i];
        QCOMPARE(pause.attempt, int(i) + 1);
        const double length = static_cast<double>(pause.length.count()) / Shortened;
        QVERIFY2(length > static_cast<double>(range.least.count()) - 1 / Shortened
                     && length <= static_cast<double>(range.most.count()),
                 qPrintable(QString::number(length)));
    }

    chat.bePatient();
    server.setScripts({Fault::answer(Fault::stream(wire.whole()))});
    const auto second = chat.ask(u"And then?"_s);
    QVERIFY2(!second, qPrintable(textOf(second)));
    QCOMPARE(chat.session.answer().text(), HelloWorld);
    QCOMPARE(server.connections(), connections + 1);
    const QByteArray question = server.requests().last().body;
    QVERIFY(question.contains("How do you do?"));
    QVERIFY(question.contains("And then?"));
    QCOMPARE(question.contains("Hello"), !expected.text.isEmpty());
}

void tst_Faults::keepsWhatCameWhereverItIsCut_data()
{
    QTest::addColumn<Wire>("wire");
    QTest::addColumn<bool>("isReset");
    for (const Wire &wire : wires()) {
        QTest::newRow((wire.name + ": R01 closed").constData()) << wire << false;
        QTest::newRow((wire.name + ": R01 reset").constData()) << wire << true;
    }
}

void tst_Faults::keepsWhatCameWhereverItIsCut()
{
    QFETCH(Wire, wire);
    QFETCH(bool, isReset);

    FaultServer server;
    const QByteArray bytes = Fault::stream(wire.whole());
    const qsizetype end = bytes.size() - wire.ending.size();
    QString longest;
    int asked = 0;
    QList<qsizetype> places;
    for (qsizetype at = 0; at < end; at += isReset ? 53 : 5) {
        places.append(at);
    }
    places.append(end);
    for (const qsizetype at : std::as_const(places)) {
        server.setScripts(
            {Fault::send(bytes.first(at)) + (isReset ? Fault::reset() : Fault::close())});
        Conversing chat(wire.provider, server.url(), Credential::Type::ApiKey);
        const auto error = chat.ask(u"How do you do?"_s);
        const QString text = chat.session.answer().text();
        QVERIFY2(error, qPrintable(u"whole, after %1 bytes"_s.arg(at)));
        QVERIFY(error->kind == Error::Kind::Network || error->kind == Error::Kind::Interrupted);
        QVERIFY(!chat.session.answer().isComplete());
        QVERIFY(text.startsWith(longest) && HelloWorld.startsWith(text));
        longest = text;
        QCOMPARE(server.connections(), ++asked);
    }
    QCOMPARE(longest, HelloWorld);
}

void tst_Faults::saysWhatKeepsItFromConnecting_data()
{
    QTest::addColumn<Wire>("wire");
    for (const Wire &wire : wires()) {
        QTest::newRow((wire.name + ": R14").constData()) << wire;
    }
}

void tst_Faults::saysWhatKeepsItFromConnecting()
{
    QFETCH(Wire, wire);
    QUrl nobody;
    {
        FaultServer gone;
        nobody = gone.url();
    }
    QStringList sentences;
    // The last is an address of all, which no connection has a route to, on any network.
    for (const QUrl &url :
         {nobody, QUrl(u"https://maestro.invalid"_s), QUrl(u"https://255.255.255.255"_s)}) {
        // What is said within five seconds is said before this limit says something else.
        Conversing chat(wire.provider, url, Credential::Type::ApiKey, {.connect = 5s});
        const auto error = chat.ask(u"How do you do?"_s);
        QVERIFY(error);
        QCOMPARE(error->kind, Error::Kind::Network);
        QVERIFY(error->message.contains(url.host()));
        QVERIFY(!chat.session.answer().done());
        sentences.append(error->message);
    }
    QVERIFY(sentences[0].contains(u"refused"_s));
    QVERIFY(sentences[1].contains(u"not found"_s));
    QVERIFY2(sentences[2].contains(u"no way to"_s), qPrintable(sentences[2]));
}

void tst_Faults::waitsOnAtThePersonsWish()
{
    const Wire wire = wires().first();
    FaultServer server;
    server.setScripts({Fault::send(Fault::stream(wire.opening + wire.hello)) + Fault::waitFor(900ms)
                       + Fault::answer(wire.world + wire.ending)});
    Conversing chat(wire.provider, server.url(), Credential::Type::ApiKey,
                    {.firstByte = 20s, .betweenBytes = 600ms});
    int stalls = 0;
    connect(&chat.session, &ChatSession::stalled, this, [&] {
        ++stalls;
        chat.session.keepWaiting();
    });
    QVERIFY(!chat.ask(u"How do you do?"_s));
    QCOMPARE(chat.session.answer().text(), HelloWorld);
    QVERIFY(stalls >= 1);
    QCOMPARE(server.connections(), 1);
}

void tst_Faults::isPatientOnceItHasAsked()
{
    // The short limit is for the connection; a model that thinks has minutes.
    const Wire wire = wires().first();
    FaultServer server;
    server.setScripts({Fault::waitFor(1200ms) + Fault::answer(Fault::stream(wire.whole()))});
    Conversing chat(wire.provider, server.url(), Credential::Type::ApiKey, {.connect = 600ms});
    const auto error = chat.ask(u"How do you do?"_s);
    QVERIFY2(!error, qPrintable(textOf(error)));
    QCOMPARE(chat.session.answer().text(), HelloWorld);
}

void tst_Faults::stopsInAPauseWithoutAnotherRequest()
{
    const Wire wire = wires().first();
    FaultServer server;
    server.setScripts({Fault::answer(
        Fault::http("429 Too Many Requests", "Retry-After: 60\r\n", wire.rateLimited))});
    Conversing chat(wire.provider, server.url(), Credential::Type::ApiKey);
    connect(&chat.session, &ChatSession::pausing, &chat.session, &ChatSession::stop);
    QVERIFY(!chat.ask(u"How do you do?"_s));
    QCOMPARE(server.connections(), 1);
    QVERIFY(chat.session.answer().text().isEmpty());
}

void tst_Faults::asksAgainAtOnceAtThePersonsWish()
{
    const Wire wire = wires().first();
    FaultServer server;
    server.setScripts({Fault::answer(Fault::http("429 Too Many Requests", "Retry-After: 60\r\n",
                                                 wire.rateLimited)),
                       Fault::answer(Fault::stream(wire.whole()))});
    Conversing chat(wire.provider, server.url(), Credential::Type::ApiKey);
    connect(&chat.session, &ChatSession::pausing, &chat.session, &ChatSession::retryNow);
    QVERIFY(!chat.ask(u"How do you do?"_s));
    QCOMPARE(chat.session.answer().text(), HelloWorld);
    QCOMPARE(server.connections(), 2);
}

void tst_Faults::asksOnANewConnectionEachTime()
{
    // R30: a connection of before a change of networks must not be used again.
    const Wire wire = wires().first();
    FaultServer server;
    server.setScripts({Fault::send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                   "Transfer-Encoding: chunked\r\n\r\n"
                                   + Fault::chunked(wire.whole(), 100))
                       + Fault::close()});
    Conversing chat(wire.provider, server.url(), Credential::Type::ApiKey);
    for (int i = 1; i <= 3; ++i) {
        const auto error = chat.ask(u"How do you do?"_s);
        QVERIFY2(!error, qPrintable(textOf(error)));
        QCOMPARE(server.connections(), i);
        QVERIFY(server.requests().last().head.toLower().contains("\r\nconnection: close\r\n"));
    }
}

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_faults.moc"
