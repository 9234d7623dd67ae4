// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"

#include <QSettings>

namespace Maestro {

//! What a person chose. Nothing secret; a small file, written at once.
class Settings
{
public:
    //! The file is made when there is something to keep. Both programs may use it at once.
    explicit Settings(const QString &file);

    //! Whom this provider is asked as, if the person chose.
    std::optional<AccountKey> defaultAccountOf(const QString &providerId) const;
    //! Whom is asked, if nobody in particular was chosen.
    std::optional<AccountKey> defaultAccount() const;
    //! Of its provider, and of all.
    void setDefaultAccount(const AccountKey &key);

private:
    mutable QSettings m_settings;
};

} // namespace Maestro
