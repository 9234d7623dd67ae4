// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QHash>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Maestro {

//! What one set of credentials is called: unique in the store, and no secret.
struct AccountKey
{
    enum class Type { ApiKey, OAuth };

    QString provider; //!< Provider::id
    Type type = Type::ApiKey;
    //! What tells two accounts of a provider apart; never an e-mail address. May be empty for API
    //! keys.
    QString accountId = {};

    friend bool operator==(const AccountKey &, const AccountKey &) = default;
};

inline size_t qHash(const AccountKey &key, size_t seed = 0) noexcept
{
    return qHashMulti(seed, key.provider, static_cast<int>(key.type), key.accountId);
}

//! Who signed in, as far as it may be shown. Everything but the key may be empty, and none of it
//! was proven beyond having come from the token endpoint over TLS.
struct Account
{
    //! Where its secret lives.
    enum class Keeping {
        Memory, //!< in this process, until it ends
        Environment, //!< read from a variable at the start
        Keyring, //!< sealed on disk, under a key in the system keyring
        Passphrase, //!< sealed on disk, under a key made of a passphrase
    };

    AccountKey key;
    Keeping keeping = Keeping::Memory;
    QString email = {};
    QString name = {};
    QString plan = {}; //!< the provider's own word: "plus", "team", …
    QString organization = {};
    QString project = {};
    //! The OAuth client that the provider made for this sign-in; empty where it is the profile's.
    QString clientId = {};
    //! When what requests are signed with ends, unless it is renewed; as the store says.
    std::optional<QDateTime> expiresAt = {};
    //! What the secret came from: the name of an environment variable, for Keeping::Environment.
    QString source = {};

    friend bool operator==(const Account &, const Account &) = default;
};

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::AccountKey)
Q_DECLARE_METATYPE(Maestro::Account)
