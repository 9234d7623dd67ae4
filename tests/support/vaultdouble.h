// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialvault.h"

#include <QPromise>
#include <QStringList>

#include <memory>

namespace Maestro::Test {

//! A vault that is in the state the test says, and answers when the test says so.
class VaultDouble final : public CredentialVault
{
public:
    State state() const override { return m_state; }
    std::optional<Error> problem() const override { return m_problem; }
    std::optional<Error> setAside() const override { return fileSetAside; }

    Done open() override { return begin(QStringLiteral("open")); }
    Done unlock() override { return begin(QStringLiteral("unlock")); }
    Done unlock(const Secret &passphrase) override
    {
        typed = passphrase;
        return begin(QStringLiteral("unlock with passphrase"));
    }
    Done makeWithKeyring() override { return begin(QStringLiteral("make with keyring")); }
    Done makeWithPassphrase(const Secret &passphrase) override
    {
        typed = passphrase;
        return begin(QStringLiteral("make with passphrase"));
    }
    Done moveToKeyring() override { return begin(QStringLiteral("move to keyring")); }
    Done moveToPassphrase(const Secret &passphrase) override
    {
        typed = passphrase;
        return begin(QStringLiteral("move to passphrase"));
    }
    Done acceptAsIs() override { return begin(QStringLiteral("accept as is")); }
    Done lockOutCopies() override { return begin(QStringLiteral("lock out copies")); }
    QString keyringName() const override { return QStringLiteral("GNOME Keyring"); }
    Done startOver() override { return begin(QStringLiteral("start over")); }

    void enter(State state, const std::optional<Error> &problem = {})
    {
        m_problem = problem;
        m_state = state;
        Q_EMIT stateChanged();
    }
    //! Answers what was asked last.
    void end(const std::optional<Error> &error = {})
    {
        m_promise->addResult(error);
        m_promise->finish();
    }

    QStringList asked;
    Secret typed;
    std::optional<Error> fileSetAside;

private:
    Done begin(const QString &what)
    {
        asked.append(what);
        m_promise = std::make_unique<QPromise<std::optional<Error>>>();
        m_promise->start();
        return m_promise->future();
    }

    State m_state = State::Ready;
    std::optional<Error> m_problem;
    std::unique_ptr<QPromise<std::optional<Error>>> m_promise;
};

//! The words that the real vault has for it, as far as a test needs them.
inline Error vaultProblem(const QString &message)
{
    return {Error::Kind::Configuration, message, QStringLiteral("What to do about it.")};
}

} // namespace Maestro::Test
