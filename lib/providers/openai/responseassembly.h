// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/openai/responseitems.h"

namespace Maestro::OpenAi {

//! Assembles the items of a response and says what is new of them, each thing once: from deltas,
//! from the whole texts that follow them, and from whole items.
class ResponseAssembly
{
public:
    ResponseItems &items() { return m_items; }
    const ResponseItems &items() const { return m_items; }

    //! What deltas bring is appended to `messages`; see StreamHandler::handle().
    void sayText(ResponseItem &item, int index, const QString &text, StreamMessages &messages);
    void sayRefusal(ResponseItem &item, int index, const QString &text, StreamMessages &messages);
    void sayReasoning(std::map<int, ResponsePart> &parts, int index, const QString &text,
                      StreamMessages &messages);
    void sayArguments(ResponseItem &item, const QString &text, StreamMessages &messages);

    //! With the whole text of a part.
    StreamMessages correctText(ResponseItem &item, int index, const QString &whole);
    //! Reasoning of no item.
    StreamMessages sayNameless(const QString &text);
    StreamMessages completeReasoningPart(std::map<int, ResponsePart> &parts, int index,
                                         const QString &whole);
    StreamMessages cite(ResponseItem &item, int index, const QJsonObject &annotation);
    //! Begins the call that the item is, if it is one and has not begun.
    StreamMessages begin(ResponseItem &item, const QJsonObject &wire);
    //! What of a whole item has not been said yet.
    StreamMessages completeItem(ResponseItem &item, const QJsonObject &wire);
    //! The calls for us to run. `isCutShort`: the response reached a limit, so only what is visibly
    //! whole is safe.
    StreamMessages completedCalls(bool isCutShort) const;

    bool hasClientCalls() const;
    bool hasRefusal() const { return m_refused; }

private:
    StreamMessages completeMessage(ResponseItem &item, const QJsonObject &wire);
    StreamMessages completeReasoning(ResponseItem &item, const QJsonObject &wire);
    StreamMessages completeCall(ResponseItem &item, const QJsonObject &wire);

    ResponseItems m_items;
    int m_textCount = 0;
    int m_reasoningCount = 0;
    int m_callCount = 0;
    bool m_refused = false;
};

} // namespace Maestro::OpenAi
