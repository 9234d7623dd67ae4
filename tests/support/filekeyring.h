// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/keyring.h"

#include <QDir>
#include <QFile>

#include <cstdio>

namespace Maestro {

//! A keyring in a folder, always open, that outlives the process. Each write is whole or not there.
class FileKeyring final : public Keyring
{
public:
    explicit FileKeyring(const QString &folder)
        : m_folder(folder)
    {
        QDir().mkpath(folder);
    }

    QFuture<Result<State>> state() override { return ready(Result<State>(State::Unlocked)); }
    QFuture<Result<State>> unlock() override { return state(); }

    QFuture<Result<std::optional<Secret>>> read(const QString &name) override
    {
        using Answer = Result<std::optional<Secret>>;
        QFile file(pathOf(name));
        return ready(file.open(QIODevice::ReadOnly) ? Answer(std::optional(Secret(file.readAll())))
                                                    : Answer(std::optional<Secret>()));
    }

    QFuture<std::optional<Error>> write(const QString &name, const Secret &secret) override
    {
        const QString draft = pathOf(name) + QStringLiteral(".new");
        QFile file(draft);
        const bool isWritten = file.open(QIODevice::WriteOnly)
            && file.write(secret.reveal()) == secret.reveal().size();
        file.close();
        const bool isThere = isWritten
            && std::rename(QFile::encodeName(draft).constData(),
                           QFile::encodeName(pathOf(name)).constData())
                == 0;
        return ready(isThere ? std::nullopt
                             : std::optional(Error{Error::Kind::Configuration,
                                                   QStringLiteral("The keyring is full.")}));
    }

    QFuture<std::optional<Error>> remove(const QString &name) override
    {
        QFile::remove(pathOf(name));
        return ready(std::optional<Error>());
    }

private:
    template <typename Value>
    static QFuture<Value> ready(const Value &value)
    {
        return QtFuture::makeReadyFuture(value);
    }
    QString pathOf(const QString &name) const
    {
        return m_folder + QLatin1Char('/')
            + QString(name).replace(QLatin1Char('/'), QLatin1Char('_'));
    }

    QString m_folder;
};

} // namespace Maestro
