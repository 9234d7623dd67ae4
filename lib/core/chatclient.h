// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/chatrequest.h"
#include "core/provider.h"
#include "core/result.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace Maestro {

//! The provider asked for patience: the question is asked again by itself.
struct RetryPause
{
    Error cause;
    std::chrono::milliseconds length{};
    int attempt = 1; //!< which one follows the pause: 1 is the first that is not the person's

    friend bool operator==(const RetryPause &, const RetryPause &) = default;
};

//! One answer on its way. Make, connect, start(); then `received` any number of times and
//! `finished` exactly once, never before start() returns. Dropping it ends the request silently.
class ChatStream : public QObject
{
    Q_OBJECT

public:
    //! What the wire did and said beside the answer.
    struct Transfer
    {
        int status = 0; //!< HTTP status; 0 when no answer came
        QByteArray requestId = {};
        qint64 bytes = 0;
        qint64 events = 0;
        PlanLimits planLimits = {};
    };

    using QObject::QObject;

    virtual void start() = 0;
    //! Ends the request, or the pause, at the person's wish: what came is kept, the answer is
    //! reported as stopped, and `finished` follows without an error.
    virtual void stop() = 0;
    virtual Transfer transfer() const = 0;
    //! Ends a pause. Nothing else.
    virtual void retryNow() { }
    //! After stalled(): gives the provider its whole time once more.
    virtual void keepWaiting() { }

Q_SIGNALS:
    void received(const Maestro::StreamMessages &messages);
    //! Before the first message of an answer only. Ended by resumed(), or by `finished` after
    //! stop().
    void pausing(const Maestro::RetryPause &pause);
    void resumed();
    //! Not a byte for so long; it is given up after so long again. Bytes, or keepWaiting(), end
    //! that.
    void stalled(std::chrono::milliseconds silentFor, std::chrono::milliseconds endsIn);
    //! The last message of all was Done, unless no stream came at all: then `error` says why. After
    //! an answer that the provider failed, or that was cut off by the network, there is an error
    //! too.
    void finished(const std::optional<Maestro::Error> &error);
};

//! Asks models. A port: the network and the credentials are behind it.
class ChatClient
{
public:
    ChatClient() = default;
    virtual ~ChatClient() = default;
    Q_DISABLE_COPY_MOVE(ChatClient)

    virtual std::unique_ptr<ChatStream> ask(const Provider &provider, const AccountKey &account,
                                            const ChatRequest &request)
        = 0;
    //! The models this account may ask, as the provider lists them.
    virtual QFuture<Result<QStringList>> listModels(const Provider &provider,
                                                    const AccountKey &account)
        = 0;
};

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::RetryPause)
Q_DECLARE_METATYPE(std::optional<Maestro::Error>)
