// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! What an event costs on the whole way from bytes to messages, fed from memory in pieces as a
//! network delivers them: CPU time of the process, beside a bare search for line ends in the same
//! bytes, and what is allocated.
//!
//!     bench_decoder                           a table for all dialects
//!     bench_decoder write FOLDER              the same streams as files
//!     bench_decoder time FILE PROVIDER API PIECE   µs for each event; PIECE 0: an event at a time

#include "core/sseparser.h"
#include "core/streamdecoder.h"
#include "longstream.h"
#include "providers/registry.h"

#include <QFile>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <sys/resource.h>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype Piece = 16 * 1024;
constexpr qsizetype KiB = 1024;
//! Short answers are decoded often enough to be timed.
constexpr qsizetype LeastBytes = 8 * 1024 * KiB;
constexpr int Rounds = 9;

//! What the one thread of this program has asked malloc() and realloc() for.
qint64 s_allocations = 0;
qint64 s_allocatedBytes = 0;

double processMicroseconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval &time) {
        return 1e6 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec);
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

QList<QByteArrayView> pieces(QByteArrayView stream, qsizetype size)
{
    QList<QByteArrayView> all;
    for (qsizetype at = 0; at < stream.size();) {
        const qsizetype blank = size > 0 ? -1 : stream.indexOf("\n\n", at);
        const qsizetype end = size > 0 ? at + size : blank < 0 ? stream.size() : blank + 2;
        all.append(stream.sliced(at, std::min(end, stream.size()) - at));
        at = end;
    }
    return all;
}

qint64 decode(const Provider &provider, const QList<QByteArrayView> &pieces)
{
    StreamDecoder decoder(provider);
    qsizetype messages = 0;
    for (const QByteArrayView piece : pieces) {
        messages += decoder.feed(piece).size();
    }
    messages += decoder.finish().size();
    if (messages < decoder.eventCount() / 2) {
        qFatal("the stream is not understood");
    }
    return decoder.eventCount();
}

void split(const QList<QByteArrayView> &pieces)
{
    SseParser parser;
    qsizetype items = 0;
    for (const QByteArrayView piece : pieces) {
        parser.feed(piece, [&](const SseParser::Item &) { ++items; });
    }
    parser.finish([&](const SseParser::Item &) { ++items; });
    if (items == 0) {
        qFatal("there is no event");
    }
}

//! What no parser can beat.
void scan(QByteArrayView stream)
{
    qint64 lines = 0;
    const char *at = stream.data();
    const char *end = at + stream.size();
    while (const void *found = std::memchr(at, '\n', static_cast<size_t>(end - at))) {
        ++lines;
        at = static_cast<const char *>(found) + 1;
    }
    if (lines == 0) {
        qFatal("there is no line");
    }
}

//! The median of the rounds, after one that is not counted.
template <typename Work>
double microseconds(qint64 times, Work work)
{
    QList<double> results;
    for (int round = -1; round < Rounds; ++round) {
        const double before = processMicroseconds();
        for (qint64 i = 0; i < times; ++i) {
            work();
        }
        if (round >= 0) {
            results.append((processMicroseconds() - before) / static_cast<double>(times));
        }
    }
    std::sort(results.begin(), results.end());
    return results.at(Rounds / 2);
}

Provider providerOf(const QString &id, const QString &api)
{
    return findProvider(allProviders(), id, api).value();
}

Provider providerOf(const Dialect &dialect)
{
    return providerOf(QString::fromLatin1(dialect.provider), QString::fromLatin1(dialect.api));
}

void printRow(const Dialect &dialect, qsizetype textSize)
{
    const Provider provider = providerOf(dialect);
    const QByteArray stream = longStream(dialect, textSize);
    const QList<QByteArrayView> fed = pieces(stream, Piece);
    const qint64 times = LeastBytes / stream.size() + 1;

    decode(provider, fed); // tables that are made once
    const qint64 allocationsBefore = s_allocations;
    const qint64 bytesBefore = s_allocatedBytes;
    const auto events = static_cast<double>(decode(provider, fed));
    const auto allocations = static_cast<double>(s_allocations - allocationsBefore);
    const auto bytes = static_cast<double>(s_allocatedBytes - bytesBefore);

    const double scanning = microseconds(times * 20, [&] { scan(stream); });
    const double splitting = microseconds(times, [&] { split(fed); });
    const double decoding = microseconds(times, [&] { decode(provider, fed); });
    std::printf("%-17s %7lld KB %8.0f %6.0f %8.1f %8.1f %8.1f %7.0fx %8.2f %8.0f\n", dialect.name,
                static_cast<long long>(textSize / KiB), events,
                static_cast<double>(stream.size()) / events, 1000 * scanning / events,
                1000 * splitting / events, 1000 * decoding / events, decoding / scanning,
                allocations / events, bytes / events);
}

int printTable()
{
    std::puts("                      answer   events  bytes  scan ns split ns   all ns to scan  "
              "allocs    bytes   (for each event)");
    for (const Dialect &dialect : dialects()) {
        for (const qsizetype size : {10 * KiB, KiB * KiB}) {
            printRow(dialect, size);
        }
    }
    return EXIT_SUCCESS;
}

int writeStreams(const QString &folder)
{
    for (const Dialect &dialect : dialects()) {
        QFile file(folder + u'/' + QString::fromLatin1(dialect.name) + u".sse"_s);
        if (!file.open(QIODevice::WriteOnly) || file.write(longStream(dialect, KiB * KiB)) < 0) {
            return EXIT_FAILURE;
        }
    }
    return EXIT_SUCCESS;
}

int timeFile(const QStringList &arguments)
{
    QFile file(arguments.at(0));
    if (!file.open(QIODevice::ReadOnly)) {
        return EXIT_FAILURE;
    }
    const Provider provider = providerOf(arguments.at(1), arguments.at(2));
    const QByteArray stream = file.readAll();
    const QList<QByteArrayView> fed = pieces(stream, arguments.at(3).toLongLong());
    const auto events = static_cast<double>(decode(provider, fed));
    std::printf("%f\n", microseconds(1, [&] { decode(provider, fed); }) / events);
    return EXIT_SUCCESS;
}

} // namespace

extern "C" void *malloc(size_t size)
{
    using Malloc = void *(*)(size_t);
    static const auto real = reinterpret_cast<Malloc>(dlsym(RTLD_NEXT, "malloc"));
    ++s_allocations;
    s_allocatedBytes += static_cast<qint64>(size);
    return real(size);
}

extern "C" void *realloc(void *memory, size_t size)
{
    using Realloc = void *(*)(void *, size_t);
    static const auto real = reinterpret_cast<Realloc>(dlsym(RTLD_NEXT, "realloc"));
    ++s_allocations;
    s_allocatedBytes += static_cast<qint64>(size);
    return real(memory, size);
}

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        arguments.append(QString::fromLocal8Bit(argv[i]));
    }
    if (arguments.isEmpty()) {
        return printTable();
    }
    const QString command = arguments.takeFirst();
    if (command == "write"_L1 && arguments.size() == 1) {
        return writeStreams(arguments.first());
    }
    if (command == "time"_L1 && arguments.size() == 4) {
        return timeFile(arguments);
    }
    std::fputs("bench_decoder [write FOLDER | time FILE PROVIDER API PIECE]\n", stderr);
    return EXIT_FAILURE;
}
