// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/gemini/partialarguments.h"

#include <optional>
#include <variant>

using namespace Qt::StringLiterals;

namespace Maestro::Gemini {

namespace {

//! Deeper or longer than any function's arguments; a hostile path must not grow the tree.
constexpr int DepthLimit = 64;
constexpr int LargestIndex = 100'000;

using Step = std::variant<QString, int>;

//! Takes the next step off the front of a path such as ".name[3]['other name']".
std::optional<Step> takeStep(QStringView &path)
{
    if (path.startsWith(u'.')) {
        qsizetype end = 1;
        while (end < path.size() && path[end] != u'.' && path[end] != u'[') {
            ++end;
        }
        const QString name = path.sliced(1, end - 1).toString();
        path = path.sliced(end);
        return name.isEmpty() ? std::nullopt : std::optional<Step>(name);
    }
    const qsizetype close = path.startsWith(u'[') ? path.indexOf(u']') : -1;
    if (close < 2) {
        return {};
    }
    const QStringView inside = path.sliced(1, close - 1);
    path = path.sliced(close + 1);
    const QChar quote = inside.front();
    if (quote == u'\'' || quote == u'"') {
        return inside.size() > 2 && inside.endsWith(quote)
            ? std::optional<Step>(inside.sliced(1, inside.size() - 2).toString())
            : std::nullopt;
    }
    bool isNumber = false;
    const int index = inside.toInt(&isNumber);
    return isNumber && index >= 0 && index <= LargestIndex ? std::optional<Step>(index)
                                                           : std::nullopt;
}

} // namespace

PartialArguments::PartialArguments(const QJsonObject &initial)
    : m_initial(initial)
{ }

void PartialArguments::take(const QJsonArray &pieces)
{
    for (const QJsonValue &piece : pieces) {
        const QString path = piece["jsonPath"_L1].toString();
        Node *node = nodeAt(path);
        if (!node) {
            continue;
        }
        if (const QJsonValue text = piece["stringValue"_L1]; text.isString()) {
            node->isText = true;
            node->text += text.toString();
        } else if (const QJsonValue number = piece["numberValue"_L1]; number.isDouble()) {
            node->value = number;
        } else if (const QJsonValue truth = piece["boolValue"_L1]; truth.isBool()) {
            node->value = truth;
        }
    }
}

QJsonObject PartialArguments::json() const
{
    QJsonObject arguments = m_initial;
    for (const auto &[name, node] : m_root.members) {
        arguments.insert(name, node->json());
    }
    return arguments;
}

PartialArguments::Node *PartialArguments::nodeAt(QStringView path)
{
    if (!path.startsWith(u'$') || path.size() == 1) {
        return nullptr;
    }
    path = path.sliced(1);
    Node *node = &m_root;
    for (int depth = 0; !path.isEmpty(); ++depth) {
        const std::optional<Step> step = takeStep(path);
        if (!step || depth == DepthLimit) {
            return nullptr;
        }
        const auto *name = std::get_if<QString>(&*step);
        std::unique_ptr<Node> &next
            = name ? node->members[*name] : node->elements[std::get<int>(*step)];
        if (!next) {
            next = std::make_unique<Node>();
        }
        node = next.get();
    }
    return node;
}

QJsonValue PartialArguments::Node::json() const
{
    if (!members.empty()) {
        QJsonObject object;
        for (const auto &[name, node] : members) {
            object.insert(name, node->json());
        }
        return object;
    }
    if (!elements.empty()) {
        QJsonArray array;
        for (const auto &[index, node] : elements) {
            array.append(node->json());
        }
        return array;
    }
    return isText ? QJsonValue(text) : value;
}

} // namespace Maestro::Gemini
