// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a provider, or something on the way, says instead of an answer: whatever it is, a person
// gets a sentence, and words that can be shown.

#include "core/quotation.h"
#include "fuzz.h"
#include "httpreply.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"
#include "providers/reportederror.h"

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QList<Provider> everyProvider()
{
    return allProviders() << OpenAi::compatibleProvider(QUrl(u"https://models.example/v1"_s));
}

void judge(const Error &error)
{
    constexpr qsizetype LongestSentence = 300;
    constexpr qsizetype LongestDetail = 2500;
    require(!error.message.isEmpty(), "an error has a sentence");
    require(error.message.size() <= LongestSentence, "a sentence is not a text");
    require(error.reason.size() <= LongestReason, "a reason is read at a glance");
    require(error.detail.size() <= LongestDetail, "an error's detail is bounded");
    for (const QString &words : {error.message, error.reason, error.advice, error.detail}) {
        require(isShowable(words), "all words can be shown");
    }
    require(!error.retryAfter || (*error.retryAfter >= 0ms && *error.retryAfter <= 24h),
            "nobody waits longer than a day");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QList<Provider> providers = everyProvider();
    const HttpReply reply = replyFrom(viewOf(data, size));
    for (const Provider &provider : providers) {
        judge(provider.readError(provider, reply));
    }
    if (const auto error = strayError(reply.body)) {
        for (const auto kind : {Error::Kind::RateLimited, Error::Kind::InvalidRequest}) {
            static Error::Kind given;
            given = kind;
            const auto kindOf = [](const ReportedError &, int) { return given; };
            judge(fatalFault(*error, {u"A provider"_s, kindOf}).error);
        }
    }
    return 0;
}
