// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "boundcredentials.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(BoundCredentials)
};

Error describeOtherServers(const QStringList &bound, const QStringList &asked)
{
    QStringList others = asked;
    others.removeIf([&bound](const QString &server) { return bound.contains(server); });
    return {Error::Kind::Configuration,
            Tr::tr("This sign-in is for %1, but Maestro is set to ask %2.")
                .arg(bound.join(u", "_s), others.join(u", "_s)),
            Tr::tr("It was not sent there. Sign in to that server, or start Maestro without the "
                   "variable that names it.")};
}

} // namespace

BoundCredentials::BoundCredentials(CredentialStore &store, FindServers findServers)
    : m_store(store)
    , m_findServers(std::move(findServers))
{ }

QFuture<Result<AccountSecrets>> BoundCredentials::secretsOf(const AccountKey &key)
{
    const QStringList asked = m_findServers(key);
    return m_store.secretsOf(key).then(
        [asked](const Result<AccountSecrets> &secrets) -> Result<AccountSecrets> {
            const bool mayGo = !secrets || secrets->servers.isEmpty()
                || std::all_of(asked.begin(), asked.end(), [&secrets](const QString &server) {
                       return secrets->servers.contains(server);
                   });
            return mayGo ? secrets : describeOtherServers(secrets->servers, asked);
        });
}

QFuture<std::optional<Error>> BoundCredentials::save(const Account &account,
                                                     const AccountSecrets &secrets)
{
    AccountSecrets bound = secrets;
    bound.servers = m_findServers(account.key);
    return m_store.save(account, bound);
}

} // namespace Maestro
