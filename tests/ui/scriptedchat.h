// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatclient.h"

#include <QPointer>

namespace Maestro {

//! An answer that comes when the test says so.
class ScriptedStream : public ChatStream
{
    Q_OBJECT

public:
    void start() override { started = true; }
    void stop() override
    {
        stopped = true;
        end(Done{.ending = Done::Ending::Stopped});
    }
    Transfer transfer() const override { return {}; }

    void say(const StreamMessages &messages) { Q_EMIT received(messages); }
    void end(const Done &done, const std::optional<Error> &error = {})
    {
        Q_EMIT received({done});
        Q_EMIT finished(error);
    }
    //! No stream came at all.
    void fail(const Error &error) { Q_EMIT finished(error); }

    bool started = false;
    bool stopped = false;
};

//! Keeps what it was asked, and the stream it answers with.
class ScriptedChat : public ChatClient
{
public:
    std::unique_ptr<ChatStream> ask(const Provider &, const AccountKey &,
                                    const ChatRequest &request) override
    {
        requests.append(request);
        auto made = std::make_unique<ScriptedStream>();
        stream = made.get();
        return made;
    }
    QFuture<Result<QStringList>> listModels(const Provider &, const AccountKey &) override
    {
        return {};
    }

    QList<ChatRequest> requests;
    QPointer<ScriptedStream> stream;
};

inline Done complete() { return {.ending = Done::Ending::Complete, .stop = Done::Stop::End}; }

} // namespace Maestro
