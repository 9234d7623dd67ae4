// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpchatclient.h"

#include "core/after.h"
#include "net/httpchatstream.h"
#include "net/modellist.h"

#include <QNetworkAccessManager>

namespace Maestro {

namespace {

QFuture<Result<QStringList>> ready(Result<QStringList> models)
{
    return QtFuture::makeReadyFuture(std::move(models));
}

} // namespace

HttpChatClient::HttpChatClient(QNetworkAccessManager &network, CredentialSource &credentials,
                               Limits limits, const WakingClock &clock)
    : m_network(network)
    , m_credentials(credentials)
    , m_limits(limits)
    , m_clock(clock)
{ }

HttpChatClient::HttpChatClient(QNetworkAccessManager &network, CredentialSource &credentials)
    : HttpChatClient(network, credentials, Limits())
{ }

std::unique_ptr<ChatStream> HttpChatClient::ask(const Provider &provider, const AccountKey &account,
                                                const ChatRequest &request)
{
    return std::make_unique<HttpChatStream>(m_network, m_credentials, m_limits, m_clock, provider,
                                            account, request);
}

QFuture<Result<QStringList>> HttpChatClient::listModels(const Provider &provider,
                                                        const AccountKey &account)
{
    return after(&m_network, m_credentials.credentialFor(account),
                 [this, provider, account](const Result<Credential> &credential) {
                     return credential ? listModels(provider, account, *credential)
                                       : ready(credential.error());
                 })
        .unwrap();
}

QFuture<Result<QStringList>> HttpChatClient::listModels(const Provider &provider,
                                                        const AccountKey &account,
                                                        const Credential &credential)
{
    auto models = fetchModels(m_network, provider, credential, m_limits.modelList);
    if (credential.type != Credential::Type::OAuthToken) { // there is no other
        return models;
    }
    return after(&m_network, models,
                 [this, provider, account, credential](const Result<QStringList> &first) {
                     const bool isRejected
                         = !first && first.error().kind == Error::Kind::AuthenticationRequired;
                     return isRejected ? listModelsAgain(provider, account, credential)
                                       : ready(first);
                 })
        .unwrap();
}

QFuture<Result<QStringList>> HttpChatClient::listModelsAgain(const Provider &provider,
                                                             const AccountKey &account,
                                                             const Credential &rejected)
{
    return after(&m_network, m_credentials.renewedFor(account, rejected),
                 [this, provider](const Result<Credential> &renewed) {
                     return renewed ? fetchModels(m_network, provider, *renewed, m_limits.modelList)
                                    : ready(renewed.error());
                 })
        .unwrap();
}

} // namespace Maestro
