// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/reasoningdetails.h"

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

QLatin1StringView streamedMember(const QJsonObject &piece)
{
    for (const QLatin1StringView key : {"text"_L1, "summary"_L1}) {
        if (piece[key].isString()) {
            return key;
        }
    }
    return {};
}

bool continues(const QJsonObject &entry, const QJsonObject &piece)
{
    return entry["type"_L1] == piece["type"_L1] && entry["index"_L1] == piece["index"_L1];
}

} // namespace

void ReasoningDetails::take(const QJsonArray &pieces)
{
    for (const QJsonValue &value : pieces) {
        QJsonObject piece = value.toObject();
        if (piece.isEmpty()) {
            continue;
        }
        const QLatin1StringView key = streamedMember(piece);
        const QString text = key.isEmpty() ? QString() : piece.take(key).toString();
        const bool mayBelong = !m_entries.isEmpty() && !m_entries.last().textKey.isEmpty()
            && continues(m_entries.last().fields, piece);
        if (!mayBelong || (key.isEmpty() && piece.contains("data"_L1))) {
            m_entries.append({piece, text, key});
            continue;
        }
        // A piece without text brings the signature of what came before it.
        Entry &entry = m_entries.last();
        entry.text += text;
        for (auto member = piece.constBegin(); member != piece.constEnd(); ++member) {
            if (!member->isNull() && entry.fields[member.key()] != *member) {
                entry.fields.insert(member.key(), *member);
            }
        }
    }
}

QJsonArray ReasoningDetails::verbatim() const
{
    QJsonArray details;
    for (const Entry &entry : m_entries) {
        QJsonObject fields = entry.fields;
        if (!entry.textKey.isEmpty()) {
            fields.insert(entry.textKey, entry.text);
        }
        details.append(fields);
    }
    return details;
}

} // namespace Maestro::OpenAi
