// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/pendingmessages.h"

#include <utility>

namespace Maestro {

namespace {

//! Characters that are read and laid out in a frame with time to spare.
constexpr qsizetype FrameLetters = 64 * 1024;

//! The text of a message that another may go on with.
QString *textOf(StreamMessage &message)
{
    if (auto *content = std::get_if<Content>(&message)) {
        return &content->text;
    }
    if (auto *reasoning = std::get_if<Reasoning>(&message)) {
        return &reasoning->text;
    }
    auto *call = std::get_if<FunctionCall>(&message);
    return call && call->phase == FunctionCall::Phase::Arguments ? &call->arguments : nullptr;
}

bool goesOn(const StreamMessage &message, const StreamMessage &next)
{
    if (message.index() != next.index()) {
        return false;
    }
    if (const auto *content = std::get_if<Content>(&message)) {
        const auto &more = std::get<Content>(next);
        return content->part == more.part && !more.replacesPart;
    }
    if (const auto *reasoning = std::get_if<Reasoning>(&message)) {
        const auto &more = std::get<Reasoning>(next);
        return reasoning->part == more.part && !more.replacesContent && !more.took;
    }
    if (const auto *call = std::get_if<FunctionCall>(&message)) {
        const auto &more = std::get<FunctionCall>(next);
        return call->call == more.call && more.phase == FunctionCall::Phase::Arguments;
    }
    return false;
}

} // namespace

void PendingMessages::add(const StreamMessages &messages)
{
    for (const StreamMessage &message : messages) {
        QString *text = m_messages.isEmpty() ? nullptr : textOf(m_messages.last());
        if (text && text->size() < FrameLetters && goesOn(m_messages.last(), message)) {
            StreamMessage more = message;
            text->append(*textOf(more));
        } else {
            m_messages.append(message);
        }
    }
}

StreamMessages PendingMessages::takeFrame()
{
    qsizetype letters = 0;
    qsizetype count = 0;
    while (count < m_messages.size() && letters < FrameLetters) {
        const QString *text = textOf(m_messages[count++]);
        letters += text ? text->size() : 1;
    }
    const StreamMessages taken = m_messages.first(count);
    m_messages.remove(0, count);
    return taken;
}

} // namespace Maestro
