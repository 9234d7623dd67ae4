// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/oauthprofile.h"
#include "auth/refresh.h"
#include "core/credentialstore.h"
#include "net/idtokencheck.h"
#include "net/tokenendpoint.h"

#include <QElapsedTimer>
#include <QLockFile>
#include <QObject>

#include <memory>
#include <optional>

namespace Maestro {

//! One renewal of one account's tokens. Make, connect, start(); then `finished` exactly once, never
//! before start() returns. It holds the lock file, reads the store again, asks the server once, and
//! is finished when the new tokens are durable in the store. Dropping it ends it silently.
//!
//! Where id_tokens are signed, a new one is checked after the new tokens are kept, since the old
//! ones are spent by then: one that is not to be believed, or is another person's, ends the
//! sign-in; one that cannot be checked now is left alone, and the one before it stays.
class TokenRefresh final : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        TokenEndpoint::Limits endpoint = {.time = std::chrono::minutes(1)};
        //! How long another process may hold the lock file, and how often to look.
        std::chrono::milliseconds lockWait = std::chrono::minutes(2);
        std::chrono::milliseconds lockRetry = std::chrono::milliseconds(50);
    };

    //! Tokens that the server gave and the store did not take. The old ones are spent, so these
    //! are to be kept until it does.
    struct Unsaved
    {
        Secret spent; //!< the refresh token they were had for
        AccountSecrets secrets;
    };

    struct Renewed
    {
        AccountSecrets secrets;
        //! How long the access token lasts from now on, if the server has just given it and said
        //! so.
        std::optional<std::chrono::seconds> lifetime = {};
    };

    struct Wish
    {
        OAuth::OAuthProfile profile;
        AccountKey account;
        //! The access token that is no good any more. If the store has another one by then, that is
        //! the result and the server is not asked.
        Secret stale;
        std::optional<Unsaved> unsaved = {};
        //! Empty if no other process uses the store.
        QString lockFile = {};
    };

    //! The references must outlive it.
    TokenRefresh(Wish wish, CredentialStore &store, QNetworkAccessManager &network, Limits limits,
                 std::function<QDateTime()> wall, QObject *parent = nullptr);
    ~TokenRefresh() override;

    void start();

    //! Both are for after `finished`.
    const std::variant<OAuth::RefreshFailure, Renewed> &outcome() const { return m_outcome; }
    const std::optional<Unsaved> &unsaved() const { return m_unsaved; }
    //! The refresh token that was asked with; empty if none was.
    const Secret &spent() const { return m_spent; }

Q_SIGNALS:
    void finished();

private:
    void takeLock();
    void onRead(const Result<AccountSecrets> &secrets);
    void onReply(const Result<HttpReply> &reply);
    void keep();
    void onReadBeforeKeeping(const Result<AccountSecrets> &secrets);
    void onKept(const std::optional<Error> &error);
    void checkIdToken();
    void onIdTokenChecked(const IdTokenCheck::Outcome &outcome);
    void keepIdToken();
    void endSignIn(const Error &error);
    void fail(OAuth::RefreshFailure::Lasts lasts, const Error &error);
    void finish(const std::variant<OAuth::RefreshFailure, Renewed> &outcome);

    Wish m_wish;
    CredentialStore &m_store;
    Limits m_limits;
    std::function<QDateTime()> m_wall;
    std::optional<QLockFile> m_lock;
    TokenEndpoint m_endpoint;
    QElapsedTimer m_waited;
    AccountSecrets m_old;
    Secret m_spent;
    Renewed m_renewed;
    //! Came with the new tokens, and takes the place of the old one when it has been checked.
    Secret m_uncheckedIdToken;
    std::unique_ptr<IdTokenCheck> m_idTokenCheck;
    std::optional<Unsaved> m_unsaved;
    std::variant<OAuth::RefreshFailure, Renewed> m_outcome;
};

} // namespace Maestro
