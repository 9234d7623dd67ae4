// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the vault gets its first key, and another one.

#include "core/after.h"
#include "storage/vault.h"

namespace Maestro {

Vault::Done Vault::makeWithKeyring() { return giveKeyringKey(State::FirstRun, &Vault::begin); }

Vault::Done Vault::moveToKeyring() { return giveKeyringKey(State::Ready, &Vault::renew); }

Vault::Done Vault::makeWithPassphrase(const Secret &passphrase)
{
    return givePassphraseKey(State::FirstRun, passphrase, &Vault::begin);
}

Vault::Done Vault::moveToPassphrase(const Secret &passphrase)
{
    return givePassphraseKey(State::Ready, passphrase, &Vault::renew);
}

Vault::Done Vault::giveKeyringKey(State needed, UseKey useKey)
{
    if (m_state != needed) {
        return ready(notNow());
    }
    const KeySlot slot{.id = newKeyId(), .kind = KeySlot::Kind::Keyring};
    return after(
               this, m_keyringKeys.makeNew(slot.id),
               [this, slot, useKey](const Result<Key> &key) { return (this->*useKey)(slot, key); })
        .unwrap();
}

Vault::Done Vault::givePassphraseKey(State needed, const Secret &passphrase, UseKey useKey)
{
    if (m_state != needed) {
        return ready(notNow());
    }
    return after(this, keyOfNewPassphrase(m_database, passphrase),
                 [this, useKey](const Result<PassphraseSlot> &made) {
                     return made ? (this->*useKey)(made->slot, made->key) : ready(made.error());
                 })
        .unwrap();
}

Vault::Done Vault::lockOutCopies()
{
    if (m_state != State::Ready) {
        return ready(notNow());
    }
    return m_opening->slot.kind == KeySlot::Kind::Keyring
        ? moveToKeyring()
        : renew(m_opening->slot, m_opening->wrappingKey);
}

Vault::Done Vault::begin(const KeySlot &slot, const Result<Key> &key)
{
    if (!key) {
        return ready(key.error());
    }
    const auto work
        = [slot, key = *key](QSqlDatabase &database) { return beginVault(database, slot, *key); };
    return after(this, m_database.run(work), [this, key = *key](const Result<OpenedVault> &vault) {
        return renewed(key, vault);
    });
}

//! Everything under a new data key, with this as the only way to it.
Vault::Done Vault::renew(const KeySlot &slot, const Result<Key> &key)
{
    if (!key || m_state != State::Ready) {
        return ready(key ? notNow() : key.error());
    }
    const auto work = [slot, key = *key, dataKey = m_opening->dataKey](QSqlDatabase &database) {
        return renewVault(database, dataKey, slot, *key);
    };
    return after(this, m_database.run(work), [this, key = *key](const Result<OpenedVault> &vault) {
        return renewed(key, vault);
    });
}

//! Where it failed, the new key stays in the keyring: a commit that could not be synced may still
//! turn up after a crash, and would then need it.
std::optional<Error> Vault::renewed(const Key &key, const Result<OpenedVault> &vault)
{
    if (!vault) {
        return vault.error();
    }
    if (m_opening && m_opening->slot.kind == KeySlot::Kind::Keyring
        && m_opening->slot.id != vault->slot.id) {
        m_keyringKeys.forget(m_opening->slot.id);
    }
    m_keySlots = {vault->slot};
    const auto error = judge(key, Result<std::optional<OpenedVault>>(*vault), 0);
    setAccounts(m_accounts); // whose place may be another
    return error;
}

} // namespace Maestro
