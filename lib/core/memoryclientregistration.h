// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/clientregistration.h"

#include <QHash>

namespace Maestro {

//! Remembers until the program ends.
class MemoryClientRegistration final : public ClientRegistration
{
public:
    QString hostId() const override { return m_hostId; }
    Done keepHostId(const QString &hostId) override;
    QString pendingClientId(const QString &profileId) const override
    {
        return m_pending.value(profileId);
    }
    Done keepPendingClientId(const QString &profileId, const QString &clientId) override;

private:
    QString m_hostId;
    QHash<QString, QString> m_pending;
};

} // namespace Maestro
