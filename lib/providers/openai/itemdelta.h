// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/serversentevent.h"

#include <QJsonObject>

#include <optional>

namespace Maestro {
class DeltaJson;
}

namespace Maestro::OpenAi {

//! A piece of a response's output item, as nearly all events of a response bring it.
struct ItemDelta
{
    enum class Kind { Text, Refusal, Summary, Reasoning, ClientArguments, ProviderArguments };

    Kind kind = Kind::Text;
    //! Whether the event says of which item it is, and how it does.
    bool hasIndex = false;
    int outputIndex = -1;
    QString itemId = {};
    int part = 0; //!< content_index or summary_index
    QString text = {};
};

//! Nothing if the event is another one.
std::optional<ItemDelta> itemDelta(const QString &kind, const QJsonObject &event);
//! The same in much less time; nothing also if the event must be read as a whole.
std::optional<ItemDelta> itemDelta(DeltaJson &json, const ServerSentEvent &event);

} // namespace Maestro::OpenAi
