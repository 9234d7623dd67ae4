// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/httprequestreader.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Maestro;

using Reader = HttpRequestReader;

class tst_HttpRequestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRequestsHoweverTheyAreCut_data();
    void readsRequestsHoweverTheyAreCut();
    void refusesWhatIsNotPlainlyRight_data();
    void refusesWhatIsNotPlainlyRight();
    void holdsItsLimitsToTheByte();
    void goesOnReturningWhatItSaid();
    void keepsNoMoreThanItsLimits();
    void survivesGarbage();
};

namespace {

Reader::State readAll(const QByteArray &bytes, Reader::Limits limits = {})
{
    Reader reader(limits);
    return reader.feed(bytes);
}

int statusOf(const Reader::State &state)
{
    const auto *rejection = std::get_if<Reader::Rejection>(&state);
    return rejection ? rejection->status : 0;
}

} // namespace

void tst_HttpRequestReader::readsRequestsHoweverTheyAreCut_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Reader::Request>("request");
    const auto row = [](const char *name, const QByteArray &bytes, const Reader::Request &request) {
        QTest::newRow(name) << bytes << request;
    };
    row("smallest", "GET / HTTP/1.1\r\n\r\n", {"GET", "/", {}, {}});
    row("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", {"GET", "/", {}, {}});
    row("headers as they came", "GET /a?b=%20 HTTP/1.1\r\nHost:x\r\nB:  c d \t\r\nB:\r\n\r\n",
        {"GET", "/a?b=%20", {{"Host", "x"}, {"B", "c d"}, {"B", ""}}, {}});
    row("body", "POST /t HTTP/1.1\r\nContent-Length: 5\r\n\r\na\r\n\r\n",
        {"POST", "/t", {{"Content-Length", "5"}}, "a\r\n\r\n"});
    row("empty body", "POST /t HTTP/1.1\r\ncontent-length: 0\r\n\r\n",
        {"POST", "/t", {{"content-length", "0"}}, {}});
    row("colons in the value", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        {"GET", "/", {{"Host", "[::1]:80"}}, {}});
}

void tst_HttpRequestReader::readsRequestsHoweverTheyAreCut()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Reader::Request, request);
    constexpr Reader::Limits WithBody{.body = 100};
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        Reader reader(WithBody);
        const auto first = reader.feed(bytes.first(cut));
        QCOMPARE(std::holds_alternative<Reader::NeedsMore>(first), cut < bytes.size());
        const auto second = reader.feed(bytes.sliced(cut) + "what follows");
        QVERIFY(std::holds_alternative<Reader::Request>(second));
        QCOMPARE(std::get<Reader::Request>(second), request);
    }
    Reader reader(WithBody);
    Reader::State state;
    for (const char byte : bytes) {
        state = reader.feed(QByteArrayView(&byte, 1));
    }
    QCOMPARE(std::get<Reader::Request>(state), request);
}

void tst_HttpRequestReader::refusesWhatIsNotPlainlyRight_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray line = "GET / HTTP/1.1\r\n";
    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    row("bare LF", "GET / HTTP/1.1\n\n", 400);
    row("bare LF in a header", line + "A: b\n\r\n", 400);
    row("bare CR", "GET / HTTP/1.1\rA: b\r\n\r\n", 400);
    row("empty line first", "\r\n" + line + "\r\n", 400);
    row("no target", "GET HTTP/1.1\r\n\r\n", 400);
    row("two spaces", "GET  / HTTP/1.1\r\n\r\n", 400);
    row("tab for a space", "GET\t/\tHTTP/1.1\r\n\r\n", 400);
    row("space in the target", "GET /a b HTTP/1.1\r\n\r\n", 400);
    row("NUL in the target", "GET /\0 HTTP/1.1\r\n\r\n"_ba, 400);
    row("no version", "GET /\r\n\r\n", 400);
    row("later version", "GET / HTTP/3\r\n\r\n", 505);
    row("other protocol", "GET / SIP/2.0\r\n\r\n", 400);
    row("strange method", "G@T / HTTP/1.1\r\n\r\n", 400);
    row("folded header", line + "A: b\r\n c\r\n\r\n", 400);
    row("space before the colon", line + "A : b\r\n\r\n", 400);
    row("empty name", line + ": b\r\n\r\n", 400);
    row("no colon", line + "A\r\n\r\n", 400);
    row("control in a value", line + "A: \x7f\r\n\r\n", 400);
    row("two CRs at the end of a value", line + "A: b\r\r\n\r\n", 400);
    row("vertical tab around a value", line + "Content-Length:\v0\r\n\r\n", 400);
    row("two lengths", line + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400);
    row("list of lengths", line + "Content-Length: 1, 1\r\n\r\nx", 400);
    row("negative length", line + "Content-Length: -1\r\n\r\n", 400);
    row("hexadecimal length", line + "Content-Length: 0x1\r\n\r\n", 400);
    row("overflowing length", line + "Content-Length: 18446744073709551617\r\n\r\n", 400);
    row("body where none is taken", line + "Content-Length: 1\r\n\r\nx", 413);
    row("chunks", line + "Transfer-Encoding: chunked\r\n\r\n", 501);
    row("chunks, and a length", line + "Content-Length: 0\r\nTransfer-Encoding: x\r\n\r\n", 501);
}

