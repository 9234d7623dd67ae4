// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialstore.h"

#include <QStringList>

#include <functional>

namespace Maestro {

//! Notes with an account's secrets which servers they are for, and hands them out for no others: a
//! variable or a setting that names another server must not lead a saved key there.
class BoundCredentials final : public CredentialStore
{
public:
    //! The origins that this account's secrets would be sent to now.
    using FindServers = std::function<QStringList(const AccountKey &account)>;

    //! `store` must outlive it.
    BoundCredentials(CredentialStore &store, FindServers findServers);

    QList<Account> accounts() const override { return m_store.accounts(); }
    //! Configuration if they are for other servers.
    QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &key) override;
    QFuture<std::optional<Error>> save(const Account &account,
                                       const AccountSecrets &secrets) override;
    QFuture<std::optional<Error>> remove(const AccountKey &key) override
    {
        return m_store.remove(key);
    }

private:
    CredentialStore &m_store;
    FindServers m_findServers;
};

} // namespace Maestro
