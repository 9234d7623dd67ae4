// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streamdecoder.h"
#include "net/httpchatclient.h"

class QNetworkReply;

namespace Maestro {

//! One answer over HTTPS. See ChatStream for the contract.
class HttpChatStream final : public ChatStream
{
    Q_OBJECT

public:
    HttpChatStream(QNetworkAccessManager &network, CredentialSource &credentials,
                   HttpChatClient::Limits limits, const Provider &provider,
                   const AccountKey &account, const ChatRequest &request);
    ~HttpChatStream() override;

    void start() override;
    void stop() override;
    Transfer transfer() const override;

private:
    void send(const Result<Credential> &credential);
    //! Whether the answer is a 401 that another token may turn into an answer. Not for keys: there
    //! is no other.
    bool mayRenew() const;
    void renew();
    void onReadyRead();
    void onReplyFinished();
    void take(const QByteArray &bytes);
    void deliver(const StreamMessages &messages);
    //! Why the answer is not whole, if it is not.
    std::optional<Error> outcome() const;
    void dropReply();
    void settle(const std::optional<Error> &error);

    QNetworkAccessManager &m_network;
    CredentialSource &m_credentials;
    HttpChatClient::Limits m_limits;
    Provider m_provider;
    AccountKey m_account;
    ChatRequest m_request;
    StreamDecoder m_decoder;
    Credential m_credential; // what the request was signed with
    QNetworkReply *m_reply = nullptr; // ours to delete
    Transfer m_transfer;
    QByteArray m_errorBody;
    std::optional<Done> m_done;
    std::optional<StreamFault> m_fault;
    QString m_tlsProblem;
    bool m_renewed = false;
    bool m_stopped = false;
    bool m_tooLarge = false;
    bool m_settled = false;
};

} // namespace Maestro
