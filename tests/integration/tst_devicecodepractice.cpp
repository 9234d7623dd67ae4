// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/memorycredentials.h"
#include "net/devicelogin.h"
#include "net/policynam.h"
#include "practice/practiceperson.h"
#include "practice/practiceprovider.h"

#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! The sign-in with a code against the practice provider, the page and its person between them.
class tst_DeviceCodePractice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void signsIn();
    void endsWhenThePersonDenies();
    void takesACodeAsPeopleTypeIt_data();
    void takesACodeAsPeopleTypeIt();
    void handsTheCodeOutOnce();
    void turnsForeignRedirectsAway();
    void refusesGarbage_data();
    void refusesGarbage();

private:
    OAuth::OAuthProfile profile() const;
    //! Sends what a browser or Maestro would; the answer is finished.
    std::unique_ptr<QNetworkReply> post(const QString &path, const QByteArray &type,
                                        const QByteArray &body);
    Result<SignedIn> signInAs(PracticePerson::Decision decision);

    std::unique_ptr<PracticeProvider> m_practice;
    MemoryCredentials m_store;
    PolicyNam m_network;
};

namespace {

const QByteArray Json = "application/json";
const QByteArray Form = "application/x-www-form-urlencoded";

} // namespace

void tst_DeviceCodePractice::init()
{
    m_practice = std::make_unique<PracticeProvider>();
    QVERIFY(m_practice->listen());
}

OAuth::OAuthProfile tst_DeviceCodePractice::profile() const
{
    OAuth::OAuthProfile profile = OAuth::openAiProfile();
    profile.issuer.clear();
    profile.authorizeUrl = m_practice->authorizeUrl();
    profile.tokenUrl = m_practice->tokenUrl();
    profile.device = OAuth::deviceEndpointsAt(m_practice->issuer());
    return profile;
}

std::unique_ptr<QNetworkReply>
tst_DeviceCodePractice::post(const QString &path, const QByteArray &type, const QByteArray &body)
{
    QNetworkRequest request(m_practice->issuer().resolved(QUrl(path)));
    request.setHeader(QNetworkRequest::ContentTypeHeader, type);
    std::unique_ptr<QNetworkReply> reply(m_network.post(request, body));
    return QTest::qWaitFor([&reply] { return reply->isFinished(); }) ? std::move(reply) : nullptr;
}

Result<SignedIn> tst_DeviceCodePractice::signInAs(PracticePerson::Decision decision)
{
    DeviceLogin login(profile(), m_store, m_network,
                      {.endpoint = {}, .lifetime = 1min, .longestPause = 20ms});
    PracticePerson person;
    connect(&login, &SignIn::codeOffered, &person,
            [&person, decision](const QUrl &where, const QString &code) {
                person.typeCode(where, code, decision);
            });
    QSignalSpy finished(&login, &SignIn::finished);
    login.start();
    return QTest::qWaitFor([&finished] { return !finished.isEmpty(); })
        ? finished[0][0].value<Result<SignedIn>>()
        : Error{Error::Kind::Timeout, u"never"_s};
}

void tst_DeviceCodePractice::signsIn()
{
    const auto signedIn = signInAs(PracticePerson::Decision::Allow);
    QVERIFY2(signedIn, signedIn ? "" : qPrintable(signedIn.error().message));
    QVERIFY(!signedIn->noKey);
    QCOMPARE(m_store.accounts().size(), 1);
    const auto secrets = m_store.secretsOf(signedIn->account.key).result();
    QVERIFY(secrets->apiKey.reveal().startsWith("practice-sk-"));
}

void tst_DeviceCodePractice::endsWhenThePersonDenies()
{
    const auto signedIn = signInAs(PracticePerson::Decision::Deny);
    QVERIFY(!signedIn);
    QCOMPARE(signedIn.error().kind, Error::Kind::AccessDenied);
}

void tst_DeviceCodePractice::takesACodeAsPeopleTypeIt_data()
{
    QTest::addColumn<QString>("form"); // %1 and %2 are its halves
    QTest::newRow("as shown") << u"%1-%2"_s;
    QTest::newRow("without the dash") << u"%1%2"_s;
    QTest::newRow("with a space") << u" %1 %2 "_s;
}

void tst_DeviceCodePractice::takesACodeAsPeopleTypeIt()
{
    QFETCH(QString, form);
    const auto code = OAuth::readDeviceCode(
        200, post(u"/api/accounts/deviceauth/usercode"_s, Json, R"({"client_id":"c"})")->readAll());
    QVERIFY(code);
    const QStringList halves = code->userCode.toLower().split(u'-');
    QCOMPARE(halves.size(), 2);
    const QByteArray typed = QUrl::toPercentEncoding(form.arg(halves[0], halves[1]));
    QVERIFY(post(u"/codex/device"_s, Form, "user_code=" + typed)->readAll().contains("request"));
    QVERIFY(!post(u"/codex/device"_s, Form, "user_code=" + halves[0].toLatin1())
                 ->readAll()
                 .contains("name=\"request\""));
}

void tst_DeviceCodePractice::handsTheCodeOutOnce()
{
    const QByteArray begun
        = post(u"/api/accounts/deviceauth/usercode"_s, Json, R"({"client_id":"c"})")->readAll();
    const auto code = OAuth::readDeviceCode(200, begun);
    const QByteArray question = OAuth::makeDeviceQuestion(profile(), *code).body.reveal();
    const QString token = u"/api/accounts/deviceauth/token"_s;
    const auto ask = [&] {
        const auto reply = post(token, Json, question);
        return OAuth::readDeviceAnswer(
            reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
            {});
    };
    QVERIFY(std::holds_alternative<OAuth::DevicePending>(ask()));
    PracticePerson person;
    QSignalSpy finished(&person, &PracticePerson::finished);
    person.typeCode(profile().device->verificationUrl, code->userCode);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0][0].toBool(), true);
    QVERIFY(std::holds_alternative<OAuth::DeviceGrant>(ask()));
    QVERIFY(std::holds_alternative<Error>(ask()));
}

void tst_DeviceCodePractice::turnsForeignRedirectsAway()
{
    QNetworkRequest request(
        m_practice->issuer().resolved(QUrl(u"/deviceauth/callback?code=x&state=made-up"_s)));
    const std::unique_ptr<QNetworkReply> reply(m_network.get(request));
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 400);
}

void tst_DeviceCodePractice::refusesGarbage_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QString usercode = u"/api/accounts/deviceauth/usercode"_s;
    const QString token = u"/api/accounts/deviceauth/token"_s;
    QTest::newRow("no client") << usercode << Json << "{}"_ba;
    QTest::newRow("no JSON") << usercode << Json << "\xff\x00["_ba;
    QTest::newRow("no type") << usercode << QByteArray("text/plain") << "x"_ba;
    QTest::newRow("question about nothing") << token << Json << "{}"_ba;
    QTest::newRow("question about somebody else's")
        << token << Json << R"({"device_auth_id":"practice-device-x","user_code":"AAAA-AAAA"})"_ba;
    QTest::newRow("question that is none") << token << Json << "[]"_ba;
    QTest::newRow("code twice") << u"/codex/device"_s << Form << "user_code=a&user_code=b"_ba;
}

void tst_DeviceCodePractice::refusesGarbage()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const auto reply = post(path, type, body);
    QVERIFY(reply);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 400);
}

QTEST_GUILESS_MAIN(tst_DeviceCodePractice)
#include "tst_devicecodepractice.moc"
