// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/modellist.h"
#include "net/policynam.h"
#include "providers/registry.h"
#include "support/await.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace {

//! Answers the first line of a request with the page of that number, the last of them again and
//! again.
class PageServer : public QTcpServer
{
public:
    explicit PageServer(QByteArrayList pages)
        : m_pages(std::move(pages))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
        });
    }

    QByteArrayList paths;

private:
    void answer(QTcpSocket *socket)
    {
        m_received[socket] += socket->readAll();
        if (!m_received[socket].contains("\r\n\r\n")) {
            return;
        }
        paths.append(m_received.take(socket).split(' ').value(1));
        const QByteArray &page = m_pages[std::min(paths.size(), m_pages.size()) - 1];
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                      + QByteArray::number(page.size()) + "\r\nConnection: close\r\n\r\n" + page);
        socket->disconnectFromHost();
    }

    QByteArrayList m_pages;
    QHash<QTcpSocket *, QByteArray> m_received;
};

constexpr qint64 Limit = 64 * 1024;

const QByteArray ClaudeFirst
    = R"({"data":[{"id":"claude-b"},{"id":"claude-a"}],"has_more":true,"last_id":"claude-a&x=1"})";
const QByteArray ClaudeLast
    = R"({"data":[{"id":"claude-a"},{"id":"claude-c"}],"has_more":false,"last_id":"claude-c"})";
const QByteArray GeminiFirst
    = R"({"models":[{"name":"models/gemini-b","supportedGenerationMethods":["generateContent"]}],"nextPageToken":"a/b+="})";
const QByteArray GeminiLast
    = R"({"models":[{"name":"models/gemini-c","supportedGenerationMethods":["generateContent"]}]})";

} // namespace

//! Lists of models that come in pages.
class tst_ModelList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryPage_data();
    void readsEveryPage();
    void endsWhatHasNoEnd_data();
    void endsWhatHasNoEnd();

private:
    Result<QStringList> listOf(const char *provider, const PageServer &server)
    {
        Provider row = findProvider(allProviders(), QString::fromLatin1(provider)).value();
        row.baseUrl = QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
        return await(fetchModels(m_network, row, {Credential::Type::None, {}}, Limit));
    }

    PolicyNam m_network;
};

void tst_ModelList::readsEveryPage_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArrayList>("pages");
    QTest::addColumn<QStringList>("models");
    QTest::addColumn<QByteArrayList>("paths");
    QTest::newRow("Anthropic, one page")
        << "anthropic"_ba << QByteArrayList{ClaudeLast} << QStringList{u"claude-a"_s, u"claude-c"_s}
        << QByteArrayList{"/v1/models?limit=1000"};
    QTest::newRow("Anthropic, two pages")
        << "anthropic"_ba << QByteArrayList{ClaudeFirst, ClaudeLast}
        << QStringList{u"claude-b"_s, u"claude-a"_s, u"claude-c"_s}
        << QByteArrayList{"/v1/models?limit=1000",
                          "/v1/models?limit=1000&after_id=claude-a%26x%3D1"};
    QTest::newRow("Gemini, two pages")
        << "gemini"_ba << QByteArrayList{GeminiFirst, GeminiLast}
        << QStringList{u"gemini-b"_s, u"gemini-c"_s}
        << QByteArrayList{"/v1beta/models?pageSize=1000",
                          "/v1beta/models?pageSize=1000&pageToken=a%2Fb%2B%3D"};
    QTest::newRow("OpenAI has one page, whatever it says")
        << "openai"_ba
        << QByteArrayList{R"({"data":[{"id":"gpt-5.6"}],"has_more":true,"last_id":"gpt-5.6"})"}
        << QStringList{u"gpt-5.6"_s} << QByteArrayList{"/models"};
    QTest::newRow("more, but nowhere to go on")
        << "anthropic"_ba << QByteArrayList{R"({"data":[{"id":"c"}],"has_more":true,"last_id":7})"}
        << QStringList{u"c"_s} << QByteArrayList{"/v1/models?limit=1000"};
}

void tst_ModelList::readsEveryPage()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArrayList, pages);
    PageServer server(pages);
    const auto models = listOf(provider.constData(), server);
    QVERIFY(models);
    QTEST(*models, "models");
    QTEST(server.paths, "paths");
}

void tst_ModelList::endsWhatHasNoEnd_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArrayList>("pages");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("requests");
    QTest::newRow("the same page again and again")
        << "anthropic"_ba << QByteArrayList{ClaudeFirst} << Kind::InvalidResponse << 2;
    QByteArrayList endless;
    for (int i = 0; i < 100; ++i) {
        endless.append(R"({"models":[],"nextPageToken":")" + QByteArray::number(i) + R"("})");
    }
    QTest::newRow("always another page") << "gemini"_ba << endless << Kind::InvalidResponse << 20;
    QTest::newRow("a page that is too long")
        << "gemini"_ba << QByteArrayList{QByteArray(Limit + 1, ' ')} << Kind::TooLarge << 1;
    QByteArray half = ClaudeFirst;
    half.insert(1, QByteArray(Limit - half.size(), ' '));
    QTest::newRow("pages that are too long together")
        << "anthropic"_ba << QByteArrayList{half, ClaudeLast} << Kind::TooLarge << 2;
    QTest::newRow("a second page that is none")
        << "gemini"_ba << QByteArrayList{R"({"nextPageToken":"x"})", "<html>"}
        << Kind::InvalidResponse << 2;
    QTest::newRow("garbage") << "anthropic"_ba << QByteArrayList{"\xff\xfe"}
                             << Kind::InvalidResponse << 1;
}

void tst_ModelList::endsWhatHasNoEnd()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArrayList, pages);
    PageServer server(pages);
    const auto models = listOf(provider.constData(), server);
    QVERIFY(!models);
    QTEST(models.error().kind, "kind");
    QTEST(int(server.paths.size()), "requests");
}

QTEST_GUILESS_MAIN(tst_ModelList)
#include "tst_modellist.moc"
