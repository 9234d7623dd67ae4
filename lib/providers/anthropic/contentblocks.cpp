// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/contentblocks.h"

#include "providers/eventjson.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::Anthropic {

namespace {

QJsonObject inputOf(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (document.isObject()) {
        return document.object();
    }
    // With eager streaming the input may be no JSON; this is how Anthropic wants it back.
    return text.isEmpty() ? QJsonObject() : QJsonObject{{u"INVALID_JSON"_s, text}};
}

} // namespace

QString ContentBlock::type() const { return start["type"_L1].toString(); }

bool ContentBlock::isClientCall() const { return start["type"_L1] == "tool_use"_L1; }

bool ContentBlock::isProviderCall() const
{
    return start["type"_L1] == "server_tool_use"_L1 || start["type"_L1] == "mcp_tool_use"_L1;
}

FunctionCall ContentBlock::functionCall(FunctionCall::Phase phase, const QString &arguments) const
{
    const bool isFragment = phase == FunctionCall::Phase::Arguments;
    return {phase,
            call,
            isFragment ? QString() : start["id"_L1].toString(),
            isFragment ? QString() : start["name"_L1].toString(),
            arguments,
            isProviderCall() ? FunctionCall::Executor::Provider : FunctionCall::Executor::Client};
}

std::optional<QJsonObject> ContentBlock::verbatim() const
{
    if (!isStopped) {
        return {};
    }
    QJsonObject block = start;
    const QString kind = type();
    if (kind == "text"_L1) {
        if (text.isEmpty()) {
            return {}; // Anthropic refuses empty text in a question
        }
        block.insert("text"_L1, text);
        if (!citations.isEmpty()) {
            block.insert("citations"_L1, citations);
        }
    } else if (kind == "thinking"_L1) {
        block.insert("thinking"_L1, text);
        block.insert("signature"_L1, signature);
    } else if (kind == "compaction"_L1) {
        block.insert("content"_L1, text.isEmpty() ? QJsonValue() : QJsonValue(text));
        if (!encrypted.isEmpty()) {
            block.insert("encrypted_content"_L1, encrypted);
        }
    } else if (isClientCall() || isProviderCall()) {
        if (start["id"_L1].toString().isEmpty()) {
            return {}; // its beginning was lost: nobody could answer it
        }
        block.insert("input"_L1, inputOf(input));
    }
    return block;
}

ContentBlock &ContentBlocks::start(int index, const QJsonObject &wire)
{
    m_placeOfIndex.insert(index, m_blocks.size());
    m_blocks.append(ContentBlock{wire});
    return m_blocks.last();
}

ContentBlock &ContentBlocks::at(int index, QLatin1StringView type)
{
    ContentBlock *block = find(index);
    return block ? *block : start(index, {{u"type"_s, QString(type)}});
}

ContentBlock *ContentBlocks::find(int index)
{
    const auto place = m_placeOfIndex.constFind(index);
    return place == m_placeOfIndex.constEnd() ? nullptr : &m_blocks[*place];
}

QJsonArray ContentBlocks::verbatim() const
{
    QJsonArray blocks;
    for (const ContentBlock &block : m_blocks) {
        if (const auto wire = block.verbatim()) {
            blocks.append(*wire);
        }
    }
    return blocks;
}

} // namespace Maestro::Anthropic
