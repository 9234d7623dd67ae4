// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/keyring.h"
#include "net/secretservice.h"

namespace QKeychain {
class Job;
}

namespace Maestro {

//! The keyring of the desktop, through QtKeychain. Its traps, each met and tested: a locked keyring
//! reads as an empty one, and removing from it succeeds without removing anything; so its state is
//! asked before and after. A job may never finish, and deleting one that runs is a use after free;
//! so a job that takes too long is left to itself, and the keyring is not asked again until it
//! ends.
class Keychain final : public QObject, public Keyring
{
    Q_OBJECT

public:
    //! The application's name sets its secrets apart from others'.
    explicit Keychain(QString application, const SecretService::Limits &limits = {},
                      QObject *parent = nullptr);

    QString name() const override { return m_service.name(); }
    QFuture<Result<State>> state() override;
    QFuture<Result<State>> unlock() override;
    QFuture<Result<std::optional<Secret>>> read(const QString &name) override;
    QFuture<std::optional<Error>> write(const QString &name, const Secret &secret) override;
    QFuture<std::optional<Error>> remove(const QString &name) override;

private:
    //! How a job ended.
    struct Ending
    {
        std::optional<Error> error = {};
        bool isFound = false;
        Secret secret = {};
    };

    QFuture<Ending> whenUnlocked(std::function<QKeychain::Job *()> makeJob);
    QFuture<Ending> run(QKeychain::Job *job);
    QString keyOf(const QString &name) const;

    const QString m_application;
    const SecretService::Limits m_limits;
    SecretService m_service;
    std::shared_ptr<int> m_stuckJobs; // outlives this with the jobs
};

} // namespace Maestro
