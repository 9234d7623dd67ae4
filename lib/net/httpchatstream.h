// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streamdecoder.h"
#include "net/httpchatclient.h"

#include <QTimer>

namespace Maestro {

//! One answer over HTTPS: as many exchanges as it takes to get one, which is more than one only if
//! a token was to be renewed or the provider asked for patience. See ChatStream for the contract.
class HttpChatStream final : public ChatStream
{
    Q_OBJECT

public:
    HttpChatStream(QNetworkAccessManager &network, CredentialSource &credentials,
                   HttpChatClient::Limits limits, const WakingClock &clock,
                   const Provider &provider, const AccountKey &account, const ChatRequest &request);
    ~HttpChatStream() override;

    void start() override;
    void stop() override;
    Transfer transfer() const override;
    void retryNow() override;
    void keepWaiting() override;

private:
    void askForCredential();
    void send(const Result<Credential> &credential);
    void onBytes(const QByteArray &bytes);
    void onExchanged();
    //! Whether the answer is a 401 that another token may turn into an answer. Not for keys: there
    //! is no other.
    bool mayRenew() const;
    void renew();
    //! Whether a pause has begun, after which it is asked again.
    bool pauseAfter(const Error &error);
    void goOn();
    void forgetExchange();

    //! Held back until there is something of an answer: an error alone may be followed by another
    //! try.
    //! Why it was cut off, as far as it is known here.
    StreamMessages withCause(StreamMessages messages) const;
    void hold(const StreamMessages &messages);
    void deliver();
    void settle(const std::optional<Error> &error);

    QNetworkAccessManager &m_network;
    CredentialSource &m_credentials;
    HttpChatClient::Limits m_limits;
    WakingClock m_clock;
    Provider m_provider;
    AccountKey m_account;
    ChatRequest m_request;
    std::unique_ptr<StreamDecoder> m_decoder; // of this exchange
    std::unique_ptr<StreamExchange> m_exchange;
    Credential m_credential; // what the request was signed with
    StreamMessages m_held;
    bool m_hasAnswer = false;
    std::optional<Done> m_done;
    std::optional<StreamFault> m_fault;
    QTimer m_pause;
    int m_tries = 0;
    bool m_renewed = false;
    bool m_stopped = false;
    bool m_settled = false;
};

} // namespace Maestro
