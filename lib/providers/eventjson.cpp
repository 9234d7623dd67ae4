// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/eventjson.h"

#include "core/utf8.h"
#include "providers/longjson.h"
#include "providers/plaintext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! So much of an unreadable event is shown.
constexpr qsizetype ExcerptLimit = 200;
//! From here on the time that readLongJson() saves counts.
constexpr qsizetype LongEvent = 32 * 1024;
//! More tokens than were ever counted; such counts can still be added up.
constexpr qint64 MostTokens = 1'000'000'000'000'000;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

Error unreadable(const QByteArray &data, const QString &reason)
{
    const QString excerpt
        = decodeUtf8(QByteArrayView(data).first(std::min(data.size(), ExcerptLimit)));
    return {Error::Kind::InvalidResponse,
            Tr::tr("A piece of the answer could not be read and was skipped."),
            {},
            plainText(reason + u": "_s + excerpt)};
}

} // namespace

bool isEmptyEvent(const ServerSentEvent &event)
{
    // Only short data can be blank or the end mark; the rest is not looked through.
    constexpr qsizetype LongestMark = 32;
    if (event.data.size() > LongestMark) {
        return false;
    }
    const QByteArray data = event.data.trimmed();
    return data.isEmpty() || data == "[DONE]";
}

Result<QJsonObject> readEvent(const ServerSentEvent &event)
{
    if (event.data.size() >= LongEvent) {
        if (const auto object = readLongJson(event.data)) {
            return *object;
        }
    }
    QJsonParseError problem;
    QJsonDocument document = QJsonDocument::fromJson(event.data, &problem);
    if (problem.error != QJsonParseError::NoError) {
        // QJsonDocument rejects a text for one byte that is not UTF-8.
        const QByteArray repaired = repairUtf8(event.data);
        if (repaired != event.data) {
            document = QJsonDocument::fromJson(repaired, &problem);
        }
    }
    if (problem.error != QJsonParseError::NoError) {
        return unreadable(event.data, problem.errorString());
    }
    if (!document.isObject()) {
        return unreadable(event.data, u"not a JSON object"_s);
    }
    return document.object();
}

StreamFault skippedEvent(const Error &error) { return {false, error}; }

QString eventKind(const QJsonObject &object, const ServerSentEvent &event)
{
    const QString type = object["type"_L1].toString();
    return type.isEmpty() ? decodeUtf8(event.type) : type;
}

std::optional<qint64> tokenCount(const QJsonValue &value)
{
    const qint64 count = value.toInteger(-1);
    return count < 0 || count > MostTokens ? std::nullopt : std::optional(count);
}

std::optional<qint64> sumOf(std::optional<qint64> a, std::optional<qint64> b)
{
    if (!a && !b) {
        return {};
    }
    return a.value_or(0) + b.value_or(0);
}

QString jsonText(const QJsonValue &value)
{
    if (value.isObject()) {
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    }
    if (value.isArray()) {
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    }
    return value.toString();
}

bool isJsonObject(const QString &text) { return QJsonDocument::fromJson(text.toUtf8()).isObject(); }

} // namespace Maestro
