// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/openaierrors.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

using Kind = Error::Kind;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

//! Codes and types alike; the code is asked first.
const QHash<QString, Kind> &kindsByWord()
{
    static const QHash<QString, Kind> kinds{
        {u"invalid_api_key"_s, Kind::AuthenticationRequired},
        {u"invalid_authentication"_s, Kind::AuthenticationRequired},
        {u"authentication_error"_s, Kind::AuthenticationRequired},
        {u"token_expired"_s, Kind::AuthenticationRequired},
        {u"token_invalidated"_s, Kind::AuthenticationRequired},
        {u"account_deactivated"_s, Kind::AuthenticationRequired},
        {u"permission_error"_s, Kind::PermissionDenied},
        {u"permission_denied"_s, Kind::PermissionDenied},
        {u"insufficient_permissions"_s, Kind::PermissionDenied},
        {u"unsupported_country_region_territory"_s, Kind::PermissionDenied},
        {u"missing_scope"_s, Kind::PermissionDenied},
        {u"model_not_found"_s, Kind::ModelNotFound},
        {u"DeploymentNotFound"_s, Kind::ModelNotFound},
        {u"insufficient_quota"_s, Kind::QuotaExceeded},
        {u"billing_hard_limit_reached"_s, Kind::QuotaExceeded},
        {u"billing_not_active"_s, Kind::QuotaExceeded},
        {u"credit_balance_exhausted"_s, Kind::QuotaExceeded},
        {u"usage_not_included"_s, Kind::QuotaExceeded},
        {u"usage_limit_reached"_s, Kind::QuotaExceeded},
        {u"rate_limit_exceeded"_s, Kind::RateLimited},
        {u"rate_limit_error"_s, Kind::RateLimited},
        {u"slow_down"_s, Kind::RateLimited},
        {u"tokens"_s, Kind::RateLimited},
        {u"requests"_s, Kind::RateLimited},
        {u"context_length_exceeded"_s, Kind::ContextTooLong},
        {u"string_above_max_length"_s, Kind::ContextTooLong},
        {u"content_filter"_s, Kind::ContentFiltered},
        {u"content_policy_violation"_s, Kind::ContentFiltered},
        {u"bio_policy"_s, Kind::ContentFiltered},
        {u"cyber_policy"_s, Kind::ContentFiltered},
        {u"misalignment_policy_violation"_s, Kind::ContentFiltered},
        {u"moderation_blocked"_s, Kind::ContentFiltered},
        {u"server_is_overloaded"_s, Kind::Overloaded},
        {u"overloaded_error"_s, Kind::Overloaded},
        {u"engine_overloaded_error"_s, Kind::Overloaded},
        {u"server_error"_s, Kind::ServerFailure},
        {u"internal_error"_s, Kind::ServerFailure},
        {u"internal_server_error"_s, Kind::ServerFailure},
        {u"vector_store_timeout"_s, Kind::ServerFailure},
        {u"invalid_prompt"_s, Kind::InvalidRequest},
        {u"invalid_request_error"_s, Kind::InvalidRequest},
        {u"data_residency_mismatch"_s, Kind::InvalidRequest},
    };
    return kinds;
}

bool isNumberOfStatus(const QJsonValue &code)
{
    const qint64 number = code.toInteger(0);
    return number >= 400 && number < 600;
}

void refine(Error &error, const ReportedError &, const QString &provider)
{
    if (error.kind == Kind::QuotaExceeded) {
        error.message = Tr::tr("This account has no API credit with %1, or its limit is used up.")
                            .arg(provider);
        error.advice = Tr::tr(
            "A ChatGPT plan and API credit are separate things: the plan does not pay for requests "
            "to the "
            "API. Add credit on the billing page of the API platform, or use another account.");
    } else if (error.detail.contains("unsupported_country"_L1)) {
        error.message
            = Tr::tr("%1 does not offer its API in this country or region.").arg(provider);
        error.advice = Tr::tr("A proxy or VPN may make you appear to be somewhere else.");
    } else if (error.detail.contains("missing scope"_L1, Qt::CaseInsensitive)
               || error.detail.contains("missing_scope"_L1)) {
        error.message = Tr::tr("This key may not do that: its permissions are restricted.");
        error.advice = Tr::tr("Allow it to list models and to request answers, on the page of API "
                              "keys, or use another key.");
    } else if (error.detail.contains("organization must be verified"_L1)) {
        error.kind = Kind::PermissionDenied;
        error.message = Tr::tr("%1 offers this to verified organizations only.").arg(provider);
        error.advice = Tr::tr("Choose another model, or verify the organization in its settings.");
    }
}

} // namespace

Error::Kind errorKind(const ReportedError &error, int status)
{
    if (saysTooLong(error.message)) {
        return Kind::ContextTooLong;
    }
    const QHash<QString, Kind> &kinds = kindsByWord();
    if (const auto kind = kinds.constFind(error.code.toString()); kind != kinds.constEnd()) {
        return *kind;
    }
    // Inside a stream, and with OpenRouter always, the code is the status.
    const bool codeIsStatus = status < 400 && isNumberOfStatus(error.code);
    const Kind byStatus
        = kindOfStatus(codeIsStatus ? static_cast<int>(error.code.toInteger()) : status);
    // "invalid_request_error" is the type of nearly everything: a telling status knows better.
    if (byStatus != Kind::Unknown && byStatus != Kind::InvalidRequest
        && byStatus != Kind::RateLimited) {
        return byStatus;
    }
    if (error.message.contains("incorrect api key"_L1, Qt::CaseInsensitive)) {
        return Kind::AuthenticationRequired; // xAI, with status 400 and its own code
    }
    return kinds.value(error.type.toString(), byStatus);
}

ErrorReading errorReading(const QString &provider) { return {provider, errorKind, refine}; }

Error readError(const Provider &provider, const HttpReply &reply)
{
    return readErrorReply(reply, errorReading(provider.name));
}

} // namespace Maestro::OpenAi
