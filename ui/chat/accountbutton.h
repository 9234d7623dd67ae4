// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/chattargets.h"

#include <QToolButton>

namespace Maestro {

//! Shows which account is asked; its menu changes, adds and signs out.
class AccountButton : public QToolButton
{
    Q_OBJECT

public:
    explicit AccountButton(QWidget *parent = nullptr);

    void show(const QList<ChatTarget> &targets, const std::optional<ChosenTarget> &chosen);

Q_SIGNALS:
    void accountChosen(const Maestro::ChosenTarget &target);
    void addRequested();
    void accountsRequested();
    void usagePageRequested(const QUrl &page);
    void signOutRequested(const Maestro::AccountKey &account);

private:
    void fillMenu(const QList<ChatTarget> &targets, const ChatTarget *current);
};

} // namespace Maestro
