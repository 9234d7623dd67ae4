// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! What a delta of 12 characters costs in an answer that has 10 KB, 100 KB and 1 MB already.
//!
//!     build/dev/tests/bench/bench_markdown [--benchmark_filter=…]

#include "markdown/document.h"

#include <QString>

#include <benchmark/benchmark.h>

using namespace Maestro::Markdown;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype Delta = 12;
constexpr int Deltas = 500;

QString mixed(int section)
{
    return u"## Section %1 of the answer\n\nA **bold** word, *one* that leans, `code()` and a "
           "[link](https://example.org/%1) stand in this paragraph; it costs $5 and goes on for a "
           "while, as paragraphs do, with a note[^%1] and $x_%1^2$.\n\n- first item with `code`\n- "
           "second item\n  - one within\n\n1. one\n2. two\n\n```cpp\nint main()\n{\n    return "
           "%1;\n}\n```\n\n| Name | Size |\n|:--|--:|\n| a%1 | 12 |\n| **b** | 13 |\n\n> A quote "
           "of two lines,\n> and its end.\n\n"_s.arg(section);
}

QString code(int line) { return u"    value[%1] = compute(%1, \"text\"); // line\n"_s.arg(line); }

QString tableRow(int row) { return u"| row %1 | **bold** text | `code` | 12.%1 |\n"_s.arg(row); }

QString item(int number) { return u"- item %1 with *some* text in it and `code`\n"_s.arg(number); }

QString sentence(int number)
{
    return u"This is sentence %1 of a paragraph that has **no** end, with `code` in it. "_s.arg(
        number);
}

QString citation(int number) { return u"A claim of some weight [%1].\n\n"_s.arg(number); }

QString filled(const QString &head, QString (*part)(int), qsizetype size)
{
    QString text = head;
    for (int index = 0; text.size() < size; ++index) {
        text += part(index);
    }
    return text;
}

void append(benchmark::State &state, const QString &head, QString (*part)(int))
{
    const auto size = static_cast<qsizetype>(state.range(0));
    const QString text = filled(head, part, size + Delta * Deltas);
    for (auto iteration : state) {
        state.PauseTiming();
        Document document;
        document.append(QStringView(text).first(size));
        state.ResumeTiming();
        for (int delta = 0; delta < Deltas; ++delta) {
            benchmark::DoNotOptimize(
                document.append(QStringView(text).sliced(size + delta * Delta, Delta)));
        }
        state.PauseTiming();
        document = Document();
        state.ResumeTiming();
    }
    state.counters["per delta"]
        = benchmark::Counter(static_cast<double>(state.iterations()) * Deltas,
                             benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

//! The whole of a text at once.
void parse(benchmark::State &state, const QString &head, QString (*part)(int))
{
    const QString text = filled(head, part, static_cast<qsizetype>(state.range(0)));
    for (auto iteration : state) {
        benchmark::DoNotOptimize(Document::parse(text));
    }
    state.SetBytesProcessed(static_cast<int64_t>(text.size()) * state.iterations());
}

//! Text that was made to be slow.
void parseHostile(benchmark::State &state, const QString &unit)
{
    const QString text = unit.repeated(static_cast<qsizetype>(state.range(0)) / unit.size());
    for (auto iteration : state) {
        benchmark::DoNotOptimize(Document::parse(text));
    }
    state.SetBytesProcessed(static_cast<int64_t>(text.size()) * state.iterations());
}

#define SIZES Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)

const QString TableHead = u"| Name | Text | Code | Number |\n|:--|--|--|--:|\n"_s;

BENCHMARK_CAPTURE(append, mixed, QString(), mixed)->SIZES;
BENCHMARK_CAPTURE(append, code, u"```cpp\n"_s, code)->SIZES;
BENCHMARK_CAPTURE(append, table, TableHead, tableRow)->SIZES;
BENCHMARK_CAPTURE(append, list, QString(), item)->SIZES;
BENCHMARK_CAPTURE(append, paragraph, QString(), sentence)->SIZES;
BENCHMARK_CAPTURE(append, citations, QString(), citation)->SIZES;
BENCHMARK_CAPTURE(parse, mixed, QString(), mixed)->SIZES;
BENCHMARK_CAPTURE(parseHostile, brackets, u"["_s)->SIZES;
BENCHMARK_CAPTURE(parseHostile, stars, u"*"_s)->SIZES;
BENCHMARK_CAPTURE(parseHostile, emphasis, u"*a **b "_s)->SIZES;
BENCHMARK_CAPTURE(parseHostile, ticks, u"` `` "_s)->SIZES;
BENCHMARK_CAPTURE(parseHostile, quotes, u">"_s)->SIZES;
BENCHMARK_CAPTURE(parseHostile, bullets, u"- "_s)->SIZES;
BENCHMARK_CAPTURE(parseHostile, dollars, u"$a \\( "_s)->SIZES;
BENCHMARK_CAPTURE(parseHostile, definitions, u"[a]: /b\n"_s)->SIZES;
BENCHMARK_CAPTURE(parseHostile, references, u"[a][b] "_s)->SIZES;

} // namespace

BENCHMARK_MAIN();
