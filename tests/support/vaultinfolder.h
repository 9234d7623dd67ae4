// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "storage/vault.h"
#include "support/await.h"
#include "support/filekeyring.h"

namespace Maestro {

//! A vault whose file and keyring are in one folder, so that processes can share or inherit it. In
//! it is a pair of tokens that is rotated: both say which rotation they are of.
struct VaultInFolder
{
    explicit VaultInFolder(const QString &folder)
        : keyring(folder + QStringLiteral("/keyring"))
        , database(folder + QStringLiteral("/data/vault.db"), vaultSchema())
        , vault(database, keyring)
    { }

    static Account account()
    {
        return {.key
                = {QStringLiteral("openai"), AccountKey::Type::OAuth, QStringLiteral("rotating")}};
    }
    static Account other() { return {.key = {QStringLiteral("gemini")}}; }

    static AccountSecrets rotation(int number)
    {
        const QByteArray text = QByteArray::number(number);
        return {.signsWith = Credential::Type::OAuthToken,
                .accessToken = Secret(text),
                .refreshToken = Secret(QByteArray(1500, 'r') + text),
                .accessTokenExpiresAt = QDateTime::fromSecsSinceEpoch(number, Qt::UTC)};
    }

    //! 0 if there is none yet, nothing if the pair is torn or cannot be read.
    std::optional<int> currentRotation()
    {
        const auto secrets = await(vault.secretsOf(account().key));
        if (!secrets) {
            return secrets.error().kind == Error::Kind::AuthenticationRequired ? std::optional(0)
                                                                               : std::nullopt;
        }
        const int number = secrets->accessToken.reveal().toInt();
        return *secrets == rotation(number) ? std::optional(number) : std::nullopt;
    }

    std::optional<Error> rotateTo(int number)
    {
        return await(vault.save(account(), rotation(number)));
    }

    FileKeyring keyring;
    Database database;
    Vault vault;
};

} // namespace Maestro
