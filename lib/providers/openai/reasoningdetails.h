// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

namespace Maestro::OpenAi {

//! OpenRouter's reasoning_details: what it wants back in the next turn, streamed in pieces. Pieces
//! of the same entry are put together again; signatures and encrypted data stay as they came.
class ReasoningDetails
{
public:
    void take(const QJsonArray &pieces);
    QJsonArray verbatim() const;

private:
    struct Entry
    {
        QJsonObject fields;
        QString text = {};
        QLatin1StringView textKey
            = {}; //!< the member that is streamed; empty if the entry is whole
    };

    QList<Entry> m_entries;
};

} // namespace Maestro::OpenAi
