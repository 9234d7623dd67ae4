// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! Decoder throughput and allocations per event, on the recorded streams: the whole way from bytes
//! to messages, fed from memory in pieces of 16 KiB as a network delivers them.
//!
//!     build/dev/tests/bench/bench_decoder [--benchmark_filter=…]

#include "core/sseparser.h"
#include "core/streamdecoder.h"
#include "providers/registry.h"

#include <QDir>
#include <QFile>

#include <atomic>
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

std::atomic<qint64> s_allocations = 0;

constexpr qsizetype Piece = 16 * 1024;
//! Recordings are small; one is repeated so that start-up does not count.
constexpr qsizetype LeastBytes = 4 * 1024 * 1024;

struct Corpus
{
    QList<QByteArray> streams;
    qint64 bytes = 0;
};

Corpus readCorpus(const QStringList &patterns)
{
    Corpus corpus;
    for (const QString &folder :
         {QStringLiteral(MAESTRO_STREAMS "/open"), QStringLiteral(MAESTRO_RECORDINGS)}) {
        const QDir directory(folder);
        const QStringList names = directory.entryList(patterns, QDir::Files, QDir::Name);
        for (const QString &name : names) {
            QFile file(directory.filePath(name));
            if (file.open(QIODevice::ReadOnly)) {
                corpus.streams.append(file.readAll());
                corpus.bytes += corpus.streams.last().size();
            }
        }
        if (!corpus.streams.isEmpty()) {
            break; // the real ones, where they are
        }
    }
    return corpus;
}

template <typename Feed>
void inPieces(const QByteArray &stream, Feed feed)
{
    for (qsizetype at = 0; at < stream.size(); at += Piece) {
        feed(QByteArrayView(stream).sliced(at, std::min(Piece, stream.size() - at)));
    }
}

void report(benchmark::State &state, qint64 bytes, qint64 events, qint64 allocations)
{
    state.SetBytesProcessed(bytes);
    state.SetItemsProcessed(events);
    state.counters["events"]
        = static_cast<double>(events) / static_cast<double>(state.iterations());
    if (events > 0) {
        state.counters["alloc/event"]
            = static_cast<double>(allocations) / static_cast<double>(events);
    }
}

void decode(benchmark::State &state, const QString &id, const QString &api,
            const QStringList &patterns)
{
    const Corpus corpus = readCorpus(patterns);
    const Provider provider = findProvider(allProviders(), id, api).value();
    const qint64 rounds = corpus.bytes > 0 ? LeastBytes / corpus.bytes + 1 : 0;
    qint64 events = 0;
    const qint64 allocationsBefore = s_allocations;
    for (auto iteration : state) {
        for (qint64 round = 0; round < rounds; ++round) {
            for (const QByteArray &stream : corpus.streams) {
                StreamDecoder decoder(provider);
                inPieces(stream, [&](QByteArrayView piece) {
                    benchmark::DoNotOptimize(decoder.feed(piece));
                });
                benchmark::DoNotOptimize(decoder.finish());
                events += decoder.eventCount();
            }
        }
    }
    report(state, corpus.bytes * rounds * state.iterations(), events,
           s_allocations - allocationsBefore);
}

//! The part of the time that is splitting alone.
void split(benchmark::State &state, const QStringList &patterns)
{
    const Corpus corpus = readCorpus(patterns);
    const qint64 rounds = corpus.bytes > 0 ? LeastBytes / corpus.bytes + 1 : 0;
    qint64 events = 0;
    const qint64 allocationsBefore = s_allocations;
    for (auto iteration : state) {
        for (qint64 round = 0; round < rounds; ++round) {
            for (const QByteArray &stream : corpus.streams) {
                SseParser parser;
                inPieces(stream,
                         [&](QByteArrayView piece) { events += parser.feed(piece).size(); });
                events += parser.finish().size();
            }
        }
    }
    report(state, corpus.bytes * rounds * state.iterations(), events,
           s_allocations - allocationsBefore);
}

//! What no parser can beat: finding the line ends.
void scan(benchmark::State &state, const QStringList &patterns)
{
    const Corpus corpus = readCorpus(patterns);
    qint64 lines = 0;
    for (auto iteration : state) {
        for (const QByteArray &stream : corpus.streams) {
            const char *at = stream.constData();
            const char *end = at + stream.size();
            while (const void *found = std::memchr(at, '\n', static_cast<size_t>(end - at))) {
                ++lines;
                at = static_cast<const char *>(found) + 1;
            }
        }
    }
    state.SetBytesProcessed(corpus.bytes * state.iterations());
    state.SetItemsProcessed(lines);
}

const QStringList Responses{u"*--responses-*.sse"_s, u"openai-responses*.sse"_s};
const QStringList Chat{u"openai--*--chat-*.sse"_s, u"compat--*.sse"_s, u"openai-chat*.sse"_s};
const QStringList Anthropic{u"anthropic*.sse"_s};
const QStringList Gemini{u"gemini*.sse"_s};

BENCHMARK_CAPTURE(scan, responses, Responses)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(split, responses, Responses)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, responses, u"openai"_s, u"responses"_s, Responses)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, chat, u"openai"_s, u"chat"_s, Chat)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, anthropic, u"anthropic"_s, QString(), Anthropic)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, gemini, u"gemini"_s, QString(), Gemini)->Unit(benchmark::kMillisecond);

} // namespace

//! Counts what malloc is asked for; Qt's containers use it directly.
extern "C" void *malloc(size_t size)
{
    using Malloc = void *(*)(size_t);
    static const auto real = reinterpret_cast<Malloc>(dlsym(RTLD_NEXT, "malloc"));
    s_allocations.fetch_add(1, std::memory_order_relaxed);
    return real(size);
}

BENCHMARK_MAIN();
