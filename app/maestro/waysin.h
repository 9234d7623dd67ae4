// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "composition.h"
#include "ui/signin/signinmeans.h"

#include <QCoreApplication>

namespace Maestro {

//! The ways to sign in, as the wizard offers them, and what it does them with.
class WaysIn
{
    Q_DECLARE_TR_FUNCTIONS(WaysIn)

public:
    //! `composition` must outlive this.
    WaysIn(Composition &composition, PracticeProvider::Pace practicePace);

    QList<SignInChoice> choices() const;
    //! The way in that this account came by; empty if it is not offered any more.
    QString choiceFor(const AccountKey &account) const;
    //! This must outlive what uses them.
    SignInMeans means();

    //! Where the usage of the plan is shown that answers of this provider run on; empty if they run
    //! on none.
    static QUrl usagePageOf(const QString &providerId);

    static QString openAi();
    static QString openAiKey();
    static QString chatGpt();
    static QString server();
    static QString practice();

private:
    std::unique_ptr<SignIn> makeSignIn(const SignInChoice &choice, const SignInInput &input);
    std::unique_ptr<SignIn> makeBrowserSignIn(const QString &providerId, const SignInInput &input);
    bool offersCode(const QString &providerId) const;
    QString describeProxy(const SignInChoice &choice) const;

    Composition &m_composition;
    PracticeProvider::Pace m_practicePace;
};

} // namespace Maestro
