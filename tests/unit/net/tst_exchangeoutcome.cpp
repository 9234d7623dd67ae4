// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/streamdecoder.h"
#include "net/exchangeoutcome.h"
#include "net/policynam.h"
#include "net/streamexchange.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"
#include "support/faultserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

//! Why an answer is not whole, from the bytes of a server to what a person is told.
class tst_ExchangeOutcome : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheRequestOfAnErrorInTheStream_data();
    void namesTheRequestOfAnErrorInTheStream();
    void keepsTheIdThatTheErrorNames();
    void showsNoForgedRequestId();

private:
    std::optional<Error> outcome(const Provider &provider, const QByteArray &headers,
                                 const QByteArray &events)
    {
        FaultServer server;
        server.setScripts({Fault::answer(Fault::stream(events, headers))});
        StreamExchange exchange(m_network, {}, {});
        StreamDecoder decoder(provider);
        StreamMessages messages;
        connect(&exchange, &StreamExchange::received, this,
                [&](const QByteArray &bytes) { messages += decoder.feed(bytes); });
        QSignalSpy finished(&exchange, &StreamExchange::finished);
        exchange.start({"POST", server.url(u"/ask"_s)}, {});
        if (finished.isEmpty() && !finished.wait(20'000)) {
            return {};
        }
        messages += decoder.finish();
        std::optional<Done> done;
        std::optional<StreamFault> fault;
        for (const StreamMessage &message : std::as_const(messages)) {
            if (const auto *end = std::get_if<Done>(&message)) {
                done = *end;
            } else if (const auto *reported = std::get_if<StreamFault>(&message)) {
                fault = *reported;
            }
        }
        return outcomeOf({exchange, provider, done, fault, decoder.eventCount()});
    }

    PolicyNam m_network;
};

void tst_ExchangeOutcome::namesTheRequestOfAnErrorInTheStream_data()
{
    QTest::addColumn<int>("provider");
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QByteArray>("header");
    const QList<Provider> rows = allProviders()
        << OpenAi::compatibleProvider(QUrl(u"https://models.example/v1"_s));
    for (int i = 0; i < rows.size(); ++i) {
        const Provider &row = rows[i];
        const QByteArray error = row.id == "anthropic"_L1
            ? R"({"type":"error","error":{"type":"api_error","message":"Why it is so"}})"
            : row.id == "gemini"_L1
            ? R"({"error":{"code":500,"message":"Why it is so","status":"INTERNAL"}})"
            : row.api == "responses"_L1
            ? R"({"type":"response.failed","response":{"error":{"code":"server_error","message":"Why it is so"}}})"
            : R"({"error":{"message":"Why it is so","type":"server_error"}})";
        for (const char *header : {"x-request-id", "request-id", "X-Request-Id"}) {
            QTest::addRow("%s %s, %s", qPrintable(row.id), qPrintable(row.api), header)
                << i << "data: " + error + "\n\n"
                << QByteArray(header);
        }
    }
}

void tst_ExchangeOutcome::namesTheRequestOfAnErrorInTheStream()
{
    QFETCH(int, provider);
    QFETCH(QByteArray, events);
    QFETCH(QByteArray, header);
    const QList<Provider> rows = allProviders()
        << OpenAi::compatibleProvider(QUrl(u"https://models.example/v1"_s));
    const auto error = outcome(rows[provider], header + ": req_head\r\n", events);
    QVERIFY(error);
    QCOMPARE(toWord(error->kind), toWord(Error::Kind::ServerFailure));
    QVERIFY2(error->message.startsWith(rows[provider].name), qPrintable(error->message));
    QCOMPARE(error->reason, u"Why it is so"_s);
    QVERIFY2(error->detail.startsWith(u"Why it is so\n"_s), qPrintable(error->detail));
    QCOMPARE(error->detail.count(u"request id req_head"_s), 1);
}

void tst_ExchangeOutcome::keepsTheIdThatTheErrorNames()
{
    const auto error = outcome(
        findProvider(allProviders(), u"anthropic"_s).value(), "x-request-id: req_gateway\r\n",
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":"
        "\"Quote the request id to us\"},\"request_id\":\"req_own\"}\n\n");
    QVERIFY(error);
    QVERIFY2(error->detail.contains(u"request id req_own"_s), qPrintable(error->detail));
    QVERIFY2(!error->detail.contains(u"req_gateway"_s), qPrintable(error->detail));
}

void tst_ExchangeOutcome::showsNoForgedRequestId()
{
    const auto error
        = outcome(findProvider(allProviders(), u"gemini"_s).value(),
                  "x-request-id: req \x01\xe2\x80\xae" + QByteArray(400, 'x') + "\r\n",
                  R"(data: {"error":{"code":500,"message":"Quote the request id to us"}})"
                  "\n\n");
    QVERIFY(error);
    const QString line = error->detail.section(u'\n', -1);
    // Qt from 6.8 on drops such a header as a whole.
    const QString bounded = u"request id req"_s + u"x"_s.repeated(125);
    QVERIFY2(line == bounded || line == u"500"_s, qPrintable(line));
}

QTEST_GUILESS_MAIN(tst_ExchangeOutcome)
#include "tst_exchangeoutcome.moc"
