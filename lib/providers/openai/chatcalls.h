// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"

#include <QHash>
#include <QJsonObject>

namespace Maestro::OpenAi {

//! One element of delta.tool_calls.
struct CallDelta
{
    std::optional<int> index = {};
    QString id = {};
    QString name = {};
    QString arguments = {};
    bool isCustom = false;
    QJsonValue extraContent = QJsonValue::Undefined;
};

//! The tool calls of a chat completion, assembled from deltas as OpenAI and the many servers that
//! speak its dialects send them: with an index or none, with sparse or reused indices, whole or in
//! fragments, several at once.
class ChatCalls
{
public:
    StreamMessages take(const QJsonObject &delta);
    StreamMessages take(const CallDelta &delta);
    //! The form from before tools: delta.function_call, one call without an id.
    StreamMessages takeLegacy(const QJsonObject &functionCall);
    //! Begins what never got a name.
    StreamMessages flush();
    //! `isCutShort`: the answer reached its limit, so only what is a whole JSON object is complete.
    StreamMessages complete(bool isCutShort) const;

    bool isEmpty() const { return m_calls.isEmpty(); }
    //! As the next turn sends them back.
    QJsonArray verbatim() const;

private:
    struct Call
    {
        QString id = {};
        QString name = {};
        QString arguments = {};
        QJsonValue extraContent = QJsonValue::Undefined;
        FunctionCall::Format format = FunctionCall::Format::Json;
        bool isLegacy = false;
        int number = -1; //!< among those that have begun, in their order; -1 before
    };

    //! Where in m_calls the call of this delta stands; a new one is made where the delta begins
    //! one.
    qsizetype placeOf(const CallDelta &delta);
    StreamMessages add(qsizetype place, const QString &id, const QString &name,
                       const QString &arguments);
    StreamMessages begin(qsizetype place);

    QList<Call> m_calls;
    QHash<int, qsizetype> m_placeOfIndex;
    int m_begun = 0;
};

} // namespace Maestro::OpenAi
