// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/settings.h"

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

const QString Accounts = u"default-accounts/"_s;
const QString DefaultProvider = u"default-provider"_s;
const QString ApiKey = u"api_key"_s;
const QString OAuth = u"oauth"_s;

} // namespace

Settings::Settings(const QString &file)
    : m_settings(file, QSettings::IniFormat)
{ }

std::optional<AccountKey> Settings::defaultAccountOf(const QString &providerId) const
{
    const QStringList words = m_settings.value(Accounts + providerId).toStringList();
    if (words.size() != 2 || (words[0] != ApiKey && words[0] != OAuth)) {
        return std::nullopt; // never chosen, or somebody wrote into the file
    }
    return AccountKey{providerId,
                      words[0] == OAuth ? AccountKey::Type::OAuth : AccountKey::Type::ApiKey,
                      words[1]};
}

std::optional<AccountKey> Settings::defaultAccount() const
{
    return defaultAccountOf(m_settings.value(DefaultProvider).toString());
}

void Settings::setDefaultAccount(const AccountKey &key)
{
    m_settings.setValue(
        Accounts + key.provider,
        QStringList{key.type == AccountKey::Type::OAuth ? OAuth : ApiKey, key.accountId});
    m_settings.setValue(DefaultProvider, key.provider);
    m_settings.sync();
}

} // namespace Maestro
