// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <QFuture>
#include <QString>

#include <optional>

namespace Maestro {

//! What has to be remembered for a provider that makes an OAuth client for each person who signs
//! in, beside the client id that an Account keeps. None of it is secret. A port: what keeps it is
//! behind it.
class ClientRegistration
{
public:
    ClientRegistration() = default;
    virtual ~ClientRegistration() = default;
    Q_DISABLE_COPY_MOVE(ClientRegistration)

    //! Ready when it is durable; an error says that it was not kept.
    using Done = QFuture<std::optional<Error>>;

    //! The name of this installation, `urn:uuid:` and a random UUID, the same for ever; empty
    //! before the first keepHostId().
    virtual QString hostId() const = 0;
    virtual Done keepHostId(const QString &hostId) = 0;

    //! The client id that the provider issued in a sign-in that did not come to its end, by
    //! OAuthProfile::id; empty if there is none.
    virtual QString pendingClientId(const QString &profileId) const = 0;
    //! An empty one forgets it: the account has it now, or the provider does not know it any more.
    virtual Done keepPendingClientId(const QString &profileId, const QString &clientId) = 0;
};

} // namespace Maestro
