// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/deltajson.h"

#include "core/utf8.h"

#include <limits>

namespace Maestro {

std::optional<DeltaJson::Object> DeltaJson::read(QByteArrayView json)
{
    if (json.isEmpty() || json.size() > LongestEvent) {
        return {};
    }
    Object object;
    const auto problem
        = m_parser.parse(json.data(), static_cast<std::size_t>(json.size())).get(object);
    return problem == simdjson::SUCCESS ? std::optional(object) : std::nullopt;
}

std::optional<int> DeltaJson::number(const Value &value)
{
    std::int64_t number = 0;
    const bool isNumber = value && value->get(number) == simdjson::SUCCESS;
    return isNumber && number >= std::numeric_limits<int>::min()
            && number <= std::numeric_limits<int>::max()
        ? std::optional(static_cast<int>(number))
        : std::nullopt;
}

std::optional<std::string_view> DeltaJson::string(const Value &value)
{
    std::string_view string;
    return value && value->get(string) == simdjson::SUCCESS ? std::optional(string) : std::nullopt;
}

std::optional<DeltaJson::Object> DeltaJson::object(const Value &value)
{
    Object object;
    return value && value->get(object) == simdjson::SUCCESS ? std::optional(object) : std::nullopt;
}

std::optional<DeltaJson::Object> DeltaJson::onlyObject(const Value &value)
{
    simdjson::dom::array array;
    if (!value || value->get(array) != simdjson::SUCCESS || array.size() != 1) {
        return {};
    }
    return object(*array.begin());
}

std::optional<QString> DeltaJson::text(const Value &value)
{
    const auto utf8 = string(value);
    if (!utf8 || utf8->starts_with("\xEF\xBB\xBF")) {
        return {}; // QJsonDocument drops a byte order mark at times
    }
    return decodeUtf8(QByteArrayView(utf8->data(), static_cast<qsizetype>(utf8->size())));
}

} // namespace Maestro
