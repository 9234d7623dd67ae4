// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practicetools.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

constexpr int MaxDepth = 5; // of a schema that nests without end

QString textFor(const QString &name, int variant)
{
    struct Example
    {
        QLatin1StringView word;
        std::array<QLatin1StringView, 2> values;
    };
    static constexpr std::array<Example, 6> Examples{{
        {"city"_L1, {"Lisbon"_L1, "Oslo"_L1}},
        {"location"_L1, {"Lisbon"_L1, "Oslo"_L1}},
        {"country"_L1, {"Portugal"_L1, "Norway"_L1}},
        {"query"_L1, {"opening hours"_L1, "how to get there"_L1}},
        {"path"_L1, {"README.md"_L1, "CHANGELOG.md"_L1}},
        {"url"_L1, {"https://example.org/"_L1, "https://example.com/"_L1}},
    }};
    for (const Example &example : Examples) {
        if (name.contains(example.word, Qt::CaseInsensitive)) {
            return example.values[static_cast<size_t>(variant)];
        }
    }
    return variant == 0 ? u"first example"_s : u"second example"_s;
}

QString typeOf(const QJsonObject &schema)
{
    const QJsonValue type = schema.value("type"_L1);
    // ["string", "null"] is how optional members are written in strict schemas.
    return type.isArray() ? type.toArray().first().toString() : type.toString();
}

QJsonValue valueFor(const QString &name, const QJsonObject &schema, int variant, int depth);

QJsonObject objectFor(const QJsonObject &schema, int variant, int depth)
{
    QJsonObject object;
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    for (auto property = properties.begin(); property != properties.end() && depth < MaxDepth;
         ++property) {
        object.insert(property.key(),
                      valueFor(property.key(), property->toObject(), variant, depth + 1));
    }
    return object;
}

QJsonValue valueFor(const QString &name, const QJsonObject &schema, int variant, int depth)
{
    const QJsonArray choices = schema.value("enum"_L1).toArray();
    if (!choices.isEmpty()) {
        return choices.at(variant % choices.size());
    }
    const QString type = typeOf(schema);
    if (type == "integer"_L1) {
        return variant + 2;
    }
    if (type == "number"_L1) {
        return variant + 2.5;
    }
    if (type == "boolean"_L1) {
        return variant == 0;
    }
    if (type == "array"_L1) {
        return depth < MaxDepth
            ? QJsonArray{valueFor(name, schema.value("items"_L1).toObject(), variant, depth + 1)}
            : QJsonArray();
    }
    if (type == "object"_L1) {
        return objectFor(schema, variant, depth);
    }
    return type == "null"_L1 ? QJsonValue() : QJsonValue(textFor(name, variant));
}

} // namespace

QList<Call> makeCalls(const QJsonArray &tools)
{
    QList<QJsonObject> functions;
    for (const QJsonValue &tool : tools) {
        if (tool["type"_L1].toString() == "function"_L1 && !tool["name"_L1].toString().isEmpty()) {
            functions.append(tool.toObject());
        }
    }
    QList<Call> calls;
    for (int variant = 0; variant < 2 && !functions.isEmpty(); ++variant) {
        const QJsonObject &function = functions.at(functions.size() > 1 ? variant : 0);
        calls.append({function.value("name"_L1).toString(),
                      objectFor(function.value("parameters"_L1).toObject(), variant, 0)});
    }
    return calls;
}

QList<Call> undeclaredCalls()
{
    return {{u"get_weather"_s, {{u"city"_s, u"Lisbon"_s}, {u"unit"_s, u"celsius"_s}}},
            {u"search_documents"_s, {{u"query"_s, u"tram lines in Lisbon"_s}, {u"limit"_s, 3}}}};
}

} // namespace Maestro::Practice
