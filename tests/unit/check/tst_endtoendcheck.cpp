// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "check/endtoendcheck.h"
#include "check/judgement.h"
#include "support/scriptedchat.h"
#include "support/scriptedsignin.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Test::ScriptedClient;
using Test::ScriptedSignIn;

namespace {

QUrl authorizationUrl(const QHash<QString, QString> &changes = {})
{
    QList<std::pair<QString, QString>> items{
        {u"response_type"_s, u"code"_s},
        {u"client_id"_s, u"app"_s},
        {u"redirect_uri"_s, u"http%3A%2F%2Flocalhost%3A1455%2Fauth%2Fcallback"_s},
        {u"scope"_s, u"openid%20email"_s},
        {u"code_challenge"_s, QString(43, u'c')},
        {u"code_challenge_method"_s, u"S256"_s},
        {u"state"_s, QString(43, u's')},
    };
    QStringList query;
    for (const auto &[name, value] : items) {
        query.append(name + u'=' + changes.value(name, value));
    }
    return QUrl(changes.value(u"base"_s, u"https://auth.example/authorize"_s) + u'?'
                + query.join(u'&'));
}

const SignedIn Person{
    Account{.key = {u"openai"_s, AccountKey::Type::OAuth, u"acc"_s}, .email = u"a@example.com"_s}};
const Usage Counted{.input = 10, .output = 20, .total = 30, .inputTotal = 10, .outputTotal = 20};
const Error Refused{Error::Kind::InvalidGrant, u"The code is not valid."_s};

} // namespace

class tst_EndToEndCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void passesWhenEverythingWorks();
    void skipsWhatASignInDoesNotHave();
    void asksAtOnceWithAKey();
    void failsTheStageThatFailed();
    void signedInWithoutAKeyFails();
    void doesNotBelieveAWrongAddress_data();
    void doesNotBelieveAWrongAddress();
    void doesNotBelieveAnAnswer_data();
    void doesNotBelieveAnAnswer();
    void doesNotBelieveCounts_data();
    void doesNotBelieveCounts();
    void failsWhenAnInvalidCodeIsAccepted();
    void failsWhenTheInvalidCodeWasNotAnswered();
    void neverOpensTheBrowserForTheInvalidCode();
    void forgesACallbackForItsOwnAttempt();
    void writesAReportThatHoldsEveryStage();

private:
    EndToEndCheck::Setup setup(bool withSignIn) const;
    void make(bool withSignIn = true);
    void signIn();
    void answer(const StreamMessages &messages);
    void refuseInvalidCode();
    void interrupt();
    CheckReport report() const
    {
        return m_finished->constFirst().constFirst().value<CheckReport>();
    }
    CheckStep step(const QString &id) const;

    ScriptedClient m_client;
    mutable QPointer<ScriptedSignIn> m_signIn;
    mutable int m_signIns = 0;
    std::unique_ptr<EndToEndCheck> m_check;
    std::unique_ptr<QSignalSpy> m_finished;
    std::unique_ptr<QSignalSpy> m_browser;
};

void tst_EndToEndCheck::init()
{
    m_client.requests.clear();
    m_signIns = 0;
}

EndToEndCheck::Setup tst_EndToEndCheck::setup(bool withSignIn) const
{
    Provider provider;
    provider.id = u"openai"_s;
    provider.name = u"OpenAI"_s;
    provider.baseUrl = QUrl(u"https://api.example/v1"_s);
    EndToEndCheck::Setup setup{provider, u"model"_s, EndToEndCheck::standardPrompt()};
    if (withSignIn) {
        setup.makeSignIn = [this] {
            auto signIn = std::make_unique<ScriptedSignIn>();
            signIn->url = authorizationUrl();
            m_signIn = signIn.get();
            ++m_signIns;
            return signIn;
        };
    } else {
        setup.account = {u"openai"_s, AccountKey::Type::ApiKey};
    }
    return setup;
}

void tst_EndToEndCheck::make(bool withSignIn)
{
    m_check = std::make_unique<EndToEndCheck>(setup(withSignIn), m_client);
    m_finished = std::make_unique<QSignalSpy>(m_check.get(), &EndToEndCheck::finished);
    m_browser = std::make_unique<QSignalSpy>(m_check.get(), &EndToEndCheck::browserRequested);
    m_check->start();
}

