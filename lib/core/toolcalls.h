// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/conversation.h"
#include "core/toolregistry.h"

#include <QObject>

#include <optional>

namespace Maestro {

//! The calls of an answer that can be answered: the whole ones.
QList<FunctionCallPart> runnableCalls(const Answer &answer);
//! A result that says, to the model, why there is none.
FunctionResult failedResult(const FunctionCallPart &call, const QString &reason);

//! The calls of one answer, run one after the other. Make, connect, start(); then `finished`
//! exactly once with a result for each call, never before start() returns. What cannot be run, or
//! may not, is a result that failed: the model is told. Dropping it forgets the calls silently.
class ToolCalls : public QObject
{
    Q_OBJECT

public:
    //! `tools` must outlive it.
    ToolCalls(const ToolRegistry &tools, const QList<FunctionCallPart> &calls,
              QObject *parent = nullptr);

    void start();
    //! The person's word on the call that waits for it; anything else is ignored.
    void allow(const QString &callId, bool allowed);
    //! The results so far, and for the other calls that they were stopped.
    QList<FunctionResult> stopped() const;

Q_SIGNALS:
    void permissionAsked(const Maestro::ToolQuestion &question);
    void ran(const Maestro::FunctionResult &result);
    void finished(const QList<Maestro::FunctionResult> &results);

private:
    const FunctionCallPart &current() const { return m_calls[m_results.size()]; }
    void takeNext();
    void run(const QJsonObject &arguments);
    void settle(const FunctionResult &result);

    const ToolRegistry &m_tools;
    QList<FunctionCallPart> m_calls;
    QList<FunctionResult> m_results;
    std::optional<ToolQuestion> m_question;
};

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::FunctionResult)
