// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/toolcalls.h"

#include "core/after.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! More at once is a model that has lost its way.
constexpr qsizetype MostCalls = 32;
//! Characters: some 50,000 tokens.
constexpr qsizetype LongestOutput = 200'000;

//! Nothing if they are no JSON object; no words at all are an empty one.
std::optional<QJsonObject> argumentsOf(const FunctionCallPart &call)
{
    if (call.arguments.trimmed().isEmpty()) {
        return QJsonObject();
    }
    const QJsonDocument document = QJsonDocument::fromJson(call.arguments.toUtf8());
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

QString bounded(const QString &text)
{
    return text.size() <= LongestOutput
        ? text
        : text.left(LongestOutput) + u"\n[The rest was left out: it is too long.]"_s;
}

} // namespace

// What a model is told is not translated: models read English best.

QList<FunctionCallPart> runnableCalls(const Answer &answer)
{
    QList<FunctionCallPart> calls = answer.functionCalls();
    calls.removeIf([](const FunctionCallPart &call) {
        return !call.complete || call.format != FunctionCall::Format::Json;
    });
    return calls;
}

FunctionResult failedResult(const FunctionCallPart &call, const QString &reason)
{
    return {call.id, call.name, reason, true};
}

ToolCalls::ToolCalls(const ToolRegistry &tools, const QList<FunctionCallPart> &calls,
                     QObject *parent)
    : QObject(parent)
    , m_tools(tools)
    , m_calls(calls)
{ }

void ToolCalls::start()
{
    QMetaObject::invokeMethod(this, &ToolCalls::takeNext, Qt::QueuedConnection);
}

void ToolCalls::allow(const QString &callId, bool allowed)
{
    if (!m_question || m_question->callId != callId) {
        return;
    }
    const ToolQuestion question = *std::exchange(m_question, std::nullopt);
    if (allowed) {
        run(question.arguments);
    } else {
        settle(failedResult(current(), u"The person did not allow this call."_s));
    }
}

QList<FunctionResult> ToolCalls::stopped() const
{
    QList<FunctionResult> results = m_results;
    while (results.size() < m_calls.size()) {
        results.append(failedResult(m_calls[results.size()], u"The person stopped the answer."_s));
    }
    return results;
}

void ToolCalls::takeNext()
{
    if (m_results.size() == m_calls.size()) {
        Q_EMIT finished(m_results);
        return;
    }
    if (m_results.size() >= MostCalls) {
        settle(failedResult(current(), u"There are too many calls at once."_s));
        return;
    }
    const Tool *tool = m_tools.find(current().name);
    if (!tool) {
        settle(failedResult(current(), u"There is no tool of this name."_s));
        return;
    }
    const auto arguments = argumentsOf(current());
    if (!arguments) {
        settle(failedResult(current(), u"The arguments are not a JSON object."_s));
        return;
    }
    const QString question = tool->question(*arguments);
    if (question.isEmpty()) {
        run(*arguments);
        return;
    }
    // Some providers name no call.
    const QString id
        = current().id.isEmpty() ? u"call-%1"_s.arg(m_results.size() + 1) : current().id;
    m_question = ToolQuestion{id, current().name, *arguments, question};
    Q_EMIT permissionAsked(*m_question);
}

void ToolCalls::run(const QJsonObject &arguments)
{
    Tool *tool = m_tools.find(current().name);
    if (!tool) { // it went while the person thought
        settle(failedResult(current(), u"There is no tool of this name any more."_s));
        return;
    }
    after(this, tool->run(arguments), [this](const Result<ToolOutput> &output) {
        settle(output ? FunctionResult{current().id, current().name, bounded(output->text)}
                      : failedResult(current(), output.error().message));
    });
}

void ToolCalls::settle(const FunctionResult &result)
{
    m_results.append(result);
    // Before anyone is told, since whoever is told may drop this.
    QMetaObject::invokeMethod(this, &ToolCalls::takeNext, Qt::QueuedConnection);
    Q_EMIT ran(result);
}

} // namespace Maestro
