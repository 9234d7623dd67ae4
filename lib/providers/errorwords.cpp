// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/errorwords.h"

#include <QCoreApplication>

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

QString sentence(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::AuthenticationRequired:
        return Tr::tr("%1 did not accept the key or the sign-in.");
    case Error::Kind::PermissionDenied:
        return Tr::tr("%1 does not allow this account to do that.");
    case Error::Kind::ModelNotFound:
        return Tr::tr("%1 does not know this model, or this account may not use it.");
    case Error::Kind::InvalidRequest:
        return Tr::tr("%1 did not accept the request.");
    case Error::Kind::ContextTooLong:
        return Tr::tr("The conversation is longer than this model can read.");
    case Error::Kind::RateLimited:
        return Tr::tr("%1 asks for fewer requests in a short time.");
    case Error::Kind::QuotaExceeded:
        return Tr::tr("The credit or the limit of this account with %1 is used up.");
    case Error::Kind::ContentFiltered:
        return Tr::tr("The safety rules of %1 stopped the answer.");
    case Error::Kind::Overloaded:
        return Tr::tr("%1 has too much to do at the moment.");
    case Error::Kind::ServerFailure:
        return Tr::tr("%1 had a failure of its own.");
    case Error::Kind::Timeout:
        return Tr::tr("%1 took too long.");
    case Error::Kind::TooLarge:
        return Tr::tr("The request is larger than %1 accepts.");
    case Error::Kind::InvalidResponse:
        return Tr::tr("%1 sent something that is not an answer.");
    default:
        return Tr::tr("%1 reported an error.");
    }
}

QString advice(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::AuthenticationRequired:
        return Tr::tr("Sign in again, or enter the key anew.");
    case Error::Kind::PermissionDenied:
        return Tr::tr("Use another account or key, or ask whoever administers this one.");
    case Error::Kind::ModelNotFound:
        return Tr::tr("Choose another model.");
    case Error::Kind::InvalidRequest:
        return Tr::tr("Ask for it in another way, or choose another model.");
    case Error::Kind::ContextTooLong:
        return Tr::tr("Begin a new chat, or choose a model that reads more.");
    case Error::Kind::RateLimited:
    case Error::Kind::Overloaded:
        return Tr::tr("Wait a little and try again.");
    case Error::Kind::QuotaExceeded:
        return Tr::tr("Look at the plan and the billing in the provider's console.");
    case Error::Kind::ContentFiltered:
        return Tr::tr("Say it in other words.");
    case Error::Kind::TooLarge:
        return Tr::tr("Send less at once.");
    default:
        return Tr::tr("Try again, or choose another model.");
    }
}

} // namespace

Error describeError(Error::Kind kind, const QString &provider)
{
    const QString text = sentence(kind);
    return {kind, text.contains(u"%1") ? text.arg(provider) : text, advice(kind)};
}

bool waitingHelps(Error::Kind kind)
{
    return kind == Error::Kind::RateLimited || kind == Error::Kind::Overloaded
        || kind == Error::Kind::ServerFailure || kind == Error::Kind::Timeout;
}

} // namespace Maestro
