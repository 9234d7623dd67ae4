// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialsource.h"
#include "core/credentialstore.h"
#include "net/tokenrefresh.h"
#include "net/wakingclock.h"

#include <QPromise>
#include <QTimer>

#include <functional>
#include <memory>
#include <unordered_map>

namespace Maestro {

//! Hands out credentials that are valid now. Access tokens are renewed five minutes before they
//! expire and after the server rejected one; once for all who ask meanwhile, under a lock file
//! against other processes, and nobody gets a token that is not in the store yet.
//!
//! When a token is due is a matter of the monotonic clock and of what the store says; as the wall
//! clock may be wrong, a token that cannot be renewed is handed out as it is, and the server is the
//! judge of it.
class TokenKeeper final : public QObject, public CredentialSource
{
    Q_OBJECT

public:
    struct Limits
    {
        TokenRefresh::Limits refresh = {};
        //! How often to look whether a token is due; the computer may have slept meanwhile.
        std::chrono::milliseconds look = std::chrono::seconds(30);
        //! After a failure that will pass: twice as long each time, give or take a half.
        std::chrono::milliseconds shortestPause = std::chrono::seconds(5);
        std::chrono::milliseconds longestPause = std::chrono::minutes(10);
        //! So soon after a failure not even somebody who is waiting makes us try again.
        std::chrono::milliseconds patience = std::chrono::seconds(2);
    };
    //! How this account signed in; an error if it cannot be known.
    using FindProfile = std::function<Result<OAuth::OAuthProfile>(const AccountKey &account)>;

    //! The references must outlive it. `lockDirectory` is shared by the processes that share the
    //! store; empty if none do.
    TokenKeeper(CredentialStore &store, QNetworkAccessManager &network, FindProfile findProfile,
                QString lockDirectory, WakingClock clock, Limits limits, QObject *parent = nullptr);
    TokenKeeper(CredentialStore &store, QNetworkAccessManager &network, FindProfile findProfile,
                QString lockDirectory, QObject *parent = nullptr);
    ~TokenKeeper() override;

    QFuture<Result<Credential>> credentialFor(const AccountKey &key) override;
    QFuture<Result<Credential>> renewedFor(const AccountKey &key,
                                           const Credential &rejected) override;

private:
    //! Somebody who waits for a renewal, with what he gets if there is none.
    struct Waiter
    {
        std::shared_ptr<QPromise<Result<Credential>>> promise;
        std::optional<Credential> otherwise;
        std::optional<Credential> rejected;
    };
    //! Tokens that can never be renewed any more, with why.
    struct Ended
    {
        Secret refreshToken;
        Error error;
    };
    struct Pause
    {
        int failures = 0;
        std::chrono::milliseconds since{};
        std::chrono::milliseconds until{};
        Error error;
    };
    //! What is known of an account that was asked for.
    struct Token
    {
        Secret access;
        std::optional<std::chrono::milliseconds> renewAt; // on m_clock
        std::optional<Ended> ended;
        std::optional<Pause> pause;
        std::optional<TokenRefresh::Unsaved> unsaved;
        std::unique_ptr<TokenRefresh> refresh;
        QList<Waiter> waiters;
    };
    struct Hash
    {
        size_t operator()(const AccountKey &key) const { return qHash(key); }
    };

    QFuture<Result<Credential>> handOut(const AccountKey &key, const AccountSecrets &secrets);
    QFuture<Result<Credential>> handOutAnother(const AccountKey &key, const AccountSecrets &secrets,
                                               const Credential &rejected);
    QFuture<Result<Credential>> waitForRenewal(const AccountKey &key, const AccountSecrets &secrets,
                                               Waiter waiter);
    Token &note(const AccountKey &key, const AccountSecrets &secrets);
    bool isDue(const Token &token);
    //! Why the server is not asked now; nothing if it may be.
    std::optional<Error> findObstacle(const Token &token, const AccountSecrets &secrets);
    std::optional<Error> startRefresh(const AccountKey &key, const AccountSecrets &secrets);
    void onRefreshed(const AccountKey &key);
    void onFailure(Token &token, const Secret &spent, const OAuth::RefreshFailure &failure);
    void lookForDue();
    QString lockFileOf(const AccountKey &key) const;

    CredentialStore &m_store;
    QNetworkAccessManager &m_network;
    FindProfile m_findProfile;
    QString m_lockDirectory;
    WakingClock m_clock;
    Limits m_limits;
    QTimer m_timer;
    std::unordered_map<AccountKey, Token, Hash> m_tokens;
};

} // namespace Maestro
