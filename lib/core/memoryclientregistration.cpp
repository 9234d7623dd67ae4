// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/memoryclientregistration.h"

namespace Maestro {

ClientRegistration::Done MemoryClientRegistration::keepHostId(const QString &hostId)
{
    m_hostId = hostId;
    return QtFuture::makeReadyFuture(std::optional<Error>());
}

ClientRegistration::Done MemoryClientRegistration::keepPendingClientId(const QString &profileId,
                                                                       const QString &clientId)
{
    if (clientId.isEmpty()) {
        m_pending.remove(profileId);
    } else {
        m_pending.insert(profileId, clientId);
    }
    return QtFuture::makeReadyFuture(std::optional<Error>());
}

} // namespace Maestro
