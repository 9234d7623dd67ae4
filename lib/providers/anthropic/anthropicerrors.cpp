// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/anthropicerrors.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Maestro::Anthropic {

Error::Kind errorKind(const ReportedError &error, int status)
{
    using Kind = Error::Kind;
    static const QHash<QString, Kind> kinds{
        {u"invalid_request_error"_s, Kind::InvalidRequest},
        {u"authentication_error"_s, Kind::AuthenticationRequired},
        {u"billing_error"_s, Kind::QuotaExceeded},
        {u"permission_error"_s, Kind::PermissionDenied},
        {u"not_found_error"_s, Kind::InvalidRequest},
        {u"request_too_large"_s, Kind::TooLarge},
        {u"rate_limit_error"_s, Kind::RateLimited},
        {u"timeout_error"_s, Kind::Timeout},
        {u"api_error"_s, Kind::ServerFailure},
        {u"overloaded_error"_s, Kind::Overloaded},
    };
    if (saysTooLong(error.message)) {
        return Kind::ContextTooLong;
    }
    // A new account's empty balance comes as invalid_request_error.
    if (error.message.contains("credit balance is too low"_L1)) {
        return Kind::QuotaExceeded;
    }
    if (error.type == "not_found_error"_L1 && error.message.startsWith("model"_L1)) {
        return Kind::ModelNotFound;
    }
    return kinds.value(error.type.toString(), kindOfStatus(status));
}

ErrorReading errorReading(const QString &provider) { return {provider, errorKind}; }

Error readError(const Provider &provider, const HttpReply &reply)
{
    return readErrorReply(reply, errorReading(provider.name));
}

} // namespace Maestro::Anthropic