void tst_EndToEndCheck::signIn()
{
    for (const SignInStage stage :
         {SignInStage::AuthorizationUrl, SignInStage::Listener, SignInStage::Person,
          SignInStage::Code, SignInStage::Tokens, SignInStage::ApiKey}) {
        m_signIn->reach(stage, u"fact"_s);
        if (stage == SignInStage::Person) {
            m_signIn->requestBrowser();
        }
    }
    m_signIn->end(Person);
}

void tst_EndToEndCheck::answer(const StreamMessages &messages)
{
    m_client.current->end(messages, std::nullopt);
}

void tst_EndToEndCheck::refuseInvalidCode()
{
    m_signIn->requestBrowser();
    m_signIn->current = SignInStage::Tokens;
    m_signIn->end(Refused);
}

void tst_EndToEndCheck::interrupt() { m_client.current->say({Content{0, u"Once upon"_s}}); }

CheckStep tst_EndToEndCheck::step(const QString &id) const
{
    const QList<CheckStep> steps = m_check->steps();
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&id](const CheckStep &step) { return step.id == id; });
    return found == steps.end() ? CheckStep() : *found;
}

void tst_EndToEndCheck::passesWhenEverythingWorks()
{
    make();
    signIn();
    answer({Content{0, u"Use FastAPI."_s}, Counted,
            Done{Done::Ending::Complete, Done::Stop::End, u"completed"_s, u"resp_1"_s, u"m"_s}});
    refuseInvalidCode();
    interrupt();

    QCOMPARE(m_finished->size(), 1);
    QVERIFY2(report().passed(), qPrintable(toMarkdown(report())));
    QCOMPARE(report().count(CheckStep::Status::Passed), 12);
    QCOMPARE(report().responseId, u"resp_1"_s);
    QCOMPARE(m_client.accounts.last(), Person.account.key);
    QCOMPARE(m_client.requests.first().conversation.turns,
             QList<Turn>{Prompt{EndToEndCheck::standardPrompt()}});
    QCOMPARE(m_browser->size(), 1);
}

void tst_EndToEndCheck::skipsWhatASignInDoesNotHave()
{
    make();
    m_signIn->reach(SignInStage::AuthorizationUrl);
    m_signIn->reach(SignInStage::Person);
    m_signIn->reach(SignInStage::Code);
    m_signIn->reach(SignInStage::Tokens);
    m_signIn->end(Person);
    QCOMPARE(step(u"listener"_s).status, CheckStep::Status::Skipped);
    QCOMPARE(step(u"api_key"_s).status, CheckStep::Status::Skipped);
    QCOMPARE(step(u"person"_s).status, CheckStep::Status::Passed);
    QCOMPARE(step(u"request"_s).status, CheckStep::Status::Running);
}

void tst_EndToEndCheck::asksAtOnceWithAKey()
{
    make(false);
    answer({Content{0, u"Use FastAPI."_s}, Counted, Done{Done::Ending::Complete}});
    interrupt();
    QVERIFY(report().passed());
    QCOMPARE(m_signIns, 0);
    QCOMPARE(report().steps.size(), 5);
}

void tst_EndToEndCheck::failsTheStageThatFailed()
{
    make();
    m_signIn->reach(SignInStage::AuthorizationUrl);
    m_signIn->reach(SignInStage::Listener);
    m_signIn->reach(SignInStage::Person);
    const Error denied{Error::Kind::AccessDenied, u"You said no."_s};
    m_signIn->end(denied);

    QCOMPARE(m_finished->size(), 1);
    QVERIFY(!report().passed());
    QCOMPARE(step(u"person"_s).status, CheckStep::Status::Failed);
    QCOMPARE(step(u"person"_s).error, std::optional(denied));
    QCOMPARE(step(u"code"_s).status, CheckStep::Status::Pending);
    QVERIFY(m_client.requests.isEmpty());
}

