// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.h"

using namespace Qt::StringLiterals;

namespace Maestro {

QString toWord(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Unknown:
        return u"unknown"_s;
    case Error::Kind::Network:
        return u"network"_s;
    case Error::Kind::Offline:
        return u"offline"_s;
    case Error::Kind::Timeout:
        return u"timeout"_s;
    case Error::Kind::Tls:
        return u"tls"_s;
    case Error::Kind::Proxy:
        return u"proxy"_s;
    case Error::Kind::PortInUse:
        return u"port_in_use"_s;
    case Error::Kind::BrowserUnavailable:
        return u"browser_unavailable"_s;
    case Error::Kind::AccessDenied:
        return u"access_denied"_s;
    case Error::Kind::StateMismatch:
        return u"state_mismatch"_s;
    case Error::Kind::InvalidGrant:
        return u"invalid_grant"_s;
    case Error::Kind::InvalidClient:
        return u"invalid_client"_s;
    case Error::Kind::NoOrganization:
        return u"no_organization"_s;
    case Error::Kind::ConsentRequired:
        return u"consent_required"_s;
    case Error::Kind::AuthenticationRequired:
        return u"authentication_required"_s;
    case Error::Kind::PermissionDenied:
        return u"permission_denied"_s;
    case Error::Kind::ModelNotFound:
        return u"model_not_found"_s;
    case Error::Kind::InvalidRequest:
        return u"invalid_request"_s;
    case Error::Kind::ContextTooLong:
        return u"context_too_long"_s;
    case Error::Kind::RateLimited:
        return u"rate_limited"_s;
    case Error::Kind::QuotaExceeded:
        return u"quota_exceeded"_s;
    case Error::Kind::ContentFiltered:
        return u"content_filtered"_s;
    case Error::Kind::Overloaded:
        return u"overloaded"_s;
    case Error::Kind::ServerFailure:
        return u"server_failure"_s;
    case Error::Kind::InvalidResponse:
        return u"invalid_response"_s;
    case Error::Kind::Interrupted:
        return u"interrupted"_s;
    case Error::Kind::TooLarge:
        return u"too_large"_s;
    case Error::Kind::Configuration:
        return u"configuration"_s;
    case Error::Kind::Unsupported:
        return u"unsupported"_s;
    }
    Q_UNREACHABLE();
}

} // namespace Maestro
