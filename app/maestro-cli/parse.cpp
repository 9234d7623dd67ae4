// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "parse.h"

#include "command.h"
#include "core/overloaded.h"
#include "core/streamdecoder.h"
#include "core/utf8.h"
#include "parseoptions.h"
#include "providerids.h"
#include "streamsummary.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

constexpr qint64 ReadSize = 64 * 1024;
constexpr qint64 LongestChunk = 16 * 1024 * 1024;

using Feed = std::function<void(QByteArrayView bytes)>;

void printHelp()
{
    print(u"Usage: maestro-cli parse --provider NAME [OPTIONS] FILE|-\n\n"
          "Runs a recorded stream through the decoder and prints what it says.\n\n"
          "  --provider NAME       whose format it is: %1\n"
          "  --api responses|chat  which interface of OpenAI (responses)\n"
          "  --messages            one JSON object a line for every message (the default)\n"
          "  --summary             one JSON object: text, reasoning, calls, usage, how it ended\n"
          "  --events              one JSON object a line for every server-sent event\n"
          "  --strict              no flush at the end of the bytes: as the standard has it\n"
          "  --chunk N             feed N bytes at a time; the output is the same for every N\n\n"
          "Examples:\n"
          "  maestro-cli parse --provider anthropic recording.sse\n"
          "  maestro-cli parse --provider openai --api chat --summary recording.sse\n"
          "  curl … | maestro-cli parse --provider gemini --events -"_s.arg(providerIds()));
}

void printJson(const QJsonObject &object)
{
    write(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + u'\n');
}

//! A number where every reader of JSON reads it exactly.
QJsonValue retryValue(const QByteArray &digits)
{
    constexpr qint64 LargestExact = 9'007'199'254'740'992; // 2^53
    bool fits = false;
    const qint64 number = digits.toLongLong(&fits);
    return fits && number <= LargestExact ? QJsonValue(number)
                                          : QJsonValue(QString::fromLatin1(digits));
}

void printEvents(const QList<SseParser::Item> &items)
{
    for (const SseParser::Item &item : items) {
        std::visit(Overloaded{
                       [](const ServerSentEvent &event) {
                           QJsonObject json{{u"event"_s, decodeUtf8(event.type)},
                                            {u"data"_s, decodeUtf8(event.data)},
                                            {u"id"_s, decodeUtf8(event.lastEventId)}};
                           if (!event.retry.isEmpty()) {
                               json.insert("retry"_L1, retryValue(event.retry));
                           }
                           printJson(json);
                       },
                       [](const SseParser::Oversized &oversized) {
                           note(u"maestro-cli: an event of more than %1 bytes was skipped."_s.arg(
                               oversized.limit));
                       },
                   },
                   item);
    }
}

//! Reads the file in pieces and passes them on as they were asked for. False if it cannot be read.
bool readInPieces(const ParseOptions &options, const Feed &feed)
{
    QFile file(options.file);
    const bool isOpen = options.file == "-"_L1
        ? file.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered)
        : file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    if (!isOpen) {
        fail({Error::Kind::Configuration,
              u"\"%1\" cannot be read: %2."_s.arg(options.file, file.errorString())});
        return false;
    }
    // Whole chunks fit into the buffer, but for a chunk that is longer than anybody's memory should
    // be.
    const qint64 chunk = options.chunk > 0 ? std::min(options.chunk, LongestChunk) : ReadSize;
    QByteArray buffer(std::max(chunk, ReadSize / chunk * chunk), Qt::Uninitialized);
    while (true) {
        const qint64 count = file.read(buffer.data(), buffer.size());
        if (count < 0) {
            fail({Error::Kind::Configuration,
                  u"\"%1\" cannot be read: %2."_s.arg(options.file, file.errorString())});
            return false;
        }
        if (count == 0) {
            return true;
        }
        for (qint64 start = 0; start < count; start += chunk) {
            feed(QByteArrayView(buffer).sliced(start, std::min(chunk, count - start)));
        }
    }
}

int parseEvents(const ParseOptions &options, SseParser::AtEnd atEnd)
{
    SseParser parser(atEnd);
    if (!readInPieces(options,
                      [&parser](QByteArrayView bytes) { printEvents(parser.feed(bytes)); })) {
        return Failed;
    }
    printEvents(parser.finish());
    return Succeeded;
}

int parseMessages(const ParseOptions &options, SseParser::AtEnd atEnd)
{
    StreamDecoder decoder(*options.provider, {DecoderOptions::JsonReasoning::Recognize, atEnd});
    const auto show = [](const StreamMessages &messages) {
        for (const StreamMessage &message : messages) {
            printJson(toJson(message));
        }
    };
    if (!readInPieces(options, [&](QByteArrayView bytes) { show(decoder.feed(bytes)); })) {
        return Failed;
    }
    show(decoder.finish());
    return Succeeded;
}

int parseSummary(const ParseOptions &options, SseParser::AtEnd atEnd)
{
    StreamDecoder decoder(*options.provider, {DecoderOptions::JsonReasoning::KeepAsText, atEnd});
    Answer answer;
    const auto fold = [&answer](const StreamMessages &messages) {
        for (const StreamMessage &message : messages) {
            answer.fold(message);
        }
    };
    if (!readInPieces(options, [&](QByteArrayView bytes) { fold(decoder.feed(bytes)); })) {
        return Failed;
    }
    fold(decoder.finish());
    printJson(summarize(answer));
    return Succeeded;
}

} // namespace

int runParse(const QStringList &arguments)
{
    const Result<ParseOptions> options = readParseOptions(arguments);
    if (!options) {
        return misused(u"parse"_s, options.error().message);
    }
    if (options->wantsHelp) {
        printHelp();
        return Succeeded;
    }
    const SseParser::AtEnd atEnd
        = options->isStrict ? SseParser::AtEnd::Discard : SseParser::AtEnd::Flush;
    switch (options->output) {
    case ParseOptions::Output::Messages:
        return parseMessages(*options, atEnd);
    case ParseOptions::Output::Summary:
        return parseSummary(*options, atEnd);
    case ParseOptions::Output::Events:
        return parseEvents(*options, atEnd);
    }
    Q_UNREACHABLE();
}

} // namespace Maestro::Cli
