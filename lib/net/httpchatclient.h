// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatclient.h"
#include "core/credentialsource.h"
#include "net/streamexchange.h"

class QNetworkAccessManager;

namespace Maestro {

//! Asks models over HTTPS.
class HttpChatClient final : public ChatClient
{
public:
    struct Limits
    {
        StreamExchange::Limits stream = {};
        qint64 modelList = 8 * 1024 * 1024; //!< bytes
        //! What pauses are multiplied by: tests have no time.
        double pauses = 1;
    };

    //! Both must outlive the client and its streams.
    HttpChatClient(QNetworkAccessManager &network, CredentialSource &credentials, Limits limits,
                   const WakingClock &clock = {});
    HttpChatClient(QNetworkAccessManager &network, CredentialSource &credentials);

    std::unique_ptr<ChatStream> ask(const Provider &provider, const AccountKey &account,
                                    const ChatRequest &request) override;
    QFuture<Result<QStringList>> listModels(const Provider &provider,
                                            const AccountKey &account) override;

private:
    QFuture<Result<QStringList>> listModels(const Provider &provider, const AccountKey &account,
                                            const Credential &credential);
    QFuture<Result<QStringList>> listModelsAgain(const Provider &provider,
                                                 const AccountKey &account,
                                                 const Credential &rejected);

    QNetworkAccessManager &m_network;
    CredentialSource &m_credentials;
    Limits m_limits;
    WakingClock m_clock; // as it was made: every exchange has its own
};

} // namespace Maestro
