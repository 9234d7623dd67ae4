// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatclient.h"
#include "core/credentialsource.h"

namespace Maestro {

//! Asks through another client, which can be changed between two questions.
class SwitchedClient final : public ChatClient
{
public:
    //! The clients outlive this.
    explicit SwitchedClient(ChatClient &client)
        : m_client(&client)
    { }

    void use(ChatClient &client) { m_client = &client; }
    std::unique_ptr<ChatStream> ask(const Provider &provider, const AccountKey &account,
                                    const ChatRequest &request) override
    {
        return m_client->ask(provider, account, request);
    }
    QFuture<Result<QStringList>> listModels(const Provider &provider,
                                            const AccountKey &account) override
    {
        return m_client->listModels(provider, account);
    }

private:
    ChatClient *m_client;
};

//! Hands out one credential, and another when that was rejected. Both are easily found where they
//! should not be.
class TwoCredentials final : public CredentialSource
{
public:
    explicit TwoCredentials(Credential::Type type)
        : m_type(type)
    { }

    QFuture<Result<Credential>> credentialFor(const AccountKey &) override
    {
        return made(m_renewed ? "canary-two" : "canary-one");
    }
    QFuture<Result<Credential>> renewedFor(const AccountKey &, const Credential &) override
    {
        m_renewed = true;
        return made("canary-two");
    }

private:
    QFuture<Result<Credential>> made(const QByteArray &secret) const
    {
        return QtFuture::makeReadyFuture(Result<Credential>(Credential{m_type, Secret(secret)}));
    }

    Credential::Type m_type;
    bool m_renewed = false;
};

} // namespace Maestro
