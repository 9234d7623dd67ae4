// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"

#include <QHash>
#include <QJsonObject>

namespace Maestro::Anthropic {

//! One content block of a message being assembled.
struct ContentBlock
{
    QJsonObject start; //!< as content_block_start gave it
    QString text = {}; //!< of text, thinking or compaction: what is streamed of it
    QString input = {}; //!< the JSON of a tool's input
    QString signature = {};
    QString encrypted = {};
    QJsonArray citations = {};
    int textPart = -1; //!< Content::part
    int reasoningPart = -1; //!< Reasoning::part; a broken stream has both in one block
    int call = -1; //!< FunctionCall::call
    bool isStopped = false;

    QString type() const;
    bool isClientCall() const;
    bool isProviderCall() const;
    FunctionCall functionCall(FunctionCall::Phase phase, const QString &arguments) const;
    //! As the next turn sends it back; nothing if there is nothing to send.
    std::optional<QJsonObject> verbatim() const;
};

//! The blocks of a message by index. An index that is started anew (spliced streams do it) begins
//! another block: nothing is lost.
class ContentBlocks
{
public:
    ContentBlock &start(int index, const QJsonObject &wire);
    //! The block of that index; one of `type` is made where its start was lost.
    ContentBlock &at(int index, QLatin1StringView type);
    //! Null if there is none.
    ContentBlock *find(int index);

    const QList<ContentBlock> &all() const { return m_blocks; }
    QJsonArray verbatim() const;

private:
    QList<ContentBlock> m_blocks;
    QHash<int, qsizetype> m_placeOfIndex;
};

} // namespace Maestro::Anthropic
