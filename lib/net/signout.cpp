// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/signout.h"

#include "auth/authorizationerror.h"
#include "auth/tokenreply.h"
#include "core/after.h"

#include <QNetworkReply>
#include <QTimer>

using namespace std::chrono_literals;

namespace Maestro {

namespace {

//! A server that just restarted is back by then, and the person still waits.
constexpr auto BeforeSecondTry = 500ms;

} // namespace

SignOut::SignOut(Wish wish, CredentialStore &store, QNetworkAccessManager &network,
                 TokenEndpoint::Limits limits, QObject *parent)
    : QObject(parent)
    , m_wish(std::move(wish))
    , m_store(store)
    , m_endpoint(network, limits)
{ }

SignOut::~SignOut() = default;

void SignOut::start()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            after(this, m_store.secretsOf(m_wish.account),
                  [this](const Result<AccountSecrets> &secrets) { onRead(secrets); });
        },
        Qt::QueuedConnection);
}

void SignOut::onRead(const Result<AccountSecrets> &secrets)
{
    // Secrets that cannot be read can be forgotten all the same.
    m_secrets = secrets ? *secrets : AccountSecrets();
    m_signedOut.leavesKey
        = m_wish.account.type == AccountKey::Type::OAuth && !m_secrets.apiKey.isEmpty();
    after(this, m_store.remove(m_wish.account),
          [this](const std::optional<Error> &error) { onRemoved(error); });
}

void SignOut::onRemoved(const std::optional<Error> &error)
{
    if (error) {
        Q_EMIT finished(*error);
    } else if (m_wish.reach == Reach::ThisComputer) {
        Q_EMIT finished(m_signedOut);
    } else {
        revoke();
    }
}

void SignOut::revoke()
{
    const auto request = m_wish.profile ? OAuth::makeRevocation(*m_wish.profile, m_secrets)
                                        : std::optional<OAuth::TokenRequest>();
    if (!request) {
        doubt({Error::Kind::Unsupported, tr("There is nothing that the provider could be told."),
               tr("If it lists your sign-ins, end this one there.")});
        return;
    }
    QNetworkReply *reply = m_endpoint.post(*request);
    connect(
        reply, &QNetworkReply::finished, this,
        [this, reply] { onReply(TokenEndpoint::take(*reply)); }, Qt::QueuedConnection);
}

void SignOut::onReply(const Result<HttpReply> &reply)
{
    const bool mayPass = reply ? reply->status >= 500 : reply.error().kind == Error::Kind::Network;
    if (mayPass && !m_triedAgain) { // to revoke twice does no harm (RFC 7009 §2.2)
        m_triedAgain = true;
        QTimer::singleShot(BeforeSecondTry, this, &SignOut::revoke);
        return;
    }
    if (!reply) {
        doubt(reply.error());
    } else if (reply->status != 200) { // RFC 7009 §2.2: 200 is the one answer that confirms
        doubt(OAuth::describeTokenError(reply->status, OAuth::readErrorWords(reply->body)));
    } else {
        m_signedOut.revocation = SignedOut::Revocation::Confirmed;
        Q_EMIT finished(m_signedOut);
    }
}

void SignOut::doubt(const Error &error)
{
    m_signedOut.revocation = SignedOut::Revocation::NotConfirmed;
    m_signedOut.doubt = error;
    Q_EMIT finished(m_signedOut);
}

} // namespace Maestro
