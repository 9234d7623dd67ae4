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

//! Null if it is not among them.
const ChatTarget *findTarget(const QList<ChatTarget> &targets,
                             const std::optional<ChosenTarget> &chosen);
//! The account, by the interface and model that are named, else by the first of its own.
std::optional<ChosenTarget> choiceOf(const QList<ChatTarget> &targets, const AccountKey &account,
                                     const QString &api = {}, const QString &model = {});
//! What is chosen now that these are the targets: what was, while it is among them; else
//! `preferred`, else the first.
std::optional<ChosenTarget> choiceAmong(const QList<ChatTarget> &targets,
                                        const std::optional<ChosenTarget> &chosen,
                                        const std::optional<AccountKey> &preferred);
//! Why nothing can be asked; nothing if it can be. A locked account is no obstacle, but has to
//! wait.
std::optional<Error> findObstacle(const ChatTarget *target, const QString &model);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::ChosenTarget)
