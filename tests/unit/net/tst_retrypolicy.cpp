// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/retrypolicy.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = Error::Kind;
using std::chrono::milliseconds;

class tst_RetryPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retriesWhatMayPass_data();
    void retriesWhatMayPass();
    void waitsAsLongAsItIsTold_data();
    void waitsAsLongAsItIsTold();
    void comesBackLaterAndNotWithTheOthers();
    void letsTheProviderDecide_data();
    void letsTheProviderDecide();
};

namespace {

std::optional<milliseconds> pauseFor(Kind kind, int tries = 0, const QByteArray &wish = {})
{
    HttpReply reply{.status = 503};
    if (!wish.isEmpty()) {
        reply.headers.append({"X-Should-Retry", wish});
    }
    return retryPause({kind, u"No."_s}, reply, tries, 0.5);
}

} // namespace

void tst_RetryPolicy::retriesWhatMayPass_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("retried");
    QTest::newRow("rate limit") << Kind::RateLimited << true;
    QTest::newRow("overloaded") << Kind::Overloaded << true;
    QTest::newRow("server error") << Kind::ServerFailure << true;
    QTest::newRow("no credit, or a used-up plan") << Kind::QuotaExceeded << false;
    QTest::newRow("a wrong key") << Kind::AuthenticationRequired << false;
    QTest::newRow("a wrong request") << Kind::InvalidRequest << false;
    QTest::newRow("too long") << Kind::ContextTooLong << false;
    QTest::newRow("filtered") << Kind::ContentFiltered << false;
    QTest::newRow("no stream") << Kind::InvalidResponse << false;
    QTest::newRow("cut off") << Kind::Interrupted << false;
    QTest::newRow("silence") << Kind::Timeout << false;
    QTest::newRow("no network") << Kind::Network << false;
}

void tst_RetryPolicy::retriesWhatMayPass()
{
    QFETCH(Kind, kind);
    QTEST(pauseFor(kind).has_value(), "retried");
    QTEST(pauseFor(kind, 1).has_value(), "retried");
    QVERIFY(!pauseFor(kind, 2));
}

void tst_RetryPolicy::waitsAsLongAsItIsTold_data()
{
    QTest::addColumn<milliseconds>("told");
    QTest::addColumn<std::optional<milliseconds>>("pause");
    QTest::newRow("a while") << milliseconds(20s) << std::optional<milliseconds>(20s);
    QTest::newRow("a minute") << milliseconds(60s) << std::optional<milliseconds>(60s);
    QTest::newRow("longer than anybody watches a countdown")
        << milliseconds(60'001ms) << std::optional<milliseconds>();
    QTest::newRow("not at all: not in a tight loop, all the same")
        << milliseconds(0ms) << std::optional<milliseconds>(500ms);
}

void tst_RetryPolicy::waitsAsLongAsItIsTold()
{
    QFETCH(milliseconds, told);
    QFETCH(std::optional<milliseconds>, pause);
    const Error error{.kind = Kind::RateLimited, .message = u"Wait."_s, .retryAfter = told};
    QCOMPARE(retryPause(error, {.status = 429}, 0, 0.5), pause);
}

void tst_RetryPolicy::comesBackLaterAndNotWithTheOthers()
{
    const Error error{Kind::Overloaded, u"Busy."_s};
    for (const double random : {0.0, 0.25, 0.999}) {
        const auto first = *retryPause(error, {.status = 529}, 0, random);
        const auto second = *retryPause(error, {.status = 529}, 1, random);
        QVERIFY(first >= 375ms && first <= 625ms);
        QVERIFY(second >= 1500ms && second <= 2500ms);
    }
    QVERIFY(retryPause(error, {.status = 529}, 0, 0.1)
            != retryPause(error, {.status = 529}, 0, 0.9));
}

void tst_RetryPolicy::letsTheProviderDecide_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("wish");
    QTest::addColumn<bool>("retried");
    QTest::newRow("no, thanks") << Kind::Overloaded << QByteArray("false") << false;
    QTest::newRow("a conflict") << Kind::InvalidRequest << QByteArray("true") << true;
    QTest::newRow("an empty account stays empty")
        << Kind::QuotaExceeded << QByteArray("true") << false;
    QTest::newRow("garbage") << Kind::InvalidRequest << QByteArray("yes please") << false;
}

void tst_RetryPolicy::letsTheProviderDecide()
{
    QFETCH(Kind, kind);
    QFETCH(QByteArray, wish);
    QTEST(pauseFor(kind, 0, wish).has_value(), "retried");
}

QTEST_GUILESS_MAIN(tst_RetryPolicy)
#include "tst_retrypolicy.moc"
