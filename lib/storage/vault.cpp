// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/vault.h"

#include "core/after.h"
#include "storage/passphrasekey.h"
#include "storage/savedauthentications.h"
#include "storage/vaultproblems.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace Maestro {

namespace {

constexpr int FreeTries = 5;
constexpr milliseconds PauseBetweenTries(30000);

QString keyName(const QString &slotId) { return u"vault-key/"_s + slotId; }

//! Apart from the key, which so is written once and never again.
QString generationName(const QString &slotId) { return u"vault-generation/"_s + slotId; }

Vault::Done ready(const std::optional<Error> &error) { return QtFuture::makeReadyFuture(error); }

} // namespace

Vault::Vault(Database &database, Keyring &keyring, QObject *parent)
    : CredentialVault(parent)
    , m_database(database)
    , m_keyring(keyring)
{ }

Vault::Done Vault::open()
{
    return after(this, m_database.open(),
                 [this](const Result<Database::Opened> &opened) { return examine(opened); })
        .unwrap();
}

Vault::Done Vault::examine(const Result<Database::Opened> &opened)
{
    m_key.reset();
    m_usedSlot.reset();
    if (!opened) {
        return ready(enter(State::Unusable, opened.error()));
    }
    if (opened->setAside) {
        m_setAside = opened->setAside;
    }
    return after(this, m_database.run(&readVault),
                 [this](const Result<VaultContents> &contents) { return choose(contents); })
        .unwrap();
}

Vault::Done Vault::choose(const Result<VaultContents> &contents)
{
    if (!contents) {
        return ready(enter(State::Unusable, contents.error()));
    }
    m_keySlots = contents->keySlots;
    setAccounts(contents->accounts);
    if (contents->isEmpty) {
        return ready(enter(State::FirstRun));
    }
    if (const auto slot = slotOf(KeySlot::Kind::Keyring)) {
        return askKeyring(*slot);
    }
    if (slotOf(KeySlot::Kind::Passphrase)) {
        return ready(enter(State::NeedsPassphrase, VaultProblems::needsPassphrase()));
    }
    return ready(enter(State::KeyLost, VaultProblems::keyLost()));
}

Vault::Done Vault::askKeyring(const KeySlot &slot)
{
    return after(this, m_keyring.state(),
                 [this, slot](const Result<Keyring::State> &state) {
                     if (!state) {
                         return ready(enter(State::KeyringUnavailable,
                                            VaultProblems::keyringUnavailable(state.error())));
                     }
                     switch (*state) {
                     case Keyring::State::NoBus:
                     case Keyring::State::NoService:
                         return ready(enter(State::KeyringUnavailable,
                                            VaultProblems::keyringUnavailable({})));
                     case Keyring::State::Locked:
                         return ready(enter(State::KeyringLocked, VaultProblems::keyringLocked()));
                     case Keyring::State::Unlocked:
                         break;
                     }
                     return readKey(slot);
                 })
        .unwrap();
}

Vault::Done Vault::readKey(const KeySlot &slot)
{
    return after(this, m_keyring.read(keyName(slot.id)),
                 [this, slot](const Result<std::optional<Secret>> &secret) {
                     if (!secret) {
                         return ready(enter(State::KeyringUnavailable,
                                            VaultProblems::keyringUnavailable(secret.error())));
                     }
                     std::optional<LockedKey> key
                         = *secret ? LockedKey::fromBytes((*secret)->reveal()) : std::nullopt;
                     if (!key) {
                         return withoutKey(slot);
                     }
                     const auto shared = std::make_shared<const LockedKey>(*std::move(key));
                     return after(this, m_keyring.read(generationName(slot.id)),
                                  [this, slot, shared](const Result<std::optional<Secret>> &noted) {
                                      const bool isNoted = noted && *noted;
                                      return openSlot(slot, shared,
                                                      isNoted ? (*noted)->reveal().toLongLong()
                                                              : 0);
                                  })
                         .unwrap();
                 })
        .unwrap();
}

// The keyring may have been locked between the question and the reading: then it is not lost.
Vault::Done Vault::withoutKey(const KeySlot &slot)
{
    Q_UNUSED(slot)
    return after(this, m_keyring.state(), [this](const Result<Keyring::State> &state) {
        if (!state || *state == Keyring::State::NoBus || *state == Keyring::State::NoService) {
            return enter(State::KeyringUnavailable, VaultProblems::keyringUnavailable({}));
        }
        if (*state == Keyring::State::Locked) {
            return enter(State::KeyringLocked, VaultProblems::keyringLocked());
        }
        return enter(State::KeyLost, VaultProblems::keyLost());
    });
}

Vault::Done Vault::openSlot(const KeySlot &slot, const Key &key, qint64 notedGeneration)
{
    return after(this, m_database.run([slot, key](QSqlDatabase &database) {
        return openVault(database, slot, *key);
    }),
                 [this, slot, notedGeneration](const Result<std::optional<OpenedVault>> &opened) {
                     return judge(slot, opened, notedGeneration);
                 });
}

