// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/planerrors.h"

#include "providers/openai/openaierrors.h"
#include "providers/plaintext.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

using Kind = Error::Kind;

constexpr qsizetype LongestParameter = 80;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

//! What OpenAI says about plans, and what that means. %1 is the page where usage is managed.
struct Meaning
{
    QLatin1StringView code;
    Kind kind;
    const char *message;
    const char *advice;
};

constexpr const char *NoPlan = QT_TRANSLATE_NOOP(
    "Maestro::Providers", "This ChatGPT account has no plan that other programs can use.");
constexpr const char *TakePlan = QT_TRANSLATE_NOOP(
    "Maestro::Providers", "That takes ChatGPT Plus or Pro. Use another account, or an API key.");
constexpr const char *LimitReached
    = QT_TRANSLATE_NOOP("Maestro::Providers", "The limit of your ChatGPT plan is used up.");
constexpr const char *SeeLimit = QT_TRANSLATE_NOOP(
    "Maestro::Providers",
    "See at %1 when you can go on, or choose an account with an API key. Nothing is charged "
    "without your choosing it.");
constexpr const char *Unavailable = QT_TRANSLATE_NOOP(
    "Maestro::Providers", "OpenAI cannot look at your ChatGPT plan at the moment.");
constexpr const char *NotAllowed = QT_TRANSLATE_NOOP(
    "Maestro::Providers", "Maestro is not allowed to use your ChatGPT plan any more.");
constexpr const char *AllowAgain
    = QT_TRANSLATE_NOOP("Maestro::Providers", "Sign in again and allow it when you are asked.");
constexpr const char *Later
    = QT_TRANSLATE_NOOP("Maestro::Providers", "Try again in a few minutes.");

const std::array<Meaning, 11> &meanings()
{
    static const std::array<Meaning, 11> list{{
        {"subscription_sharing_user_not_eligible"_L1, Kind::PermissionDenied, NoPlan, TakePlan},
        {"usage_not_included"_L1, Kind::PermissionDenied, NoPlan, TakePlan},
        {"subscription_sharing_usage_limit_exceeded"_L1, Kind::QuotaExceeded, LimitReached,
         SeeLimit},
        {"usage_limit_reached"_L1, Kind::QuotaExceeded, LimitReached, SeeLimit},
        {"subscription_sharing_usage_unavailable"_L1, Kind::Overloaded, Unavailable, Later},
        {"subscription_sharing_user_unavailable"_L1, Kind::Overloaded, Unavailable, Later},
        {"subscription_sharing_unsupported_capability"_L1, Kind::InvalidRequest,
         QT_TRANSLATE_NOOP("Maestro::Providers",
                           "What was asked for is not possible on a ChatGPT plan."),
         QT_TRANSLATE_NOOP("Maestro::Providers",
                           "Choose another model, or an account with an API key.")},
        {"subscription_sharing_route_not_supported"_L1, Kind::PermissionDenied,
         QT_TRANSLATE_NOOP("Maestro::Providers",
                           "A ChatGPT plan cannot be used for this kind of request."),
         QT_TRANSLATE_NOOP("Maestro::Providers", "Use an account with an API key.")},
        {"subscription_sharing_invalid_user"_L1, Kind::AuthenticationRequired,
         QT_TRANSLATE_NOOP("Maestro::Providers", "OpenAI did not accept your sign-in."),
         QT_TRANSLATE_NOOP("Maestro::Providers",
                           "Sign in again. What you wrote, and what was answered, stays as it "
                           "is.")},
        {"chatpass_v2_scope_not_authorized"_L1, Kind::ConsentRequired, NotAllowed, AllowAgain},
        {"chatpass_v2_invalid_authorization_context"_L1, Kind::ConsentRequired, NotAllowed,
         AllowAgain},
    }};
    return list;
}

//! OpenAI's word; for whatever else says that something is used up, the plan's limit.
const Meaning *findMeaning(const QString &word, Kind kind)
{
    const auto &list = meanings();
    auto found = std::find_if(list.begin(), list.end(),
                              [&word](const Meaning &meaning) { return word == meaning.code; });
    if (found == list.end() && kind == Kind::QuotaExceeded) {
        found = std::find_if(list.begin(), list.end(), [](const Meaning &meaning) {
            return meaning.kind == Kind::QuotaExceeded;
        });
    }
    return found == list.end() ? nullptr : &*found;
}

void refine(Error &error, const ReportedError &reported, const QString &)
{
    const Meaning *meaning = findMeaning(reported.word(), error.kind);
    if (!meaning) {
        return;
    }
    const QString advice = Tr::tr(meaning->advice);
    error.kind = meaning->kind;
    error.message = Tr::tr(meaning->message);
    error.advice = advice.contains("%1"_L1) ? advice.arg(planUsageUrl().toString()) : advice;
    if (meaning->kind != Kind::Overloaded) {
        error.retryAfter.reset(); // waiting a little does not help
    }
}

//! What it objects to is in the parameter alone.
QString parameterOf(const HttpReply &reply)
{
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    return body["error"_L1].toObject()["param"_L1].toString();
}

} // namespace

QUrl planUsageUrl() { return QUrl(u"https://chatgpt.com/settings/usage"_s); }

ErrorReading planErrorReading(const QString &provider) { return {provider, errorKind, refine}; }

Error readPlanError(const Provider &provider, const HttpReply &reply)
{
    Error error = readErrorReply(reply, planErrorReading(provider.name));
    if (const QString parameter = plainText(parameterOf(reply), LongestParameter);
        !parameter.isEmpty()) {
        error.detail += u'\n' + parameter;
    }
    return error;
}

} // namespace Maestro::OpenAi
