// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialstore.h"

namespace Maestro {

//! Keeps accounts until the program ends, and writes nothing anywhere.
class MemoryCredentials final : public CredentialStore
{
public:
    QList<Account> accounts() const override;
    QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &key) override;
    QFuture<std::optional<Error>> save(const Account &account,
                                       const AccountSecrets &secrets) override;
    QFuture<std::optional<Error>> remove(const AccountKey &key) override;

private:
    struct Entry
    {
        Account account;
        AccountSecrets secrets;
    };

    QList<Entry>::iterator find(const AccountKey &key);

    QList<Entry> m_entries;
};

} // namespace Maestro
