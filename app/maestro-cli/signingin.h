// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "browser.h"
#include "compose.h"
#include "interrupt.h"
#include "pastedlines.h"

#include <QObject>

#include <memory>

namespace Maestro::Cli {

class Asking;

//! One sign-in in the terminal, and the question that may follow it.
class SigningIn : public QObject
{
    Q_OBJECT

public:
    struct Wish
    {
        Provider provider;
        Browser browser = Browser::Open;
        QString prompt; //!< asked after the sign-in; empty: nothing
        QString model;
    };

    SigningIn(Composition &composition, Wish wish, std::unique_ptr<SignIn> signIn,
              QObject *parent = nullptr);
    ~SigningIn() override;

    void start();

Q_SIGNALS:
    //! With the program's exit code; everything has been said.
    void finished(int exitCode);

private:
    void onStage(SignInStage stage, const QString &detail);
    void onPasted(const QString &line);
    void onFinished(const Result<SignedIn> &result);
    void ask(const AccountKey &account);

    Composition &m_composition;
    Wish m_wish;
    std::unique_ptr<Interrupt> m_interrupt;
    std::unique_ptr<PastedLines> m_lines;
    std::unique_ptr<SignIn> m_signIn;
    std::unique_ptr<Asking> m_asking;
};

} // namespace Maestro::Cli
