// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/settings.h"

#include "storage/databasefile.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

const QString Accounts = u"default-accounts/"_s;
const QString DefaultProvider = u"default-provider"_s;
const QString Favourites = u"favourite-models"_s;
const QString HostId = u"host-id"_s;
const QString PendingClients = u"pending-clients/"_s;
const QString LastConversation = u"last-conversation"_s;
const QString Tools = u"tools"_s;
const QString Zoom = u"zoom"_s;
const QString AppearanceName = u"appearance"_s;
const QString TokenRatesName = u"token-rates"_s;
const QString ApiKey = u"api_key"_s;
const QString OAuth = u"oauth"_s;

//! More were not chosen by a person.
constexpr qsizetype MostFavourites = 1000;

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

std::optional<Error> Settings::setDefaultAccount(const AccountKey &key)
{
    m_settings.setValue(DefaultProvider, key.provider);
    return write(Accounts + key.provider,
                 QStringList{key.type == AccountKey::Type::OAuth ? OAuth : ApiKey, key.accountId});
}

bool Settings::areToolsAllowed() const { return m_settings.value(Tools, false).toBool(); }

std::optional<Error> Settings::setToolsAllowed(bool allowed) { return write(Tools, allowed); }

QString Settings::appearance() const { return m_settings.value(AppearanceName).toString(); }

std::optional<Error> Settings::setAppearance(const QString &name)
{
    return write(AppearanceName, name.isEmpty() ? QVariant() : QVariant(name));
}

int Settings::zoom() const { return m_settings.value(Zoom, 0).toInt(); }

std::optional<Error> Settings::setZoom(int steps) { return write(Zoom, steps); }

QStringList Settings::favouriteModels() const
{
    const QStringList models = m_settings.value(Favourites).toStringList();
    return models.first(std::min(models.size(), MostFavourites));
}

std::optional<Error> Settings::setFavouriteModels(const QStringList &models)
{
    return write(Favourites, models.isEmpty() ? QVariant() : QVariant(models));
}

TokenRates Settings::tokenRates() const
{
    const QByteArray json = m_settings.value(TokenRatesName).toString().toUtf8();
    return TokenRates::fromJson(QJsonDocument::fromJson(json).object());
}

std::optional<Error> Settings::setTokenRates(const TokenRates &rates)
{
    return write(TokenRatesName,
                 QString::fromUtf8(QJsonDocument(rates.toJson()).toJson(QJsonDocument::Compact)));
}

ChatId Settings::lastConversation() const
{
    return m_settings.value(LastConversation).toLongLong();
}

std::optional<Error> Settings::setLastConversation(ChatId conversation)
{
    return write(LastConversation, conversation);
}

QString Settings::hostId() const { return m_settings.value(HostId).toString(); }

Settings::Done Settings::keepHostId(const QString &hostId)
{
    return QtFuture::makeReadyFuture(write(HostId, hostId));
}

QString Settings::pendingClientId(const QString &profileId) const
{
    return m_settings.value(PendingClients + profileId).toString();
}

Settings::Done Settings::keepPendingClientId(const QString &profileId, const QString &clientId)
{
    return QtFuture::makeReadyFuture(
        write(PendingClients + profileId, clientId.isEmpty() ? QVariant() : QVariant(clientId)));
}

std::optional<Error> Settings::write(const QString &name, const QVariant &value)
{
    // The folder is the vault's, too, and nobody else's.
    if (auto error = DatabaseFile::protect(m_settings.fileName(), u"settings"_s)) {
        return error;
    }
    if (value.isValid()) {
        m_settings.setValue(name, value);
    } else {
        m_settings.remove(name);
    }
    m_settings.sync();
    if (m_settings.status() == QSettings::NoError) {
        return DatabaseFile::protect(m_settings.fileName(), u"settings"_s);
    }
    return Error{Error::Kind::Configuration,
                 QCoreApplication::translate("Settings", "The settings could not be written."),
                 QCoreApplication::translate(
                     "Settings", "Check that the disk is not full, and that you may write to %1.")
                     .arg(m_settings.fileName())};
}

} // namespace Maestro
