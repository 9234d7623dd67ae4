// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"
#include "providers/openai/saidtext.h"

#include <QHash>
#include <QJsonObject>

#include <map>

namespace Maestro::OpenAi {

//! A text or reasoning part of an item, as far as it has been said.
struct ResponsePart
{
    int number = 0; //!< Content::part or Reasoning::part
    bool said = false;
    SaidText text = {}; //!< what has been said of it
    int citations = 0;
};

//! One output item being assembled.
struct ResponseItem
{
    enum class Kind { Other, ClientCall, ProviderCall };

    Kind kind = Kind::Other;
    int call = -1; //!< FunctionCall::call; -1 until the call has begun
    QString callId = {};
    QString name = {};
    QString arguments = {};
    FunctionCall::Format format = FunctionCall::Format::Json;
    //! The stream has given the arguments as a whole.
    bool argumentsDone = false;
    //! A call that the provider has run: it is complete, and nothing follows.
    bool wasRun = false;
    //! As output_item.done, or the final response, gave it: what the next turn sends back.
    std::optional<QJsonObject> whole = {};

    std::map<int, ResponsePart> texts = {};
    std::map<int, ResponsePart> refusals = {};
    std::map<int, ResponsePart> summaries = {};
    std::map<int, ResponsePart> reasonings = {};
};

//! The output items of a response by output_index: the one key that gateways leave alone. Some
//! give every event another item_id, some change the call_id on the way.
class ResponseItems
{
public:
    //! More items than any answer has; a hostile index must not grow the table.
    static constexpr int LargestIndex = 100'000;

    //! The item an event belongs to: by its output_index, else by its item_id, else the last one.
    ResponseItem &itemOf(int outputIndex, const QString &itemId);
    ResponseItem &itemOf(const QJsonObject &event);
    //! The item of an event that carries the item itself, whose id is remembered.
    ResponseItem &itemOf(const QJsonObject &event, const QJsonObject &item);
    //! Items of the final response that the stream has not brought: some gateways leave the list
    //! empty, some items only ever stand there.
    QList<QJsonObject> missing(const QJsonArray &output);

    const std::map<int, ResponseItem> &all() const { return m_items; }
    //! The finished items, as they came.
    QJsonArray verbatim() const;

private:
    ResponseItem &at(int index);

    std::map<int, ResponseItem> m_items;
    QHash<QString, int> m_indexOfId;
    int m_last = 0;
};

//! Whether, and by whom, an item of this type is run.
ResponseItem::Kind kindOfItem(const QString &type);
//! What a call that OpenAI runs itself is called: "web_search" for a web_search_call.
QString nameOfProviderCall(const QJsonObject &item);
//! What it was asked to do, as JSON.
QString argumentsOfProviderCall(const QJsonObject &item);

} // namespace Maestro::OpenAi
