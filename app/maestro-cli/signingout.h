// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "composition.h"

#include <QObject>

#include <memory>

namespace Maestro::Cli {

//! Signs accounts out, one after the other, and says how each went.
class SigningOut : public QObject
{
    Q_OBJECT

public:
    //! The composition must outlive it.
    SigningOut(Composition &composition, QList<AccountKey> accounts, SignOut::Reach reach,
               QObject *parent = nullptr);
    ~SigningOut() override;

    void start() { signOutNext(); }

Q_SIGNALS:
    //! With the program's exit code; everything has been said.
    void finished(int exitCode);

private:
    void signOutNext();
    void onSignedOut(const Result<SignedOut> &result);

    Composition &m_composition;
    QList<AccountKey> m_accounts; // the first is under way
    SignOut::Reach m_reach;
    std::unique_ptr<SignOut> m_signOut;
    int m_exitCode;
};

} // namespace Maestro::Cli
