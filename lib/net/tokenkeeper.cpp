// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/tokenkeeper.h"

#include "auth/idtoken.h"
#include "core/after.h"

#include <QCryptographicHash>
#include <QDir>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro {

namespace {

using Lasts = OAuth::RefreshFailure::Lasts;

//! So long before it expires a token is renewed: more than a long request takes to be sent.
constexpr std::chrono::milliseconds Margin = 5min;

QFuture<Result<Credential>> ready(Result<Credential> result)
{
    return QtFuture::makeReadyFuture(std::move(result));
}

bool signsWithToken(const AccountSecrets &secrets)
{
    return secrets.signsWith == Credential::Type::OAuthToken;
}

//! `pause`, give or take a half: processes that failed together shall not come back together.
std::chrono::milliseconds jittered(std::chrono::milliseconds pause)
{
    const double factor = 0.5 + QRandomGenerator::global()->generateDouble();
    return std::chrono::duration_cast<std::chrono::milliseconds>(pause * factor);
}

} // namespace

TokenKeeper::TokenKeeper(CredentialStore &store, QNetworkAccessManager &network,
                         FindProfile findProfile, QString lockDirectory, WakingClock clock,
                         Limits limits, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_network(network)
    , m_findProfile(std::move(findProfile))
    , m_lockDirectory(std::move(lockDirectory))
    , m_clock(std::move(clock))
    , m_limits(limits)
{
    m_timer.setTimerType(Qt::CoarseTimer);
    m_timer.setInterval(m_limits.look);
    connect(&m_timer, &QTimer::timeout, this, &TokenKeeper::lookForDue);
    m_timer.start();
}

TokenKeeper::TokenKeeper(CredentialStore &store, QNetworkAccessManager &network,
                         FindProfile findProfile, QString lockDirectory, QObject *parent)
    : TokenKeeper(store, network, std::move(findProfile), std::move(lockDirectory), WakingClock(),
                  Limits(), parent)
{ }

TokenKeeper::~TokenKeeper() = default;

QFuture<Result<Credential>> TokenKeeper::credentialFor(const AccountKey &key)
{
    return after(this, m_store.secretsOf(key),
                 [this, key](const Result<AccountSecrets> &secrets) {
                     return secrets ? handOut(key, *secrets) : ready(secrets.error());
                 })
        .unwrap();
}

QFuture<Result<Credential>> TokenKeeper::renewedFor(const AccountKey &key,
                                                    const Credential &rejected)
{
    return after(this, m_store.secretsOf(key),
                 [this, key, rejected](const Result<AccountSecrets> &secrets) {
                     return secrets ? handOutAnother(key, *secrets, rejected)
                                    : ready(secrets.error());
                 })
        .unwrap();
}

QFuture<Result<Credential>> TokenKeeper::handOut(const AccountKey &key,
                                                 const AccountSecrets &secrets)
{
    const auto credential = credentialOf(secrets);
    if (!signsWithToken(secrets)) {
        return ready(credential ? Result<Credential>(*credential) : missingCredential());
    }
    if (credential && !isDue(note(key, secrets))) {
        return ready(*credential);
    }
    return waitForRenewal(key, secrets, {.promise = {}, .otherwise = credential, .rejected = {}});
}

QFuture<Result<Credential>> TokenKeeper::handOutAnother(const AccountKey &key,
                                                        const AccountSecrets &secrets,
                                                        const Credential &rejected)
{
    const auto credential = credentialOf(secrets);
    if (credential && !(*credential == rejected)) { // renewed by another process, or signed in anew
        return ready(*credential);
    }
    if (!signsWithToken(secrets)) {
        return ready(Error{Error::Kind::AuthenticationRequired,
                           tr("The provider no longer accepts the key of this account."),
                           tr("Sign in again, or add another API key.")});
    }
    return waitForRenewal(key, secrets, {.promise = {}, .otherwise = {}, .rejected = rejected});
}

QFuture<Result<Credential>>
TokenKeeper::waitForRenewal(const AccountKey &key, const AccountSecrets &secrets, Waiter waiter)
{
    if (const auto error = startRefresh(key, secrets)) {
        return ready(waiter.otherwise ? Result<Credential>(*waiter.otherwise) : *error);
    }
    waiter.promise = std::make_shared<QPromise<Result<Credential>>>();
    waiter.promise->start();
    auto future = waiter.promise->future();
    m_tokens[key].waiters.append(std::move(waiter));
    return future;
}

TokenKeeper::Token &TokenKeeper::note(const AccountKey &key, const AccountSecrets &secrets)
{
    Token &token = m_tokens[key];
    if (token.access == secrets.accessToken && !token.access.isEmpty()) {
        return token;
    }
    token.access = secrets.accessToken;
    const auto expiresAt = secrets.accessTokenExpiresAt ? secrets.accessTokenExpiresAt
                                                        : OAuth::expiryOf(secrets.accessToken);
    token.renewAt.reset();
    token.ended.reset();
    token.pause.reset();
    if (expiresAt) {
        const std::chrono::milliseconds left(m_clock.wall().msecsTo(*expiresAt));
        token.renewAt = m_clock.now() + left - Margin;
    }
    return token;
}

bool TokenKeeper::isDue(const Token &token)
{
    return token.renewAt && m_clock.now() >= *token.renewAt;
}

std::optional<Error> TokenKeeper::findObstacle(const Token &token, const AccountSecrets &secrets)
{
    if (secrets.refreshToken.isEmpty()) {
        return OAuth::describeUnrenewable();
    }
    if (token.ended && token.ended->refreshToken == secrets.refreshToken) {
        return token.ended->error;
    }
    if (token.pause
        && m_clock.now() < std::min(token.pause->until, token.pause->since + m_limits.patience)) {
        return token.pause->error;
    }
    return std::nullopt;
}

std::optional<Error> TokenKeeper::startRefresh(const AccountKey &key, const AccountSecrets &secrets)
{
    Token &token = note(key, secrets);
    if (token.refresh) {
        return std::nullopt;
    }
    if (const auto obstacle = findObstacle(token, secrets)) {
        return obstacle;
    }
    const auto profile = m_findProfile(key);
    if (!profile) {
        return profile.error();
    }
    token.refresh = std::make_unique<TokenRefresh>(
        TokenRefresh::Wish{*profile, key, secrets.accessToken, token.unsaved, lockFileOf(key)},
        m_store, m_network, m_limits.refresh, [this] { return m_clock.wall(); });
    connect(token.refresh.get(), &TokenRefresh::finished, this, [this, key] { onRefreshed(key); });
    token.refresh->start();
    return std::nullopt;
}

void TokenKeeper::onRefreshed(const AccountKey &key)
{
    Token &token = m_tokens[key];
    TokenRefresh &refresh = *token.refresh.release();
    refresh.deleteLater(); // it is in the middle of telling us
    token.unsaved = refresh.unsaved();
    const QList<Waiter> waiters = std::exchange(token.waiters, {});

    Result<Credential> result;
    if (const auto *failure = std::get_if<OAuth::RefreshFailure>(&refresh.outcome())) {
        onFailure(token, refresh.spent(), *failure);
        result = failure->error;
    } else {
        const auto &renewed = std::get<TokenRefresh::Renewed>(refresh.outcome());
        note(key, renewed.secrets);
        if (renewed.lifetime) {
            const std::chrono::milliseconds lifetime(*renewed.lifetime);
            token.renewAt = m_clock.now() + lifetime - std::min(Margin, lifetime / 2);
        }
        token.ended.reset();
        token.pause.reset();
        const auto credential = credentialOf(renewed.secrets);
        result = credential ? Result<Credential>(*credential) : missingCredential();
    }
    // Whoever is told may do anything, so nothing of ours is touched from here on.
    const Error same{Error::Kind::InvalidResponse,
                     tr("The sign-in server renewed your sign-in without a new token."),
                     tr("Try again. If it stays so, sign in again.")};
    for (const Waiter &waiter : waiters) {
        const bool isRejected = result && waiter.rejected && *result == *waiter.rejected;
        const bool needsOther = !result && waiter.otherwise;
        waiter.promise->addResult(isRejected       ? Result<Credential>(same)
                                      : needsOther ? Result<Credential>(*waiter.otherwise)
                                                   : result);
        waiter.promise->finish();
    }
}

void TokenKeeper::onFailure(Token &token, const Secret &spent, const OAuth::RefreshFailure &failure)
{
    if (failure.lasts == Lasts::UntilSignIn) {
        token.ended = Ended{spent, failure.error};
        return;
    }
    Pause pause = token.pause.value_or(Pause());
    const auto doubled = m_limits.shortestPause * (qint64(1) << std::min(pause.failures, 20));
    ++pause.failures;
    pause.since = m_clock.now();
    pause.until = pause.since
        + jittered(std::min<std::chrono::milliseconds>(doubled, m_limits.longestPause));
    pause.error = failure.error;
    token.pause = pause;
}

void TokenKeeper::lookForDue()
{
    // Only accounts that were asked for: reading another one could make the system ask the person
    // for a password out of nowhere.
    const auto now = m_clock.now();
    QList<AccountKey> due;
    for (const auto &[key, token] : m_tokens) {
        const bool isPausing = token.pause && now < token.pause->until;
        if (isDue(token) && !token.ended && !isPausing && !token.refresh) {
            due.append(key);
        }
    }
    for (const AccountKey &key : std::as_const(due)) {
        after(this, m_store.secretsOf(key), [this, key](const Result<AccountSecrets> &secrets) {
            if (!secrets) {
                m_tokens[key].renewAt.reset(); // signed out; whoever asks next is told
            } else if (signsWithToken(*secrets) && isDue(note(key, *secrets))) {
                std::ignore = startRefresh(key, *secrets);
            }
        });
    }
}

QString TokenKeeper::lockFileOf(const AccountKey &key) const
{
    if (m_lockDirectory.isEmpty()) {
        return {};
    }
    // An account id is no file name, and nobody's business in a directory listing.
    const QByteArray name = (key.provider + u'\n' + key.accountId).toUtf8();
    const QByteArray digest = QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex();
    return QDir(m_lockDirectory)
        .filePath(u"refresh-"_s + QString::fromLatin1(digest.first(16)) + u".lock"_s);
}

} // namespace Maestro
