// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/exchangeoutcome.h"

#include "net/streamexchange.h"

#include <QCoreApplication>

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
            error.detail.isEmpty() ? error.message : error.detail};
}

//! Of an exchange without a status, which Qt calls cancelled when it was our own clock.
Error withoutAnswer(const EndedExchange &ended)
{
    if (ended.exchange.end() != StreamExchange::End::Silent) {
        return ended.exchange.networkError();
    }
    return {Error::Kind::Timeout,
            Tr::tr("%1 was silent for too long.").arg(ended.provider.baseUrl.host()),
            Tr::tr("Try again. What was asked may have been answered, and be charged, all the "
                   "same.")};
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
    if (!id.isEmpty() && !error.detail.contains("request id"_L1)) {
        error.detail += (error.detail.isEmpty() ? QString() : u"\n"_s) + u"request id "_s
            + QString::fromLatin1(id.left(LongestId));
    }
    return error;
}

Error cutOff(const EndedExchange &ended)
{
    const QString host = ended.provider.baseUrl.host();
    const bool isSilence = ended.exchange.end() == StreamExchange::End::Silent;
    return {isSilence ? Error::Kind::Timeout : Error::Kind::Interrupted,
            isSilence ? Tr::tr("%1 stopped sending in the middle of the answer.").arg(host)
                      : Tr::tr("The connection to %1 ended in the middle of the answer.").arg(host),
            Tr::tr("What arrived is kept. Ask again for the rest."),
            Tr::tr("%1 events, %2 bytes received").arg(ended.events).arg(ended.exchange.bytes())};
}

} // namespace

std::optional<Error> outcomeOf(const EndedExchange &ended)
{
    const StreamExchange &exchange = ended.exchange;
    const int status = exchange.reply().status;
    if (status == 0) {
        return withoutAnswer(ended);
    }
    if (!exchange.isStream()) {
        const Error error = ended.provider.readError(ended.provider, exchange.reply());
        return ended.wasRenewed && status == Unauthorized ? rejectedTwice(error) : error;
    }
    if (exchange.end() == StreamExchange::End::TooLarge) {
        constexpr qint64 MiB = 1024 * 1024;
        return Error{
            Error::Kind::TooLarge,
            Tr::tr("The answer grew over %1 MiB and was ended.").arg(exchange.bytes() / MiB),
            Tr::tr("What arrived is kept.")};
    }
    if (ended.fault) {
        return withRequestId(ended.fault->error, exchange.reply());
    }
    if (ended.done && ended.done->ending == Done::Ending::Complete) {
        return std::nullopt;
    }
    if (ended.events == 0 && exchange.end() != StreamExchange::End::Silent) {
        return Error{Error::Kind::InvalidResponse,
                     Tr::tr("%1 answered with something that is not a stream.")
                         .arg(ended.provider.baseUrl.host()),
                     Tr::tr("A network login page or a wrong address can cause this."),
                     Tr::tr("HTTP status %1, %2 bytes").arg(status).arg(exchange.bytes())};
    }
    return cutOff(ended);
}

} // namespace Maestro
