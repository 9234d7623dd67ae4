// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/chatid.h"
#include "core/clientregistration.h"
#include "core/tokenrates.h"

#include <QSettings>

namespace Maestro {

//! What a person chose, and what this installation is called. Nothing secret; a small file,
//! written at once.
class Settings final : public ClientRegistration
{
public:
    //! The file is made when there is something to keep. Both programs may use it at once.
    explicit Settings(const QString &file);

    //! Whom this provider is asked as, if the person chose.
    std::optional<AccountKey> defaultAccountOf(const QString &providerId) const;
    //! Whom is asked, if nobody in particular was chosen.
    std::optional<AccountKey> defaultAccount() const;
    //! Of its provider, and of all.
    std::optional<Error> setDefaultAccount(const AccountKey &key);

    //! Whether models may call tools; not until the person says so.
    bool areToolsAllowed() const;
    std::optional<Error> setToolsAllowed(bool allowed);

    //! The name of the look that was chosen; empty for the system's.
    QString appearance() const;
    std::optional<Error> setAppearance(const QString &name);

    //! Steps that the text is larger, or smaller, than usual.
    int zoom() const;
    std::optional<Error> setZoom(int steps);

    //! Models that the person likes, in the order they were chosen, as "provider/model".
    QStringList favouriteModels() const;
    std::optional<Error> setFavouriteModels(const QStringList &models);

    //! What answers have taught of how models count.
    TokenRates tokenRates() const;
    std::optional<Error> setTokenRates(const TokenRates &rates);

    //! The conversation that was shown last; 0 for one that has not begun.
    ChatId lastConversation() const;
    std::optional<Error> setLastConversation(ChatId conversation);

    QString hostId() const override;
    Done keepHostId(const QString &hostId) override;
    QString pendingClientId(const QString &profileId) const override;
    Done keepPendingClientId(const QString &profileId, const QString &clientId) override;

private:
    //! Nothing, once it is on the disk.
    std::optional<Error> write(const QString &name, const QVariant &value);

    mutable QSettings m_settings;
};

} // namespace Maestro
