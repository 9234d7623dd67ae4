// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/keyringkeys.h"

#include "core/after.h"
#include "storage/vaultproblems.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

using State = CredentialVault::State;
using Missing = KeyringKeys::Missing;

QString keyName(const QString &slotId) { return u"vault-key/"_s + slotId; }
QString generationName(const QString &slotId) { return u"vault-generation/"_s + slotId; }

template <typename Value>
QFuture<Value> ready(const Value &value)
{
    return QtFuture::makeReadyFuture(value);
}

//! Nothing, if the keyring is open.
std::optional<Missing> obstacle(const Result<Keyring::State> &state)
{
    if (!state) {
        return Missing{State::KeyringUnavailable, VaultProblems::keyringUnavailable(state.error())};
    }
    switch (*state) {
    case Keyring::State::NoBus:
    case Keyring::State::NoService:
        return Missing{State::KeyringUnavailable, VaultProblems::keyringUnavailable({})};
    case Keyring::State::Locked:
        return Missing{State::KeyringLocked, VaultProblems::keyringLocked()};
    case Keyring::State::Unlocked:
        break;
    }
    return std::nullopt;
}

qint64 generationIn(const Result<std::optional<Secret>> &noted)
{
    return noted && *noted ? (*noted)->reveal().toLongLong() : 0;
}

} // namespace

KeyringKeys::KeyringKeys(Keyring &keyring, QObject *parent)
    : QObject(parent)
    , m_keyring(keyring)
{ }

QFuture<KeyringKeys::Reading> KeyringKeys::read(const QString &slotId)
{
    return after(this, m_keyring.state(),
                 [this, slotId](const Result<Keyring::State> &state) {
                     const std::optional<Missing> missing = obstacle(state);
                     return missing ? ready<Reading>(*missing) : readFromOpenKeyring(slotId);
                 })
        .unwrap();
}

QFuture<KeyringKeys::Reading> KeyringKeys::readFromOpenKeyring(const QString &slotId)
{
    const auto withKey = [this, slotId](const Result<std::optional<Secret>> &secret) {
        if (!secret) {
            return ready<Reading>(Missing{State::KeyringUnavailable,
                                          VaultProblems::keyringUnavailable(secret.error())});
        }
        std::optional<LockedKey> read
            = *secret ? LockedKey::fromBytes((*secret)->reveal()) : std::nullopt;
        if (!read) {
            return whyMissing();
        }
        const auto key = std::make_shared<const LockedKey>(*std::move(read));
        return after(this, m_keyring.read(generationName(slotId)),
                     [key](const Result<std::optional<Secret>> &noted) {
                         return Reading(Found{key, generationIn(noted)});
                     });
    };
    return after(this, m_keyring.read(keyName(slotId)), withKey).unwrap();
}

// The keyring may have been locked between the question and the reading: then it is not lost.
QFuture<KeyringKeys::Reading> KeyringKeys::whyMissing()
{
    return after(this, m_keyring.state(), [](const Result<Keyring::State> &state) {
        return Reading(obstacle(state).value_or(Missing{State::KeyLost, VaultProblems::keyLost()}));
    });
}

QFuture<Result<KeyringKeys::Key>> KeyringKeys::makeNew(const QString &slotId)
{
    const auto whenAsked = [this, slotId](const Result<Keyring::State> &state) {
        if (state && *state == Keyring::State::Unlocked) {
            return writeAndReadBack(slotId);
        }
        const bool isLocked = state && *state == Keyring::State::Locked;
        return ready(Result<Key>(isLocked
                                     ? VaultProblems::keyringLocked()
                                     : VaultProblems::noKeyring(state ? Error{} : state.error())));
    };
    return after(this, m_keyring.unlock(), whenAsked).unwrap();
}

QFuture<Result<KeyringKeys::Key>> KeyringKeys::writeAndReadBack(const QString &slotId)
{
    Result<LockedKey> random = LockedKey::random();
    if (!random) {
        return ready(Result<Key>(random.error()));
    }
    const auto key = std::make_shared<const LockedKey>(*std::move(random));
    const auto compare = [key](const Result<std::optional<Secret>> &read) {
        const bool isThere = read && *read && **read == key->toSecret();
        return isThere ? Result<Key>(key)
                       : Result<Key>(VaultProblems::noKeyring(read ? Error{} : read.error()));
    };
    const auto readBack = [this, slotId, compare](const std::optional<Error> &error) {
        return error ? ready(Result<Key>(VaultProblems::noKeyring(*error)))
                     : after(this, m_keyring.read(keyName(slotId)), compare);
    };
    return after(this, m_keyring.write(keyName(slotId), key->toSecret()), readBack).unwrap();
}

void KeyringKeys::forget(const QString &slotId)
{
    if (m_nextNote && m_nextNote->slotId == slotId) {
        m_nextNote.reset();
    }
    m_keyring.remove(keyName(slotId));
    m_keyring.remove(generationName(slotId));
}

void KeyringKeys::note(const QString &slotId, qint64 generation)
{
    m_nextNote = Note{slotId, generation};
    if (!m_isNoting) {
        writeNote();
    }
}

void KeyringKeys::writeNote()
{
    const Note note = *std::exchange(m_nextNote, std::nullopt);
    m_isNoting = true;
    after(this,
          m_keyring.write(generationName(note.slotId), Secret(QByteArray::number(note.generation))),
          [this](const std::optional<Error> &error) {
              m_isNoting = false;
              if (m_nextNote) {
                  writeNote();
              }
              return error;
          });
}

} // namespace Maestro
