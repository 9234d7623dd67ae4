// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/chattargets.h"
#include "ui/common/panel.h"

class QFormLayout;

namespace Maestro {

//! One account: who, with what, until when, where its secret lives, and what can be done with it.
class AccountCard : public Panel
{
    Q_OBJECT

public:
    enum class Rank { Default, Other };

    AccountCard(const ChatTarget &target, Rank rank, const QString &keyringName,
                QWidget *parent = nullptr);

Q_SIGNALS:
    void makeDefaultRequested();
    void signInAgainRequested();
    void signOutRequested();

private:
    void addFacts(QFormLayout &facts, const ChatTarget &target, const QString &keyringName);
    QWidget *makeButtons(const ChatTarget &target, Rank rank);
};

} // namespace Maestro