std::optional<Error> Vault::judge(const KeySlot &slot,
                                  const Result<std::optional<OpenedVault>> &opened,
                                  qint64 notedGeneration)
{
    if (!opened) {
        return enter(State::Unusable, opened.error());
    }
    if (!*opened) {
        return enter(State::Tampered, VaultProblems::tampered());
    }
    m_usedSlot = slot;
    m_key = (*opened)->key;
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
    return enter(State::Ready);
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
    if (m_wrongPassphrases >= FreeTries
        && m_lastWrongPassphrase.elapsed() < PauseBetweenTries.count()) {
        return ready(VaultProblems::tooManyTries(PauseBetweenTries));
    }
    return openWithPassphrase(*slot, passphrase);
}

Vault::Done Vault::openWithPassphrase(const KeySlot &slot, const Secret &passphrase)
{
    const auto work
        = [slot, passphrase](QSqlDatabase &database) -> Result<std::optional<OpenedVault>> {
        const auto parameters = passphraseParametersFrom(slot.parameters);
        if (!parameters) {
            return std::optional<OpenedVault>();
        }
        const Result<LockedKey> key = keyOf(passphrase, *parameters);
        return key ? openVault(database, slot, *key) : key.error();
    };
    return after(this, m_database.run(work),
                 [this, slot](const Result<std::optional<OpenedVault>> &opened) {
                     if (opened && !*opened) {
                         ++m_wrongPassphrases;
                         m_lastWrongPassphrase.start();
                         return std::optional(VaultProblems::wrongPassphrase());
                     }
                     m_wrongPassphrases = 0;
                     return judge(slot, opened, 0);
                 });
}

Vault::Done Vault::makeWithKeyring()
{
    if (m_state != State::FirstRun) {
        return ready(notNow());
    }
    const KeySlot slot{.id = newKeyId(), .kind = KeySlot::Kind::Keyring};
    return after(this, newKeyInKeyring(slot.id),
                 [this, slot](const Result<Key> &key) {
                     return key ? begin(slot, *key) : ready(key.error());
                 })
        .unwrap();
}

Vault::Done Vault::makeWithPassphrase(const Secret &passphrase)
{
    if (m_state != State::FirstRun) {
        return ready(notNow());
    }
    return after(this, keyOfNewPassphrase(m_database, passphrase),
                 [this](const Result<PassphraseSlot> &made) {
                     return made ? begin(made->slot, made->key) : ready(made.error());
                 })
        .unwrap();
}

Vault::Done Vault::moveToKeyring()
{
    if (m_state != State::Ready) {
        return ready(notNow());
    }
    const KeySlot slot{.id = newKeyId(), .kind = KeySlot::Kind::Keyring};
    return after(this, newKeyInKeyring(slot.id),
                 [this, slot](const Result<Key> &key) {
                     return key ? moveTo(slot, *key) : ready(key.error());
                 })
        .unwrap();
}

Vault::Done Vault::moveToPassphrase(const Secret &passphrase)
{
    if (m_state != State::Ready) {
        return ready(notNow());
    }
    return after(this, keyOfNewPassphrase(m_database, passphrase),
                 [this](const Result<PassphraseSlot> &made) {
                     return made ? moveTo(made->slot, made->key) : ready(made.error());
                 })
        .unwrap();
}

//! Unlocks first, if need be: a keyring that was never used is locked, too.
QFuture<Result<Vault::Key>> Vault::newKeyInKeyring(const QString &slotId)
{
    return after(this, m_keyring.unlock(),
                 [this, slotId](const Result<Keyring::State> &state) {
                     if (!state || *state != Keyring::State::Unlocked) {
                         const Error error = state && *state == Keyring::State::Locked
                             ? VaultProblems::keyringLocked()
                             : VaultProblems::noKeyring(state ? Error{} : state.error());
                         return QtFuture::makeReadyFuture(Result<Key>(error));
                     }
                     return writeAndReadBack(slotId);
                 })
        .unwrap();
}

//! A key that did not arrive in the keyring must not seal anything.
QFuture<Result<Vault::Key>> Vault::writeAndReadBack(const QString &slotId)
{
    Result<LockedKey> random = LockedKey::random();
    if (!random) {
        return QtFuture::makeReadyFuture(Result<Key>(random.error()));
    }
    const auto key = std::make_shared<const LockedKey>(*std::move(random));
    return after(this, m_keyring.write(keyName(slotId), key->toSecret()),
                 [this, slotId, key](const std::optional<Error> &error) {
                     if (error) {
                         return QtFuture::makeReadyFuture(
                             Result<Key>(VaultProblems::noKeyring(*error)));
                     }
                     return after(this, m_keyring.read(keyName(slotId)),
                                  [key](const Result<std::optional<Secret>> &read) {
                                      const bool isThere
                                          = read && *read && **read == key->toSecret();
                                      return isThere ? Result<Key>(key)
                                                     : Result<Key>(VaultProblems::noKeyring(
                                                         read ? Error{} : read.error()));
                                  });
                 })
        .unwrap();
}

