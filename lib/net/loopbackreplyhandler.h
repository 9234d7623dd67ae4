// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/callback.h"
#include "auth/tokenreply.h"
#include "net/callbackpage.h"
#include "net/loopbackserver.h"

#include <QOAuthHttpServerReplyHandler>
#include <QPointer>

#include <chrono>

namespace Maestro {

//! Catches the redirect of one sign-in attempt. Qt's own handler listens on every interface, takes
//! any method, host and path prefix, loses requests that come in pieces and knows no limit; so its
//! listener is closed at once, and ours takes its place under the rules of RFC 8252 and RFC 9700:
//! - Only GET with the exact path and Host; state before everything else. What is not the redirect
//! of
//!   this attempt gets a constant page, and the attempt goes on as if nothing had come.
//! - The attempt settles once. The browser is then sent to an address without code and state, where
//!   it waits for conclude() and is told how the sign-in really ended.
class LoopbackReplyHandler final : public QOAuthHttpServerReplyHandler
{
    Q_OBJECT

public:
    struct Limits
    {
        LoopbackServer::Limits server = {};
        //! How long the browser waits for the outcome before it is told to look at Maestro.
        std::chrono::milliseconds outcome = std::chrono::seconds(20);
        //! How long the listener stays for a browser that did not ask for the outcome yet.
        std::chrono::milliseconds closing = std::chrono::seconds(1);
    };
    enum class Outcome { SignedIn, SignedInWithoutKey, Denied, Failed };

    //! The profile's redirect must be a loopback one.
    LoopbackReplyHandler(const OAuth::OAuthProfile &profile, const Secret &state, Limits limits,
                         QObject *parent = nullptr);
    ~LoopbackReplyHandler() override;

    //! Before the browser is opened. Tries the profile's ports in order.
    [[nodiscard]] std::optional<Error> start();
    bool isListening() const { return m_server.isListening(); }
    quint16 port() const { return m_server.port(); }
    QString addresses() const { return m_server.addresses(); }

    //! The profile's redirect, with the port that is listened on.
    QString callback() const override;

    //! Takes a pasted address like a caught one. An error says what is wrong with it; the attempt
    //! goes on.
    [[nodiscard]] std::optional<Error> submit(const QString &address);

    //! Tells the waiting browser how it ended, and closes; closed() follows within Limits::closing.
    void conclude(Outcome outcome);
    //! Closes at once, without a word to anybody.
    void close();

    void networkReplyFinished(QNetworkReply *reply) override;

Q_SIGNALS:
    //! Once: a code, or a refusal. For a code, callbackReceived follows.
    void settled(const Maestro::OAuth::Callback &callback);
    //! The token endpoint answered the flow; tokensReceived follows if there are tokens.
    void exchanged(const Maestro::Result<Maestro::OAuth::Tokens> &tokens);
    void closed();

private:
    //! Where the browser is, as far as telling it the outcome goes.
    enum class Browser { NotSeen, SentToOutcome, Told };

    void onRequested(LoopbackConnection *connection, const HttpRequestReader::Request &request);
    void onCallback(LoopbackConnection *connection, const HttpRequestReader::Request &request,
                    QByteArrayView query);
    void onOutcomeAsked(LoopbackConnection *connection);
    void onOutcomeOverdue();
    void settle(const OAuth::Callback &callback);
    void tell(CallbackPage page);

    OAuth::OAuthProfile m_profile;
    QByteArray m_path;
    Secret m_state;
    Limits m_limits;
    LoopbackServer m_server;
    bool m_isSettled = false;
    Browser m_browser = Browser::NotSeen;
    std::optional<Outcome> m_outcome;
    QList<QPointer<LoopbackConnection>> m_waiting;
    QTimer m_overdue;
    QTimer m_closing;
};

} // namespace Maestro
