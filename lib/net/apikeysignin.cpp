// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/apikeysignin.h"

#include "core/after.h"
#include "core/apikey.h"
#include "net/modellist.h"

#include <QPointer>

namespace Maestro {

namespace {

constexpr qint64 ModelListLimit = 8 * 1024 * 1024;

} // namespace

ApiKeySignIn::ApiKeySignIn(Wish wish, CredentialStore &credentials, QNetworkAccessManager &network,
                           QObject *parent)
    : SignIn(parent)
    , m_wish(std::move(wish))
    , m_credentials(credentials)
    , m_network(network)
{ }

void ApiKeySignIn::start()
{
    QMetaObject::invokeMethod(this, &ApiKeySignIn::test, Qt::QueuedConnection);
}

std::optional<Error> ApiKeySignIn::submitAddress(const QString &)
{
    return Error{Error::Kind::Unsupported, tr("A sign-in with an API key needs no address.")};
}

Result<Credential> ApiKeySignIn::readCredential() const
{
    if (m_wish.keyIsOptional && m_wish.apiKey.reveal().trimmed().isEmpty()) {
        return Credential{Credential::Type::None, Secret()};
    }
    const Result<Secret> key = readTypedKey(m_wish.apiKey);
    if (!key) {
        return key.error();
    }
    return Credential{Credential::Type::ApiKey, *key};
}

void ApiKeySignIn::test()
{
    const Result<Credential> credential = readCredential();
    if (!credential) {
        Q_EMIT finished(credential.error());
        return;
    }
    m_credential = *credential;
    after(this, fetchModels(m_network, m_wish.provider, m_credential, ModelListLimit),
          [this](const Result<QStringList> &models) { onModels(models); });
}

void ApiKeySignIn::onModels(const Result<QStringList> &models)
{
    if (models) {
        keep(tr("%n model(s)", nullptr, static_cast<int>(models->size())));
        return;
    }
    Error error = models.error();
    if (error.kind == Error::Kind::AuthenticationRequired) {
        error.advice = m_credential.type == Credential::Type::None
            ? tr("Enter a key of this server.")
            : tr("Copy the key again, or make a new one.");
        if (!m_wish.doubt.isEmpty()) {
            error.advice.prepend(m_wish.doubt + QLatin1Char(' '));
        }
    }
    Q_EMIT finished(error);
}

void ApiKeySignIn::keep(const QString &detail)
{
    const QString id
        = m_wish.accountId.isEmpty() ? accountIdOf(m_credential.secret) : m_wish.accountId;
    const Account account{.key = {m_wish.provider.id, AccountKey::Type::ApiKey, id}};
    after(this,
          m_credentials.save(account,
                             {.signsWith = m_credential.type, .apiKey = m_credential.secret}),
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