void tst_EndToEndCheck::signedInWithoutAKeyFails()
{
    make();
    for (const SignInStage stage : {SignInStage::AuthorizationUrl, SignInStage::Listener,
                                    SignInStage::Person, SignInStage::Code, SignInStage::Tokens}) {
        m_signIn->reach(stage);
    }
    SignedIn withoutKey = Person;
    withoutKey.noKey = Error{Error::Kind::NoOrganization, u"No organization."_s};
    m_signIn->end(withoutKey);
    QVERIFY(!report().passed());
    QCOMPARE(step(u"api_key"_s).error->kind, Error::Kind::NoOrganization);
    QVERIFY(m_client.requests.isEmpty());
}

void tst_EndToEndCheck::doesNotBelieveAWrongAddress_data()
{
    QTest::addColumn<QUrl>("url");

    QTest::newRow("plain http") << authorizationUrl(
        {{u"base"_s, u"http://auth.example/authorize"_s}});
    QTest::newRow("a token instead of a code")
        << authorizationUrl({{u"response_type"_s, u"token"_s}});
    QTest::newRow("no client") << authorizationUrl({{u"client_id"_s, QString()}});
    QTest::newRow("plain PKCE") << authorizationUrl({{u"code_challenge_method"_s, u"plain"_s}});
    QTest::newRow("short challenge") << authorizationUrl({{u"code_challenge"_s, u"abc"_s}});
    QTest::newRow("short state") << authorizationUrl({{u"state"_s, u"abcdefgh"_s}});
    QTest::newRow("two states") << authorizationUrl(
        {{u"state"_s, QString(43, u's') + u"&state=x"_s}});
    QTest::newRow("redirect elsewhere")
        << authorizationUrl({{u"redirect_uri"_s, u"http%3A%2F%2Fevil.example%2F"_s}});
    QTest::newRow("plus for space") << authorizationUrl({{u"scope"_s, u"openid+email"_s}});
}

void tst_EndToEndCheck::doesNotBelieveAWrongAddress()
{
    QFETCH(QUrl, url);

    QVERIFY(!faultOf(authorizationUrl()));
    QVERIFY(faultOf(url));
    make();
    m_signIn->url = url;
    m_signIn->reach(SignInStage::AuthorizationUrl);
    QVERIFY(!report().passed());
    QCOMPARE(m_browser->size(), 0);
}

void tst_EndToEndCheck::doesNotBelieveAnAnswer_data()
{
    QTest::addColumn<StreamMessages>("messages");

    const Content text{0, u"text"_s};
    QTest::newRow("cut off") << StreamMessages{text, Counted, Done{Done::Ending::CutOff}};
    QTest::newRow("no end") << StreamMessages{text, Counted};
    QTest::newRow("empty") << StreamMessages{Counted, Done{Done::Ending::Complete}};
    QTest::newRow("only spaces") << StreamMessages{Content{0, u" \n"_s}, Counted,
                                                   Done{Done::Ending::Complete}};
    QTest::newRow("unread events")
        << StreamMessages{text, StreamFault{false, Refused}, Counted, Done{Done::Ending::Complete}};
    QTest::newRow("an unfinished call")
        << StreamMessages{text, FunctionCall{FunctionCall::Phase::Begin, 0, u"c"_s, u"f"_s, {}},
                          Counted, Done{Done::Ending::Complete}};
    QTest::newRow("no usage") << StreamMessages{text, Done{Done::Ending::Complete}};
}

void tst_EndToEndCheck::doesNotBelieveAnAnswer()
{
    QFETCH(StreamMessages, messages);

    make(false);
    answer(messages);
    if (m_finished->isEmpty()) {
        interrupt(); // the recovery is still shown
    }
    QCOMPARE(m_finished->size(), 1);
    QVERIFY(!report().passed());
    QVERIFY(report().count(CheckStep::Status::Failed) > 0);
}

void tst_EndToEndCheck::doesNotBelieveCounts_data()
{
    QTest::addColumn<Usage>("usage");

    QTest::newRow("nothing") << Usage{};
    QTest::newRow("no output") << Usage{.inputTotal = 10};
    QTest::newRow("zero output") << Usage{.inputTotal = 10, .outputTotal = 0};
    QTest::newRow("total too small") << Usage{.total = 20, .inputTotal = 10, .outputTotal = 20};
    QTest::newRow("more reasoning than output")
        << Usage{.reasoning = 21, .inputTotal = 10, .outputTotal = 20};
    QTest::newRow("more cached than input")
        << Usage{.cached = 11, .inputTotal = 10, .outputTotal = 20};
}