void tst_HttpRequestReader::refusesWhatIsNotPlainlyRight()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QCOMPARE(statusOf(readAll(bytes)), status);
    Reader reader;
    Reader::State state;
    for (const char byte : bytes) {
        state = reader.feed(QByteArrayView(&byte, 1));
    }
    QCOMPARE(statusOf(state), status);
}

void tst_HttpRequestReader::holdsItsLimitsToTheByte()
{
    constexpr Reader::Limits Small{.requestLine = 20, .head = 40, .headers = 2, .body = 3};
    const auto line
        = [](int target) { return "GET /" + QByteArray(target - 1, 'a') + " HTTP/1.1\r\n"; };
    QCOMPARE(statusOf(readAll(line(6) + "\r\n", Small)), 0);
    QCOMPARE(statusOf(readAll(line(8) + "\r\n", Small)), 414);
    QCOMPARE(statusOf(readAll(QByteArray(20, 'a'), Small)), 0);
    QCOMPARE(statusOf(readAll(QByteArray(21, 'a'), Small)), 414);
    QCOMPARE(statusOf(readAll(line(1) + "A:b\r\nC:d\r\n\r\n", Small)), 0);
    QCOMPARE(statusOf(readAll(line(1) + "A:b\r\nC:d\r\nE:f\r\n\r\n", Small)), 431);
    QCOMPARE(statusOf(readAll(line(1) + QByteArray(25, 'a'), Small)), 431);
    QCOMPARE(statusOf(readAll(line(1) + "Content-Length:3\r\n\r\nabc", Small)), 0);
    QCOMPARE(statusOf(readAll(line(1) + "Content-Length:4\r\n\r\nabcd", Small)), 413);
}

void tst_HttpRequestReader::goesOnReturningWhatItSaid()
{
    Reader reader;
    const auto request = reader.feed("GET / HTTP/1.1\r\n\r\n");
    QCOMPARE(std::get<Reader::Request>(reader.feed("\n\n\n")), std::get<Reader::Request>(request));
    Reader refusing;
    QCOMPARE(statusOf(refusing.feed("\n")), 400);
    QCOMPARE(statusOf(refusing.feed("GET / HTTP/1.1\r\n\r\n")), 400);
}

void tst_HttpRequestReader::keepsNoMoreThanItsLimits()
{
    Reader reader;
    int chunks = 0;
    while (std::holds_alternative<Reader::NeedsMore>(reader.feed(QByteArray(1000, 'a')))) {
        QVERIFY(++chunks < 10);
    }
}

void tst_HttpRequestReader::survivesGarbage()
{
    QRandomGenerator random(9112);
    const QByteArray alphabet = "GET / HTTP/1.1\r\n: Content-Length0123\xff\x00"_ba;
    for (int i = 0; i < 20000; ++i) {
        QByteArray bytes;
        for (int size = random.bounded(200); size > 0; --size) {
            bytes += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
        }
        const int whole = statusOf(readAll(bytes));
        const qsizetype cut = random.bounded(static_cast<int>(bytes.size()) + 1);
        Reader reader;
        reader.feed(bytes.first(cut));
        QCOMPARE(statusOf(reader.feed(bytes.sliced(cut))), whole);
    }
}

QTEST_GUILESS_MAIN(tst_HttpRequestReader)
#include "tst_httprequestreader.moc"
