// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/signedout.h"
#include "ui/chat/chattargets.h"

#include <QDialog>

class QBoxLayout;
class QLabel;
class QPushButton;
class QRadioButton;
class QStackedWidget;

namespace Maestro {

//! Asks how far a sign-out shall go, and afterwards says how far it went. What is being written,
//! the conversation and an answer that comes in are no part of it.
class SignOutDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Revocation { Possible, Impossible };

    SignOutDialog(const ChatTarget &target, Revocation revocation, QWidget *parent = nullptr);

    void showResult(const Result<SignedOut> &result);

Q_SIGNALS:
    void confirmed(Maestro::SignOutReach reach);

private:
    QWidget *makeQuestion(Revocation revocation);
    QWidget *makeEnding();
    void addChoices(QBoxLayout &layout, Revocation revocation);
    void confirm();
    void say(const QString &title, const QString &text);

    ChatTarget m_target;
    QStackedWidget *m_pages;
    QRadioButton *m_everywhere = nullptr;
    QPushButton *m_signOut = nullptr;
    QLabel *m_problem = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_text = nullptr;
    QLabel *m_key = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace Maestro
