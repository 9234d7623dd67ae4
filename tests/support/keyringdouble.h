// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/keyring.h"

#include <QHash>

namespace Maestro {

//! A keyring in memory, in any state and with any failure.
class KeyringDouble final : public Keyring
{
public:
    State current = State::Unlocked;
    State afterUnlock = State::Unlocked;
    bool answers = true; //!< else every question ends in a timeout
    bool losesWrites = false; //!< says that it wrote, and did not
    bool locksBeforeReading = false;
    int prompts = 0;
    int writes = 0;
    QHash<QString, Secret> items;

    QString name() const override { return QStringLiteral("GNOME Keyring"); }

    QFuture<Result<State>> state() override
    {
        return ready(answers ? Result<State>(current) : Result<State>(timeout()));
    }

    QFuture<Result<State>> unlock() override
    {
        if (current == State::Locked) {
            ++prompts;
            current = afterUnlock;
        }
        return state();
    }

    QFuture<Result<std::optional<Secret>>> read(const QString &name) override
    {
        if (locksBeforeReading) {
            // As the real one does: a locked keyring has nothing in it.
            current = State::Locked;
            return ready(Result<std::optional<Secret>>(std::optional<Secret>()));
        }
        if (!isOpen()) {
            return ready(Result<std::optional<Secret>>(timeout()));
        }
        const auto item = items.constFind(name);
        return ready(Result<std::optional<Secret>>(item == items.cend() ? std::nullopt
                                                                        : std::optional(*item)));
    }

    QFuture<std::optional<Error>> write(const QString &name, const Secret &secret) override
    {
        if (!isOpen()) {
            return ready(std::optional(timeout()));
        }
        ++writes;
        if (!losesWrites) {
            items.insert(name, secret);
        }
        return ready(std::optional<Error>());
    }

    QFuture<std::optional<Error>> remove(const QString &name) override
    {
        if (!isOpen()) {
            return ready(std::optional(timeout()));
        }
        items.remove(name);
        return ready(std::optional<Error>());
    }

    int keys() const { return countOf(QStringLiteral("vault-key/")); }

private:
    template <typename Value>
    static QFuture<Value> ready(const Value &value)
    {
        return QtFuture::makeReadyFuture(value);
    }
    static Error timeout()
    {
        return Error{Error::Kind::Timeout, QStringLiteral("The keyring does not answer.")};
    }
    bool isOpen() const { return answers && current == State::Unlocked; }
    int countOf(const QString &prefix) const
    {
        int count = 0;
        for (auto item = items.cbegin(); item != items.cend(); ++item) {
            count += item.key().startsWith(prefix) ? 1 : 0;
        }
        return count;
    }
};

} // namespace Maestro
