// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/signinclient.h"

#include "auth/authorizationerror.h"

#include <QCoreApplication>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

SignInClient::Done ready(const std::optional<Error> &error = {})
{
    return QtFuture::makeReadyFuture(error);
}

//! RFC 9562, version 4, by the system's random numbers.
QString makeHostId() { return u"urn:uuid:"_s + QUuid::createUuid().toString(QUuid::WithoutBraces); }

} // namespace

SignInClient::SignInClient(OAuth::OAuthProfile &profile, ClientRegistration &registration)
    : m_profile(profile)
    , m_registration(registration)
{ }

SignInClient::Done SignInClient::prepare()
{
    if (!m_profile.issuedClient) {
        return ready();
    }
    OAuth::IssuedClient &issued = *m_profile.issuedClient;
    if (m_profile.clientId.isEmpty()) {
        const QString pending = m_registration.pendingClientId(m_profile.id);
        m_profile.clientId = pending.isEmpty() ? issued.introduction : pending;
    }
    issued.hostId = m_registration.hostId();
    if (!issued.hostId.isEmpty()) {
        return ready();
    }
    issued.hostId = makeHostId();
    return m_registration.keepHostId(issued.hostId);
}

SignInClient::Done SignInClient::take(const OAuth::AuthorizedCallback &callback)
{
    if (!m_profile.issuedClient) {
        return ready();
    }
    const auto clientId = OAuth::readIssuedClientId(m_profile, callback);
    if (!clientId) {
        forget(); // it is another person's than the one who signed in
        return ready(clientId.error());
    }
    if (*clientId == m_profile.clientId) {
        return ready();
    }
    m_profile.clientId = *clientId;
    return m_registration.keepPendingClientId(m_profile.id, *clientId);
}

SignInClient::Done SignInClient::settle() { return forget(); }

Error SignInClient::describe(const Error &refusal)
{
    if (!m_profile.issuedClient || refusal.kind != Error::Kind::InvalidClient) {
        return refusal;
    }
    const bool isFirst = m_profile.clientId == m_profile.issuedClient->introduction;
    forget();
    return isFirst ? OAuth::describeRefusedRegistration(m_profile.name, refusal.detail)
                   : OAuth::describeLostRegistration(m_profile.name, refusal.detail);
}

bool SignInClient::isPending() const
{
    return m_profile.issuedClient && !m_profile.clientId.isEmpty()
        && m_registration.pendingClientId(m_profile.id) == m_profile.clientId;
}

SignInClient::Done SignInClient::forget()
{
    return isPending() ? m_registration.keepPendingClientId(m_profile.id, {}) : ready();
}

} // namespace Maestro