void tst_EndToEndCheck::doesNotBelieveCounts()
{
    QFETCH(Usage, usage);

    QVERIFY(!faultOf(std::optional(Counted)));
    QVERIFY(faultOf(std::optional(usage)));
}

void tst_EndToEndCheck::failsWhenAnInvalidCodeIsAccepted()
{
    make();
    signIn();
    answer({Content{0, u"x"_s}, Counted, Done{Done::Ending::Complete}});
    m_signIn->requestBrowser();
    m_signIn->end(Person);
    interrupt();
    QVERIFY(!report().passed());
    QCOMPARE(step(u"invalid_code_refused"_s).status, CheckStep::Status::Failed);
}

void tst_EndToEndCheck::failsWhenTheInvalidCodeWasNotAnswered()
{
    make();
    signIn();
    answer({Content{0, u"x"_s}, Counted, Done{Done::Ending::Complete}});
    m_signIn->requestBrowser();
    m_signIn->current = SignInStage::Tokens;
    m_signIn->end(Error{Error::Kind::Network, u"No network."_s});
    interrupt();
    QCOMPARE(step(u"invalid_code_refused"_s).error->kind, Error::Kind::Network);
    QVERIFY(!report().passed());
}

void tst_EndToEndCheck::neverOpensTheBrowserForTheInvalidCode()
{
    make();
    signIn();
    answer({Content{0, u"x"_s}, Counted, Done{Done::Ending::Complete}});
    QCOMPARE(m_browser->size(), 1);
    m_signIn->requestBrowser();
    QCOMPARE(m_browser->size(), 1);
    QCOMPARE(m_signIn->submitted.size(), 1);
    QCOMPARE(m_signIns, 2);
}

void tst_EndToEndCheck::forgesACallbackForItsOwnAttempt()
{
    const QUrl forged(forgedCallback(authorizationUrl()));
    QCOMPARE(forged.adjusted(QUrl::RemoveQuery), QUrl(u"http://localhost:1455/auth/callback"_s));
    QCOMPARE(QUrlQuery(forged).queryItemValue(u"state"_s), QString(43, u's'));
    QVERIFY(!QUrlQuery(forged).queryItemValue(u"code"_s).isEmpty());

    const QUrl pasted
        = authorizationUrl({{u"redirect_uri"_s, u"https%3A%2F%2Fconsole.example%2Fcallback"_s}});
    QVERIFY(forgedCallback(pasted).endsWith(u'#' + QString(43, u's')));
}

void tst_EndToEndCheck::writesAReportThatHoldsEveryStage()
{
    make();
    signIn();
    answer({Content{0, u"x"_s}, Counted, Done{Done::Ending::Complete}});
    refuseInvalidCode();
    interrupt();

    const QJsonObject json = toJson(report());
    QCOMPARE(json[u"passed"_s], QJsonValue(true));
    QStringList ids;
    const QJsonArray stages = json[u"stages"_s].toArray();
    for (const QJsonValue &stage : stages) {
        ids.append(stage[u"id"_s].toString());
        QCOMPARE(stage[u"status"_s].toString(), u"passed"_s);
    }
    QCOMPARE(ids,
             (QStringList{u"authorization_url"_s, u"listener"_s, u"person"_s, u"code"_s,
                          u"tokens"_s, u"api_key"_s, u"request"_s, u"first_token"_s, u"complete"_s,
                          u"usage"_s, u"invalid_code_refused"_s, u"interruption_reported"_s}));
    const QString markdown = toMarkdown(report());
    for (const CheckStep &step : report().steps) {
        QVERIFY2(markdown.contains(step.title), qPrintable(step.title));
    }
    // The addresses of the attempts hold its state; no report does.
    const QString everything = markdown + QString::fromUtf8(QJsonDocument(json).toJson());
    QVERIFY(!everything.contains(QString(43, u's')));
    QVERIFY(!everything.contains(QString(43, u'c')));
}

QTEST_GUILESS_MAIN(tst_EndToEndCheck)
#include "tst_endtoendcheck.moc"
