// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/tokenrefresh.h"

#include "auth/tokenrequest.h"
#include "core/after.h"

#include <QNetworkReply>
#include <QTimer>

#include <algorithm>

namespace Maestro {

namespace {

using Lasts = OAuth::RefreshFailure::Lasts;

std::optional<Account> findAccount(const CredentialStore &store, const AccountKey &key)
{
    const QList<Account> accounts = store.accounts();
    const auto found = std::find_if(accounts.begin(), accounts.end(),
                                    [&key](const Account &account) { return account.key == key; });
    return found == accounts.end() ? std::nullopt : std::optional(*found);
}

} // namespace

TokenRefresh::TokenRefresh(Wish wish, CredentialStore &store, QNetworkAccessManager &network,
                           Limits limits, std::function<QDateTime()> wall, QObject *parent)
    : QObject(parent)
    , m_wish(std::move(wish))
    , m_store(store)
    , m_limits(limits)
    , m_wall(std::move(wall))
    , m_endpoint(network, limits.endpoint)
{
    if (!m_wish.lockFile.isEmpty()) {
        m_lock.emplace(m_wish.lockFile);
        m_lock->setStaleLockTime(0); // only a process that is gone has lost its lock
    }
}

TokenRefresh::~TokenRefresh() = default;

void TokenRefresh::start()
{
    m_waited.start();
    QMetaObject::invokeMethod(this, &TokenRefresh::takeLock, Qt::QueuedConnection);
}

void TokenRefresh::takeLock()
{
    if (!m_lock || m_lock->tryLock(0)) {
        // What another process renewed meanwhile is in the store, and nobody changes it now.
        after(this, m_store.secretsOf(m_wish.account),
              [this](const Result<AccountSecrets> &secrets) { onRead(secrets); });
    } else if (m_lock->error() != QLockFile::LockFailedError) {
        fail(Lasts::ForNow,
             {Error::Kind::Configuration,
              tr("The sign-in cannot be renewed: its lock file cannot be written."),
              tr("Check that Maestro's data directory can be written, and the disk is not full.")});
    } else if (m_waited.hasExpired(m_limits.lockWait.count())) {
        fail(Lasts::ForNow,
             {Error::Kind::Timeout,
              tr("Another copy of Maestro has been renewing this sign-in for too long."),
              tr("End the other copy, then try again.")});
    } else {
        QTimer::singleShot(m_limits.lockRetry, this, &TokenRefresh::takeLock);
    }
}

void TokenRefresh::onRead(const Result<AccountSecrets> &secrets)
{
    if (!secrets) {
        fail(Lasts::ForNow, secrets.error());
        return;
    }
    m_old = *secrets;
    if (!m_old.accessToken.isEmpty() && !(m_old.accessToken == m_wish.stale)) {
        finish(Renewed{m_old});
        return;
    }
    m_spent = m_old.refreshToken;
    if (m_spent.isEmpty()) {
        fail(Lasts::UntilSignIn, OAuth::describeUnrenewable());
        return;
    }
    if (m_wish.unsaved && m_wish.unsaved->spent == m_spent) {
        m_renewed.secrets = m_wish.unsaved->secrets;
        keep();
        return;
    }
    QNetworkReply *reply = m_endpoint.post(OAuth::makeRefresh(m_wish.profile, m_spent));
    connect(
        reply, &QNetworkReply::finished, this,
        [this, reply] { onReply(TokenEndpoint::take(*reply)); }, Qt::QueuedConnection);
}

void TokenRefresh::onReply(const Result<HttpReply> &reply)
{
    if (!reply) {
        fail(Lasts::ForNow, reply.error());
        return;
    }
    const OAuth::RefreshOutcome outcome = OAuth::readRefresh(reply->status, reply->body);
    if (const auto *failure = std::get_if<OAuth::RefreshFailure>(&outcome)) {
        finish(*failure);
        return;
    }
    OAuth::Tokens tokens = std::get<OAuth::Tokens>(outcome);
    if (m_wish.profile.idTokenProof == OAuth::OAuthProfile::IdTokenProof::Signature) {
        m_uncheckedIdToken = std::exchange(tokens.idToken, {});
    } else if (const auto foreigner = OAuth::findForeigner(m_wish.account, tokens)) {
        fail(Lasts::UntilSignIn, *foreigner);
        return;
    }
    m_renewed = {OAuth::merged(m_old, tokens, m_wall()), tokens.expiresIn};
    keep();
}

void TokenRefresh::keep()
{
    // A sign-in or a sign-out meanwhile takes no lock, and is newer than what we have.
    after(this, m_store.secretsOf(m_wish.account),
          [this](const Result<AccountSecrets> &secrets) { onReadBeforeKeeping(secrets); });
}

void TokenRefresh::onReadBeforeKeeping(const Result<AccountSecrets> &secrets)
{
    const auto account = findAccount(m_store, m_wish.account);
    if (!account) {
        fail(Lasts::ForNow, missingCredential());
    } else if (secrets && !(secrets->refreshToken == m_spent)) {
        finish(Renewed{*secrets});
    } else {
        after(this, m_store.save(*account, m_renewed.secrets),
              [this](const std::optional<Error> &error) { onKept(error); });
    }
}

void TokenRefresh::onKept(const std::optional<Error> &error)
{
    if (!error) {
        checkIdToken();
        return;
    }
    m_unsaved = Unsaved{m_spent, m_renewed.secrets};
    fail(Lasts::ForNow,
         {error->kind, tr("Your sign-in was renewed, but it could not be kept."), error->advice,
          error->detail.isEmpty() ? error->message
                                  : QString(error->message + u' ' + error->detail)});
}

void TokenRefresh::checkIdToken()
{
    if (m_uncheckedIdToken.isEmpty()) {
        finish(m_renewed);
        return;
    }
    m_idTokenCheck = std::make_unique<IdTokenCheck>(m_wish.profile, m_uncheckedIdToken, Secret(),
                                                    m_endpoint.network());
    connect(m_idTokenCheck.get(), &IdTokenCheck::finished, this, &TokenRefresh::onIdTokenChecked,
            Qt::QueuedConnection);
    m_idTokenCheck->start();
}

void TokenRefresh::onIdTokenChecked(const IdTokenCheck::Outcome &outcome)
{
    if (const auto *rejected = std::get_if<IdTokenCheck::Rejected>(&outcome)) {
        endSignIn(OAuth::describeEndedSignIn(rejected->error.message, rejected->error.detail));
    } else if (std::holds_alternative<IdTokenCheck::Unchecked>(outcome)) {
        finish(m_renewed);
    } else if (const auto foreigner = OAuth::findForeigner(
                   m_wish.account, {.accessToken = {}, .idToken = m_uncheckedIdToken})) {
        endSignIn(*foreigner);
    } else {
        keepIdToken();
    }
}

void TokenRefresh::keepIdToken()
{
    const auto account = findAccount(m_store, m_wish.account);
    if (!account) {
        fail(Lasts::ForNow, missingCredential());
        return;
    }
    m_renewed.secrets.idToken = m_uncheckedIdToken;
    // Whether or not it is kept, the tokens are, and those are what requests are signed with.
    after(this, m_store.save(*account, m_renewed.secrets),
          [this](const std::optional<Error> &) { finish(m_renewed); });
}

void TokenRefresh::endSignIn(const Error &error)
{
    const auto account = findAccount(m_store, m_wish.account);
    if (!account) {
        fail(Lasts::UntilSignIn, error);
        return;
    }
    // The account stays in the list, so that the person finds it and signs in again; nothing is
    // signed with what came.
    after(this, m_store.save(*account, {.signsWith = m_old.signsWith}),
          [this, error](const std::optional<Error> &) { fail(Lasts::UntilSignIn, error); });
}

void TokenRefresh::fail(Lasts lasts, const Error &error)
{
    finish(OAuth::RefreshFailure{lasts, error});
}

void TokenRefresh::finish(const std::variant<OAuth::RefreshFailure, Renewed> &outcome)
{
    m_outcome = outcome;
    if (m_lock) {
        m_lock->unlock();
    }
    Q_EMIT finished();
}

} // namespace Maestro
