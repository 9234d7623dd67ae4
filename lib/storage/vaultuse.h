// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "storage/database.h"
#include "storage/savedauthentications.h"
#include "storage/vaultproblems.h"

#include <functional>

namespace Maestro {

//! Something to do with an open vault, on the database's thread.
template <typename Value>
using VaultWork = std::function<Result<Value>(SavedAuthentications &)>;

//! What came of it, and what the file says now: other processes work on it, too.
template <typename Value>
struct VaultUse
{
    Result<Value> value;
    //! Another process has sealed the vault under another key, or put another file in its place;
    //! then nothing was done.
    bool isStale = false;
    std::optional<QList<Account>> accounts = {};
};

template <typename Value>
QFuture<VaultUse<Value>> useVault(Database &database, const DataKey &key,
                                  const VaultWork<Value> &work)
{
    return database.run([&database, key, work](QSqlDatabase &connection) {
        if (database.isMoved()) {
            return VaultUse<Value>{.value = VaultProblems::replaced(), .isStale = true};
        }
        SavedAuthentications table(connection, key);
        VaultUse<Value> use{.value = work(table)};
        use.isStale = !use.value && table.isUnderOtherKey();
        if (const auto accounts = SavedAuthentications::listed(connection)) {
            use.accounts = *accounts;
        }
        return use;
    });
}

} // namespace Maestro
