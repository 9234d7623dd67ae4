// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/apikeysignin.h"

#include "core/after.h"
#include "net/modellist.h"

#include <QPointer>

#include <algorithm>

namespace Maestro {

namespace {

//! Keys are some dozens to some hundreds of characters; a pasted file is not one.
constexpr qsizetype LongestKey = 4096;
constexpr qint64 ModelListLimit = 8 * 1024 * 1024;

//! A header value with anything else would be refused, or split the request.
bool isPrintableAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

} // namespace

ApiKeySignIn::ApiKeySignIn(const Provider &provider, Secret apiKey, CredentialStore &credentials,
                           QNetworkAccessManager &network, QObject *parent)
    : SignIn(parent)
    , m_provider(provider)
    , m_apiKey(std::move(apiKey))
    , m_credentials(credentials)
    , m_network(network)
{ }

void ApiKeySignIn::start()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            const QByteArray &key = m_apiKey.reveal();
            if (key.isEmpty() || key.size() > LongestKey || !isPrintableAscii(key)) {
                Q_EMIT finished(Error{Error::Kind::InvalidRequest, tr("That is not an API key."),
                                      tr("Copy the key again, whole and without spaces.")});
                return;
            }
            after(this,
                  fetchModels(m_network, m_provider, {Credential::Type::ApiKey, m_apiKey},
                              ModelListLimit),
                  [this](const Result<QStringList> &models) { onModels(models); });
        },
        Qt::QueuedConnection);
}

std::optional<Error> ApiKeySignIn::submitAddress(const QString &)
{
    return Error{Error::Kind::Unsupported, tr("A sign-in with an API key needs no address.")};
}

void ApiKeySignIn::onModels(const Result<QStringList> &models)
{
    if (!models) {
        Q_EMIT finished(models.error());
        return;
    }
    const Account account{.key = {m_provider.id, AccountKey::Type::ApiKey}};
    const QString detail = tr("%n model(s)", nullptr, static_cast<int>(models->size()));
    after(this,
          m_credentials.save(account, {.signsWith = Credential::Type::ApiKey, .apiKey = m_apiKey}),
          [this, account, detail](const std::optional<Error> &error) {
              onKept(account, detail, error);
          });
}

void ApiKeySignIn::onKept(const Account &account, const QString &detail,
                          const std::optional<Error> &error)
{
    if (error) {
        Q_EMIT finished(describeUnkept(*error));
        return;
    }
    const QPointer<ApiKeySignIn> guard(this);
    Q_EMIT stageReached(SignInStage::ApiKey, detail);
    if (guard) {
        Q_EMIT finished(SignedIn{account});
    }
}

} // namespace Maestro