Vault::Done Vault::begin(const KeySlot &slot, const Key &key)
{
    return after(this, m_database.run([slot, key](QSqlDatabase &database) {
        return beginVault(database, slot, *key);
    }),
                 [this, slot](const Result<OpenedVault> &opened) -> std::optional<Error> {
                     if (!opened) {
                         // Only the key that was just made, and seals nothing.
                         if (slot.kind == KeySlot::Kind::Keyring) {
                             m_keyring.remove(keyName(slot.id));
                         }
                         return opened.error();
                     }
                     m_keySlots = {slot};
                     return judge(slot, Result<std::optional<OpenedVault>>(*opened), 0);
                 });
}

Vault::Done Vault::moveTo(const KeySlot &slot, const Key &key)
{
    const auto work = [slot, key, dataKey = *m_key](QSqlDatabase &database) -> Result<qint64> {
        KeySlot wrapped = slot;
        if (auto error = wrap(wrapped, *key, dataKey)) {
            return *error;
        }
        return SavedAuthentications(database, dataKey).replaceSlots(wrapped);
    };
    return after(this, m_database.run(work),
                 [this, slot](const Result<qint64> &generation) {
                     const std::optional<KeySlot> left
                         = generation ? m_usedSlot : std::optional(slot);
                     if (left && left->kind == KeySlot::Kind::Keyring) {
                         m_keyring.remove(keyName(left->id));
                         m_keyring.remove(generationName(left->id));
                     }
                     if (!generation) {
                         return ready(generation.error());
                     }
                     m_keySlots = {slot};
                     m_usedSlot = slot;
                     noteGeneration(*generation);
                     return listAgain();
                 })
        .unwrap();
}

Vault::Done Vault::acceptAsIs()
{
    if ((m_state != State::Tampered && m_state != State::OlderCopy) || !m_key) {
        return ready(notNow());
    }
    const auto work = [key = *m_key, generation = m_generation](QSqlDatabase &database) {
        return SavedAuthentications(database, key).acceptAsIs(generation);
    };
    return after(this, changed(m_database.run(work)), [this](const std::optional<Error> &error) {
        return error ? error : enter(State::Ready);
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
    if (m_state != State::Ready) {
        return QtFuture::makeReadyFuture(Result<AccountSecrets>(notNow()));
    }
    return m_database.run([key, dataKey = *m_key](QSqlDatabase &database) {
        return SavedAuthentications(database, dataKey).secretsOf(key);
    });
}

Vault::Done Vault::save(const Account &account, const AccountSecrets &secrets)
{
    if (m_state != State::Ready) {
        return ready(notNow());
    }
    return changed(m_database.run([account, secrets, key = *m_key](QSqlDatabase &database) {
        return SavedAuthentications(database, key).save(account, secrets);
    }));
}

Vault::Done Vault::remove(const AccountKey &key)
{
    if (m_state != State::Ready) {
        return ready(notNow());
    }
    return changed(m_database.run([key, dataKey = *m_key](QSqlDatabase &database) {
        return SavedAuthentications(database, dataKey).remove(key);
    }));
}

Vault::Done Vault::changed(const QFuture<Result<qint64>> &generation)
{
    QFuture<Result<qint64>> future = generation;
    return after(this, future,
                 [this](const Result<qint64> &now) {
                     if (!now) {
                         return ready(now.error());
                     }
                     noteGeneration(*now);
                     return listAgain();
                 })
        .unwrap();
}

Vault::Done Vault::listAgain()
{
    return after(this, m_database.run(&SavedAuthentications::listed),
                 [this](const Result<QList<Account>> &accounts) -> std::optional<Error> {
                     if (accounts) {
                         setAccounts(*accounts);
                     }
                     return std::nullopt; // the change is durable, whatever became of the list
                 });
}

//! In the background, and one at a time: a change does not wait for the keyring. A note that fails
//! leaves an older one, against which an older file may pass.
void Vault::noteGeneration(qint64 generation)
{
    const bool isNew = generation > m_generation || !m_isNoting;
    m_generation = std::max(m_generation, generation);
    if (!m_usedSlot || m_usedSlot->kind != KeySlot::Kind::Keyring || m_isNoting || !isNew) {
        return;
    }
    m_isNoting = true;
    const qint64 noted = m_generation;
    after(this, m_keyring.write(generationName(m_usedSlot->id), Secret(QByteArray::number(noted))),
          [this, noted](const std::optional<Error> &error) {
              m_isNoting = false;
              if (!error && noted < m_generation) {
                  noteGeneration(m_generation);
              }
              return error;
          });
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
