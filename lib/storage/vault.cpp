// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/vault.h"

#include "core/after.h"
#include "storage/vaultproblems.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;

namespace Maestro {

Vault::Vault(Database &database, Keyring &keyring, QObject *parent)
    : CredentialVault(parent)
    , m_database(database)
    , m_keyring(keyring)
    , m_keyringKeys(keyring)
{ }

Vault::Done Vault::ready(const std::optional<Error> &error)
{
    return QtFuture::makeReadyFuture(error);
}

Vault::Done Vault::open()
{
    return after(this, m_database.open(),
                 [this](const Result<Database::Opened> &opened) { return examine(opened); })
        .unwrap();
}

Vault::Done Vault::examine(const Result<Database::Opened> &opened)
{
    m_opening.reset();
    if (!opened) {
        return ready(enter(State::Unusable, opened.error()));
    }
    if (opened->setAside) {
        m_setAside = opened->setAside;
    }
    return after(this, m_database.run(&readVault),
                 [this](const Result<VaultContents> &contents) {
                     return contents ? choose(*contents)
                                     : ready(enter(State::Unusable, contents.error()));
                 })
        .unwrap();
}

Vault::Done Vault::choose(const VaultContents &contents)
{
    m_keySlots = contents.keySlots;
    setAccounts(contents.accounts);
    if (contents.isEmpty) {
        return ready(enter(State::FirstRun));
    }
    if (const auto slot = slotOf(KeySlot::Kind::Keyring)) {
        return readKey(*slot);
    }
    if (slotOf(KeySlot::Kind::Passphrase)) {
        return ready(enter(State::NeedsPassphrase, VaultProblems::needsPassphrase()));
    }
    return ready(enter(State::KeyLost, VaultProblems::keyLost()));
}

Vault::Done Vault::refresh()
{
    if (m_state == State::Closed || m_state == State::Unusable) {
        return open();
    }
    using Contents = std::optional<Result<VaultContents>>;
    const auto look = [&database = m_database](QSqlDatabase &connection) {
        return database.isMoved() ? Contents() : Contents(readVault(connection));
    };
    return after(
               this, m_database.run(look),
               [this](const Contents &contents) { return contents ? catchUp(*contents) : open(); })
        .unwrap();
}

//! With what another process did to the file that is open here.
Vault::Done Vault::catchUp(const Result<VaultContents> &contents)
{
    if (!contents) {
        return ready(contents.error());
    }
    if (!m_opening || m_state != State::Ready) {
        return choose(*contents);
    }
    if (contents->keySlots == m_keySlots) {
        setAccounts(contents->accounts);
        return ready({});
    }
    const auto same
        = std::find_if(contents->keySlots.begin(), contents->keySlots.end(),
                       [this](const KeySlot &slot) { return slot.id == m_opening->slot.id; });
    if (same == contents->keySlots.end()) {
        return choose(*contents);
    }
    // The same way in, to another data key: nobody needs to be asked for the passphrase again.
    m_keySlots = contents->keySlots;
    setAccounts(contents->accounts);
    return openSlot(*same, m_opening->wrappingKey, m_generation);
}

Vault::Done Vault::readKey(const KeySlot &slot)
{
    return after(this, m_keyringKeys.read(slot.id),
                 [this, slot](const KeyringKeys::Reading &reading) {
                     if (const auto *missing = std::get_if<KeyringKeys::Missing>(&reading)) {
                         return ready(enter(missing->state, missing->problem));
                     }
                     const auto &found = std::get<KeyringKeys::Found>(reading);
                     return openSlot(slot, found.key, found.notedGeneration);
                 })
        .unwrap();
}

Vault::Done Vault::openSlot(const KeySlot &slot, const Key &key, qint64 notedGeneration)
{
    const auto work
        = [slot, key](QSqlDatabase &database) { return openVault(database, slot, *key); };
    return after(this, m_database.run(work),
                 [this, key, notedGeneration](const Result<std::optional<OpenedVault>> &opened) {
                     return judge(key, opened, notedGeneration);
                 });
}

std::optional<Error> Vault::judge(const Key &key, const Result<std::optional<OpenedVault>> &opened,
                                  qint64 notedGeneration)
{
    if (!opened) {
        return enter(State::Unusable, opened.error());
    }
    if (!*opened) {
        return enter(State::Tampered, VaultProblems::tampered());
    }
    m_opening = Opening{(*opened)->slot, key, (*opened)->key};
    m_generation = std::max(notedGeneration, (*opened)->generation);
    if (!(*opened)->isIntact) {
        return enter(State::Tampered, VaultProblems::tampered());
    }
    if ((*opened)->generation < notedGeneration) {
        return enter(State::OlderCopy, VaultProblems::olderCopy());
    }
    if ((*opened)->generation > notedGeneration) {
        noteGeneration(m_generation);
    }
    (void)enter(State::Ready);
    if ((*opened)->isKeyOld) {
        lockOutCopies(); // in the background: what fails is tried again at the next start
    }
    return std::nullopt;
}

Vault::Done Vault::unlock()
{
    return after(this, m_keyring.unlock(),
                 [this](const Result<Keyring::State> &) { return open(); })
        .unwrap();
}

Vault::Done Vault::unlock(const Secret &passphrase)
{
    const auto slot = slotOf(KeySlot::Kind::Passphrase);
    if (!slot || m_state == State::Ready) {
        return ready(m_state == State::Ready ? std::nullopt : std::optional(notNow()));
    }
    const auto obstacle = m_tries.obstacle();
    return obstacle ? ready(obstacle) : openWithPassphrase(*slot, passphrase);
}

Vault::Done Vault::openWithPassphrase(const KeySlot &slot, const Secret &passphrase)
{
    struct Tried
    {
        Key key; // none if the slot's parameters are none
        Result<std::optional<OpenedVault>> opened = std::optional<OpenedVault>();
    };
    const auto work = [slot, passphrase](QSqlDatabase &database) -> Tried {
        Result<std::optional<LockedKey>> made = keyForSlot(slot, passphrase);
        if (!made || !*made) {
            return made ? Tried{} : Tried{{}, made.error()};
        }
        const auto key = std::make_shared<const LockedKey>(**std::move(made));
        return {key, openVault(database, slot, *key)};
    };
    return after(this, m_database.run(work), [this](const Tried &tried) {
        if (tried.opened && !*tried.opened) {
            m_tries.wasWrong();
            return std::optional(VaultProblems::wrongPassphrase());
        }
        m_tries.wasRight();
        return judge(tried.key, tried.opened, 0);
    });
}

Vault::Done Vault::acceptAsIs()
{
    if ((m_state != State::Tampered && m_state != State::OlderCopy) || !m_opening) {
        return ready(notNow());
    }
    const VaultWork<qint64> work = [generation = m_generation](SavedAuthentications &table) {
        return table.acceptAsIs(generation);
    };
    return after(this, useVault(m_database, m_opening->dataKey, work),
                 [this](const VaultUse<qint64> &use) {
                     const Result<qint64> generation = settled(use);
                     return generation ? enter(State::Ready) : generation.error();
                 });
}

Vault::Done Vault::startOver()
{
    return after(this, m_database.startOver(),
                 [this](const Result<Database::Opened> &opened) { return examine(opened); })
        .unwrap();
}

QFuture<Result<AccountSecrets>> Vault::secretsOf(const AccountKey &key)
{
    return use<AccountSecrets>([key](SavedAuthentications &table) { return table.secretsOf(key); });
}

Vault::Done Vault::save(const Account &account, const AccountSecrets &secrets)
{
    return change(
        [account, secrets](SavedAuthentications &table) { return table.save(account, secrets); });
}

Vault::Done Vault::remove(const AccountKey &key)
{
    return change([key](SavedAuthentications &table) { return table.remove(key); });
}

Vault::Done Vault::change(const VaultWork<qint64> &work)
{
    return after(this, use(work), [this](const Result<qint64> &generation) -> std::optional<Error> {
        if (!generation) {
            return generation.error();
        }
        noteGeneration(*generation);
        return std::nullopt;
    });
}

//! The work, once more if it met a key or a file that is not the one that was opened.
template <typename Value>
QFuture<Result<Value>> Vault::use(const VaultWork<Value> &work)
{
    if (m_state != State::Ready) {
        return QtFuture::makeReadyFuture(Result<Value>(notNow()));
    }
    const auto again = [this, work](const std::optional<Error> &error) {
        if (error || m_state != State::Ready) {
            return QtFuture::makeReadyFuture(Result<Value>(error ? *error : notNow()));
        }
        return after(this, useVault(m_database, m_opening->dataKey, work),
                     [this](const VaultUse<Value> &use) { return settled(use); });
    };
    return after(this, useVault(m_database, m_opening->dataKey, work),
                 [this, again](const VaultUse<Value> &use) {
                     return use.isStale ? after(this, refresh(), again).unwrap()
                                        : QtFuture::makeReadyFuture(settled(use));
                 })
        .unwrap();
}

template <typename Value>
Result<Value> Vault::settled(const VaultUse<Value> &use)
{
    if (use.accounts) {
        setAccounts(*use.accounts);
    }
    return use.value;
}

void Vault::noteGeneration(qint64 generation)
{
    m_generation = std::max(m_generation, generation);
    if (m_opening && m_opening->slot.kind == KeySlot::Kind::Keyring) {
        m_keyringKeys.note(m_opening->slot.id, m_generation);
    }
}

std::optional<Error> Vault::enter(State state, const std::optional<Error> &problem)
{
    m_problem = problem;
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
    return problem;
}

std::optional<KeySlot> Vault::slotOf(KeySlot::Kind kind) const
{
    const auto found = std::find_if(m_keySlots.begin(), m_keySlots.end(),
                                    [kind](const KeySlot &slot) { return slot.kind == kind; });
    return found == m_keySlots.end() ? std::nullopt : std::optional(*found);
}

Error Vault::notNow() const { return m_problem.value_or(VaultProblems::noVault()); }

void Vault::setAccounts(QList<Account> accounts)
{
    const bool hasPassphraseOnly = !slotOf(KeySlot::Kind::Keyring);
    for (Account &account : accounts) {
        account.keeping
            = hasPassphraseOnly ? Account::Keeping::Passphrase : Account::Keeping::Keyring;
    }
    if (accounts != m_accounts) {
        m_accounts = std::move(accounts);
        Q_EMIT accountsChanged();
    }
}

} // namespace Maestro
