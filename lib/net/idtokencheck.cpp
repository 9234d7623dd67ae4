// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/idtokencheck.h"

#include "core/after.h"
#include "net/httpfetch.h"

namespace Maestro {

namespace {

Result<OAuth::KeySet> readKeys(const Result<HttpReply> &reply)
{
    return reply ? OAuth::readKeySet(reply->status, reply->body)
                 : Result<OAuth::KeySet>(reply.error());
}

} // namespace

IdTokenCheck::IdTokenCheck(const OAuth::OAuthProfile &profile, Secret idToken, Secret nonce,
                           QNetworkAccessManager &network, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_idToken(std::move(idToken))
    , m_nonce(std::move(nonce))
    , m_network(network)
{ }

void IdTokenCheck::start()
{
    QMetaObject::invokeMethod(this, &IdTokenCheck::askForKeys, Qt::QueuedConnection);
}

void IdTokenCheck::askForKeys()
{
    const HttpRequest request{.method = "GET",
                              .url = m_profile.keysUrl,
                              .headers
                              = {{"Accept", "application/json"}, {"Accept-Encoding", "identity"}},
                              .body = {}};
    after(this, fetch(m_network, request, {}, OAuth::LongestKeySet),
          [this](const Result<HttpReply> &reply) { onKeys(readKeys(reply)); });
}

void IdTokenCheck::onKeys(const Result<OAuth::KeySet> &keys)
{
    if (!keys) {
        Q_EMIT finished(Unchecked{keys.error()});
        return;
    }
    // Where keys change, the caches between the issuer and us may be a moment behind it.
    if (!m_askedAgain && !OAuth::hasKeyOf(m_idToken, *keys)) {
        m_askedAgain = true;
        askForKeys();
        return;
    }
    const auto claims = OAuth::verifyIdToken(m_idToken, *keys,
                                             {.issuer = m_profile.issuer,
                                              .clientId = m_profile.clientId,
                                              .nonce = m_nonce,
                                              .now = QDateTime::currentDateTimeUtc()});
    Q_EMIT finished(claims ? Outcome(*claims) : Outcome(Rejected{claims.error()}));
}

} // namespace Maestro
