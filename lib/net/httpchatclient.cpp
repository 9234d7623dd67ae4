// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpchatclient.h"

#include "net/httpchatstream.h"
#include "net/modellist.h"

#include <QNetworkAccessManager>

namespace Maestro {

HttpChatClient::HttpChatClient(QNetworkAccessManager &network, CredentialSource &credentials,
                               Limits limits)
    : m_network(network)
    , m_credentials(credentials)
    , m_limits(limits)
{ }

HttpChatClient::HttpChatClient(QNetworkAccessManager &network, CredentialSource &credentials)
    : HttpChatClient(network, credentials, Limits())
{ }

std::unique_ptr<ChatStream> HttpChatClient::ask(const Provider &provider, const AccountKey &account,
                                                const ChatRequest &request)
{
    return std::make_unique<HttpChatStream>(m_network, m_credentials, m_limits, provider, account,
                                            request);
}

QFuture<Result<QStringList>> HttpChatClient::listModels(const Provider &provider,
                                                        const AccountKey &account)
{
    return m_credentials.credentialFor(account)
        .then(&m_network,
              [this, provider](const Result<Credential> &credential) {
                  return credential
                      ? fetchModels(m_network, provider, *credential, m_limits.modelList)
                      : QtFuture::makeReadyFuture(Result<QStringList>(credential.error()));
              })
        .unwrap();
}

} // namespace Maestro
