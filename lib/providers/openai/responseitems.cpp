// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/responseitems.h"

#include "providers/eventjson.h"

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

//! Of an item's members, those that say nothing about what was asked for.
constexpr QLatin1StringView ResultMembers[] = {"id"_L1,
                                               "type"_L1,
                                               "status"_L1,
                                               "call_id"_L1,
                                               "result"_L1,
                                               "results"_L1,
                                               "output"_L1,
                                               "outputs"_L1,
                                               "tools"_L1,
                                               "error"_L1,
                                               "name"_L1,
                                               "container_id"_L1,
                                               "encrypted_content"_L1,
                                               "created_by"_L1,
                                               "approval_request_id"_L1,
                                               "revised_prompt"_L1,
                                               "background"_L1,
                                               "output_format"_L1,
                                               "quality"_L1,
                                               "size"_L1,
                                               "execution"_L1};

} // namespace

ResponseItem &ResponseItems::itemOf(int outputIndex, const QString &itemId)
{
    if (outputIndex >= 0 && outputIndex <= LargestIndex) {
        return at(outputIndex);
    }
    return at(itemId.isEmpty() ? m_last : m_indexOfId.value(itemId, m_last));
}

ResponseItem &ResponseItems::itemOf(const QJsonObject &event)
{
    return itemOf(event["output_index"_L1].toInt(-1), event["item_id"_L1].toString());
}

ResponseItem &ResponseItems::itemOf(const QJsonObject &event, const QJsonObject &item)
{
    const QString id = item["id"_L1].toString();
    int index = event["output_index"_L1].toInt(-1);
    if (index < 0 || index > LargestIndex) {
        const int next = m_items.empty() ? 0 : m_items.rbegin()->first + 1;
        index = m_indexOfId.value(id, next);
    }
    if (!id.isEmpty()) {
        m_indexOfId.insert(id, index);
    }
    return at(index);
}

QList<QJsonObject> ResponseItems::missing(const QJsonArray &output)
{
    QList<QJsonObject> missing;
    int index = -1;
    for (const QJsonValue &value : output) {
        ++index;
        const QJsonObject item = value.toObject();
        const auto known = m_items.find(index);
        const bool finished = known != m_items.end() && known->second.whole;
        const auto byId = m_indexOfId.constFind(item["id"_L1].toString());
        const bool isElsewhere = byId != m_indexOfId.constEnd() && *byId != index;
        // An unfinished item of that index is the same one, whatever its id.
        if (!finished && !isElsewhere && !item.isEmpty()) {
            missing.append({{u"output_index"_s, index}, {u"item"_s, item}});
        }
    }
    // Indices with holes: the list cannot be laid over them.
    const bool fits = m_items.empty() || m_items.rbegin()->first < output.size();
    return fits ? missing : QList<QJsonObject>();
}

QJsonArray ResponseItems::verbatim() const
{
    QJsonArray items;
    for (const auto &[index, item] : m_items) {
        if (item.whole && (*item.whole)["status"_L1] != "incomplete"_L1) {
            items.append(*item.whole);
        }
    }
    return items;
}

ResponseItem &ResponseItems::at(int index)
{
    m_last = index;
    return m_items[index];
}

ResponseItem::Kind kindOfItem(const QString &type)
{
    if (type == "function_call"_L1 || type == "custom_tool_call"_L1) {
        return ResponseItem::Kind::ClientCall;
    }
    // The other calls are of tools that a request must have asked for; Maestro asks for none that
    // it would have to run itself, so they are shown.
    const bool isCall = type.endsWith("_call"_L1) || type == "mcp_list_tools"_L1
        || type == "mcp_approval_request"_L1;
    return isCall ? ResponseItem::Kind::ProviderCall : ResponseItem::Kind::Other;
}

QString nameOfProviderCall(const QJsonObject &item)
{
    const QString name = item["name"_L1].toString();
    const QString type = item["type"_L1].toString();
    return !name.isEmpty() ? name : type.endsWith("_call"_L1) ? type.chopped(5) : type;
}

QString argumentsOfProviderCall(const QJsonObject &item)
{
    if (item["arguments"_L1].isString()) {
        return item["arguments"_L1].toString();
    }
    QJsonObject arguments = item;
    for (const QLatin1StringView member : ResultMembers) {
        arguments.remove(member);
    }
    return jsonText(arguments);
}

} // namespace Maestro::OpenAi
