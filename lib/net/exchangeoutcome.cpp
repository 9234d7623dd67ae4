// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/exchangeoutcome.h"

#include "net/streamexchange.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(HttpChatStream)
};

constexpr int Unauthorized = 401;

Error rejectedTwice(const Error &error)
{
    return {Error::Kind::AuthenticationRequired,
            Tr::tr("Your sign-in was renewed, and the provider still rejects it."),
            Tr::tr("Sign in again. What you wrote stays as it is."),
            error.detail.isEmpty() ? error.message : error.detail,
            {},
            error.reason};
}

//! Of an exchange without a status, which Qt calls cancelled when it was our own clock.
Error withoutAnswer(const EndedExchange &ended)
{
    if (ended.exchange.end() != StreamExchange::End::Silent
        || ended.exchange.networkError().kind == Error::Kind::Offline) {
        return ended.exchange.networkError();
    }
    if (!ended.exchange.wasSent()) {
        return {Error::Kind::Timeout,
                Tr::tr("No connection to %1 was made in time.").arg(ended.provider.baseUrl.host()),
                Tr::tr("Check that this computer is online, and its proxy settings. Nothing was "
                       "asked.")};
    }
    return {Error::Kind::Timeout,
            // Qt does not tell silence from headers without an end.
            Tr::tr("%1 did not begin an answer in time.").arg(ended.provider.baseUrl.host()),
            Tr::tr("Try again. What was asked may have been answered, and be charged, all the "
                   "same.")};
}

QString sentenceOfACut(const EndedExchange &ended)
{
    const bool isSilence = ended.exchange.end() == StreamExchange::End::Silent;
    if (!ended.hasBegun) {
        return isSilence ? Tr::tr("%1 stopped sending before the answer began.")
                         : Tr::tr("The connection to %1 ended before the answer began.");
    }
    return isSilence ? Tr::tr("%1 stopped sending in the middle of the answer.")
                     : Tr::tr("The connection to %1 ended in the middle of the answer.");
}

//! Inside a stream most providers do not repeat the id that a support desk asks for.
Error withRequestId(Error error, const HttpReply &head)
{
    constexpr qsizetype LongestId = 128;
    QByteArray id = headerValue(head.headers, "x-request-id");
    if (id.isEmpty()) {
        id = headerValue(head.headers, "request-id");
    }
    id.removeIf([](char c) { return c <= ' ' || c > '~'; });
    // At the end, where the codes are: words before it may speak of one, too.
    static const QRegularExpression named(u"\\brequest id \\S+$"_s);
    if (!id.isEmpty() && !named.match(error.detail).hasMatch()) {
        error.detail += (error.detail.isEmpty() ? QString() : u"\n"_s) + u"request id "_s
            + QString::fromLatin1(id.left(LongestId));
    }
    return error;
}

Error cutOff(const EndedExchange &ended)
{
    const bool isSilence = ended.exchange.end() == StreamExchange::End::Silent;
    return {isSilence ? Error::Kind::Timeout : Error::Kind::Interrupted,
            sentenceOfACut(ended).arg(ended.provider.baseUrl.host()),
            ended.hasBegun ? Tr::tr("What arrived is kept. Ask again for the rest.")
                           : Tr::tr("Ask again. What was asked may be charged all the same."),
            Tr::tr("%1 events, %2 bytes received").arg(ended.events).arg(ended.exchange.bytes())};
}

Error noStream(const EndedExchange &ended)
{
    const StreamExchange &exchange = ended.exchange;
    const QString sentence = exchange.isPage()
        ? Tr::tr("%1 answered with a web page.")
        : Tr::tr("%1 answered with something that is not a stream.");
    return {Error::Kind::InvalidResponse, sentence.arg(ended.provider.baseUrl.host()),
            Tr::tr("A network login page or a wrong address can cause this."),
            Tr::tr("HTTP status %1, %2 bytes").arg(exchange.reply().status).arg(exchange.bytes())};
}

//! Qt hands it on as it is.
bool isPackedUnknown(const HttpReply &reply)
{
    const QByteArray encoding = headerValue(reply.headers, "content-encoding").trimmed().toLower();
    return !encoding.isEmpty() && encoding != "identity" && encoding != "gzip"
        && encoding != "deflate" && encoding != "br";
}

//! What was sent is larger than anybody needs it, or cannot be unpacked.
std::optional<Error> refusedContent(const EndedExchange &ended)
{
    const auto error = [&ended](Error::Kind kind, const QString &sentence) {
        return Error{
            kind, sentence.arg(ended.provider.baseUrl.host()),
            Tr::tr("A proxy or a wrong address can cause this. What arrived is kept."),
            Tr::tr("%1 events, %2 bytes received").arg(ended.events).arg(ended.exchange.bytes())};
    };
    const StreamExchange &exchange = ended.exchange;
    if (exchange.end() == StreamExchange::End::HeadTooLarge) {
        return error(Error::Kind::TooLarge,
                     Tr::tr("The headers of the answer from %1 are too long."));
    }
    const bool isUnknown = ended.events == 0 && exchange.bytes() > 0
        && exchange.end() == StreamExchange::End::Closed && isPackedUnknown(exchange.reply());
    if (exchange.end() == StreamExchange::End::Unreadable || (exchange.isStream() && isUnknown)) {
        return error(Error::Kind::InvalidResponse, Tr::tr("What %1 sent cannot be unpacked."));
    }
    return std::nullopt;
}

//! Whether the other side meant to stream: then what is missing was lost on the way.
bool callsItselfAStream(const HttpReply &reply)
{
    return headerValue(reply.headers, "content-type").toLower().startsWith("text/event-stream");
}

} // namespace

std::optional<Error> outcomeOf(const EndedExchange &ended)
{
    const StreamExchange &exchange = ended.exchange;
    const int status = exchange.reply().status;
    if (status == 0) {
        return withoutAnswer(ended);
    }
    const bool isComplete = ended.done && ended.done->ending == Done::Ending::Complete;
    if (const auto error = refusedContent(ended); error && !isComplete) {
        return error;
    }
    const bool isInterim = status < 200; // and nothing came after it
    if (isInterim || (exchange.isPage() && status < 300)) {
        return noStream(ended);
    }
    if (!exchange.isStream()) {
        const Error error = ended.provider.readError(ended.provider, exchange.reply());
        return ended.wasRenewed && status == Unauthorized ? rejectedTwice(error) : error;
    }
    if (exchange.end() == StreamExchange::End::TooLarge) {
        constexpr qint64 MiB = 1024 * 1024;
        return Error{Error::Kind::TooLarge,
                     Tr::tr("The answer grew over %1 MiB and was ended.")
                         .arg(exchange.limits().answer / MiB),
                     Tr::tr("What arrived is kept.")};
    }
    if (ended.fault) {
        return withRequestId(ended.fault->error, exchange.reply());
    }
    if (isComplete) {
        return std::nullopt;
    }
    if (ended.events == 0 && exchange.end() != StreamExchange::End::Silent
        && !callsItselfAStream(exchange.reply())) {
        return noStream(ended);
    }
    return cutOff(ended);
}

} // namespace Maestro
