// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatclient.h"

#include <QPointer>

namespace Maestro::Test {

//! A stream that says what the test tells it to.
class ScriptedStream final : public ChatStream
{
public:
    void start() override { started = true; }
    void stop() override { end({Done{Done::Ending::CutOff}}, std::nullopt); }
    Transfer transfer() const override { return {200, "req_1", 10, 2, planLimits}; }

    void say(const StreamMessages &messages) { Q_EMIT received(messages); }
    void end(const StreamMessages &messages, const std::optional<Error> &error)
    {
        const QPointer<ScriptedStream> alive(this);
        Q_EMIT received(messages);
        if (alive) {
            Q_EMIT finished(error);
        }
    }

    bool started = false;
    PlanLimits planLimits = {};
};

//! Hands out scripted streams and remembers what was asked.
class ScriptedClient final : public ChatClient
{
public:
    std::unique_ptr<ChatStream> ask(const Provider &, const AccountKey &account,
                                    const ChatRequest &request) override
    {
        requests.append(request);
        accounts.append(account);
        auto stream = std::make_unique<ScriptedStream>();
        current = stream.get();
        return stream;
    }
    QFuture<Result<QStringList>> listModels(const Provider &, const AccountKey &) override
    {
        return QtFuture::makeReadyFuture(Result<QStringList>(models));
    }

    QList<ChatRequest> requests;
    QList<AccountKey> accounts;
    QStringList models;
    QPointer<ScriptedStream> current;
};

} // namespace Maestro::Test
