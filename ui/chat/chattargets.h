// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/error.h"

#include <QList>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace Maestro {

//! An account that can be asked, with everything the window shows of it.
struct ChatTarget
{
    Account account;
    //! Provider::api of the row that is asked.
    QString api = {};
    //! Provider::name.
    QString providerName = {};
    bool isPractice = false;
    //! What the picker offers; the first is the default.
    QStringList models = {};
    //! Set when the account cannot ask (signed in, but no key): said when it is tried.
    std::optional<Error> unavailable = {};
    //! Answers run on the person's plan, whose usage is shown there; empty where they do not.
    QUrl usagePage = {};
    //! Its secret is kept where it cannot be read yet.
    bool isLocked = false;

    friend bool operator==(const ChatTarget &, const ChatTarget &) = default;
};

//! Whom and what the next prompt goes to.
struct ChosenTarget
{
    AccountKey account;
    QString api;
    QString model;

    friend bool operator==(const ChosenTarget &, const ChosenTarget &) = default;
};

//! What the account is called in lists: its e-mail address or name, else what kind of access it is.
QString displayName(const ChatTarget &target);
bool isOf(const ChatTarget &target, const ChosenTarget &chosen);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::ChosenTarget)
