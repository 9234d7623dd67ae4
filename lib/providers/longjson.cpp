// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/longjson.h"

#include "core/utf8.h"

#include <QJsonArray>

#include <simdjson.h>

namespace Maestro {

namespace {

using simdjson::dom::element_type;

QString textOf(std::string_view utf8)
{
    return decodeUtf8({utf8.data(), static_cast<qsizetype>(utf8.size())});
}

QJsonValue valueOf(simdjson::dom::element element);

QJsonObject objectOf(simdjson::dom::object members)
{
    QJsonObject object;
    for (const auto &[key, value] : members) {
        object.insert(textOf(key), valueOf(value));
    }
    return object;
}

// The parser allows no more levels than QJsonDocument does.
QJsonValue valueOf(simdjson::dom::element element)
{
    switch (element.type()) {
    case element_type::OBJECT:
        return objectOf(element.get_object().value_unsafe());
    case element_type::ARRAY: {
        QJsonArray array;
        const simdjson::dom::array values = element.get_array().value_unsafe();
        for (const simdjson::dom::element value : values) {
            array.append(valueOf(value));
        }
        return array;
    }
    case element_type::STRING:
        return textOf(element.get_string().value_unsafe());
    case element_type::INT64:
        return QJsonValue(qint64(element.get_int64().value_unsafe()));
    case element_type::UINT64:
    case element_type::DOUBLE:
        return element.get_double().value_unsafe();
    case element_type::BOOL:
        return element.get_bool().value_unsafe();
    case element_type::NULL_VALUE:
        break;
    }
    return QJsonValue::Null;
}

} // namespace

std::optional<QJsonObject> readLongJson(QByteArrayView json)
{
    if (json.isEmpty() || json.contains("\xEF\xBB\xBF")) {
        return {}; // the library copies no null; QJsonDocument drops a byte order mark at times
    }
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    const auto problem
        = parser.parse(json.data(), static_cast<std::size_t>(json.size())).get(object);
    return problem == simdjson::SUCCESS ? std::optional(objectOf(object)) : std::nullopt;
}

} // namespace Maestro
