// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/gemini/geminierrors.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::Gemini {

namespace {

using Kind = Error::Kind;

bool hasReason(const QJsonArray &details, QLatin1StringView reason)
{
    return std::any_of(details.begin(), details.end(), [reason](const QJsonValue &detail) {
        return detail["reason"_L1] == reason;
    });
}

//! Whether the limit is one that a short wait does not lift: none at all, or one for the day.
bool isUsedUp(const QJsonArray &details)
{
    const auto isZero = [](const QJsonValue &value) { return value == "0"_L1; };
    for (const QJsonValue &detail : details) {
        if (isZero(detail["metadata"_L1]["quota_limit_value"_L1])) {
            return true;
        }
        const QJsonArray violations = detail["violations"_L1].toArray();
        for (const QJsonValue &violation : violations) {
            if (isZero(violation["quotaValue"_L1])
                || violation["quotaId"_L1].toString().contains("PerDay"_L1)) {
                return true;
            }
        }
    }
    return false;
}

void refine(Error &error, const ReportedError &, const QString &provider)
{
    if (error.detail.contains("location is not supported"_L1)) {
        error.message
            = QCoreApplication::translate("Maestro::Providers",
                                          "%1 does not offer its API in this country or region.")
                  .arg(provider);
        error.advice = QCoreApplication::translate(
            "Maestro::Providers", "A proxy or VPN may make you appear to be somewhere else.");
    }
}

} // namespace

Error::Kind errorKind(const ReportedError &error, int status)
{
    static const QHash<QString, Kind> kinds{
        {u"INVALID_ARGUMENT"_s, Kind::InvalidRequest},
        {u"FAILED_PRECONDITION"_s,
         Kind::PermissionDenied}, // a place or a plan that may not use the API
        {u"UNAUTHENTICATED"_s, Kind::AuthenticationRequired},
        {u"PERMISSION_DENIED"_s, Kind::PermissionDenied},
        {u"NOT_FOUND"_s, Kind::InvalidRequest},
        {u"RESOURCE_EXHAUSTED"_s, Kind::RateLimited},
        {u"CANCELLED"_s, Kind::ServerFailure},
        {u"INTERNAL"_s, Kind::ServerFailure},
        {u"UNKNOWN"_s, Kind::ServerFailure},
        {u"UNAVAILABLE"_s, Kind::Overloaded},
        {u"DEADLINE_EXCEEDED"_s, Kind::Timeout},
    };
    if (saysTooLong(error.message)) {
        return Kind::ContextTooLong;
    }
    // A wrong key is an invalid argument to Google.
    if (hasReason(error.details, "API_KEY_INVALID"_L1)
        || error.message.startsWith("API key not valid"_L1)) {
        return Kind::AuthenticationRequired;
    }
    if (error.type == "NOT_FOUND"_L1 && error.message.startsWith("models/"_L1)) {
        return Kind::ModelNotFound;
    }
    const int code = static_cast<int>(error.code.toInteger(0));
    const Kind kind = kinds.value(error.type.toString(), kindOfStatus(status != 0 ? status : code));
    return kind == Kind::RateLimited && isUsedUp(error.details) ? Kind::QuotaExceeded : kind;
}

ErrorReading errorReading(const QString &provider) { return {provider, errorKind, refine}; }

Error readError(const Provider &provider, const HttpReply &reply)
{
    return readErrorReply(reply, errorReading(provider.name));
}

} // namespace Maestro::Gemini
