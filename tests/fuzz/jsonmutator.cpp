// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Changes JSON within the bytes so that it stays JSON: bytes changed at random are nearly always
// refused by the JSON parser, and what stands behind it would never be reached. Half of the time
// the bytes are changed as libFuzzer does it.

#include <QByteArrayList>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <random>

using namespace Qt::StringLiterals;

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *bytes, std::size_t size, std::size_t maxSize);

namespace {

class Dice
{
public:
    explicit Dice(unsigned seed)
        : m_random(seed)
    { }
    //! From 0 up to, and without, the count.
    qsizetype below(qsizetype count)
    {
        return std::uniform_int_distribution<qsizetype>(0, count - 1)(m_random);
    }
    bool oneIn(qsizetype count) { return below(count) == 0; }

private:
    std::minstd_rand m_random;
};

const QJsonArray &oddValues()
{
    static const QJsonArray values{QJsonValue(),
                                   true,
                                   false,
                                   0,
                                   1,
                                   -1,
                                   0.5,
                                   1e300,
                                   100'000,
                                   2147483648.0,
                                   std::numeric_limits<qint64>::max(),
                                   std::numeric_limits<qint64>::min(),
                                   u""_s,
                                   u"a"_s,
                                   u"{}"_s,
                                   u"[DONE]"_s,
                                   QString(300, u'x'),
                                   u"\u202e\u0007\n"_s,
                                   QString(QChar(0xD800)),
                                   QJsonArray(),
                                   QJsonArray{QJsonArray{1}, u"a"_s},
                                   QJsonObject(),
                                   QJsonObject{{u"type"_s, u"text"_s}}};
    return values;
}

//! Everything in a value, itself included.
void collect(const QJsonValue &value, QJsonArray &into)
{
    into.append(value);
    const QJsonArray array = value.toArray();
    for (const QJsonValue &element : array) {
        collect(element, into);
    }
    const QJsonObject object = value.toObject();
    for (const QJsonValue &member : object) {
        collect(member, into);
    }
}

class JsonMutation
{
public:
    JsonMutation(const QJsonValue &document, Dice &dice)
        : m_dice(dice)
    {
        collect(document, m_nodes);
    }

    QJsonValue changed(const QJsonValue &document)
    {
        m_left = m_dice.below(m_nodes.size());
        return walked(document);
    }

private:
    //! The value with its m_left-th node changed.
    QJsonValue walked(const QJsonValue &value)
    {
        if (m_left-- == 0) {
            return replaced(value);
        }
        if (value.isArray()) {
            QJsonArray array = value.toArray();
            for (qsizetype i = 0; i < array.size() && m_left >= 0; ++i) {
                array[i] = walked(array.at(i));
            }
            return array;
        }
        if (value.isObject()) {
            QJsonObject object = value.toObject();
            const QStringList keys = object.keys();
            for (const QString &key : keys) {
                if (m_left >= 0) {
                    object[key] = walked(object[key]);
                }
            }
            return object;
        }
        return value;
    }

    QJsonValue replaced(const QJsonValue &value)
    {
        if (value.isString() && !m_dice.oneIn(3)) {
            return changedText(value.toString());
        }
        if (value.isArray() && !m_dice.oneIn(4)) {
            return changedArray(value.toArray());
        }
        if (value.isObject() && !m_dice.oneIn(4)) {
            return changedObject(value.toObject());
        }
        return anything();
    }

    QJsonValue anything()
    {
        const QJsonArray &from = m_dice.oneIn(2) ? m_nodes : oddValues();
        return from.at(m_dice.below(from.size()));
    }

    //! By libFuzzer, which knows the dictionary.
    static QString changedText(const QString &text)
    {
        constexpr qsizetype More = 64;
        QByteArray bytes = text.toUtf8();
        const qsizetype size = bytes.size();
        bytes.resize(size + More);
        const auto newSize = LLVMFuzzerMutate(reinterpret_cast<std::uint8_t *>(bytes.data()),
                                              static_cast<std::size_t>(size),
                                              static_cast<std::size_t>(bytes.size()));
        return QString::fromUtf8(bytes.first(static_cast<qsizetype>(newSize)));
    }

    QJsonValue changedArray(QJsonArray array)
    {
        if (array.isEmpty() || m_dice.oneIn(3)) {
            array.insert(m_dice.below(array.size() + 1), anything());
        } else if (const qsizetype at = m_dice.below(array.size()); m_dice.oneIn(2)) {
            array.removeAt(at);
        } else {
            array.insert(at, array.at(at));
        }
        return array;
    }

    QJsonValue changedObject(QJsonObject object)
    {
        const QStringList keys = object.keys();
        if (keys.isEmpty()) {
            return QJsonObject{{u"error"_s, anything()}};
        }
        const QString key = keys.at(m_dice.below(keys.size()));
        switch (m_dice.below(3)) {
        case 0:
            object.remove(key);
            break;
        case 1:
            object.insert(changedText(key), object.take(key));
            break;
        default:
            object.insert(key, anything());
        }
        return object;
    }

    Dice &m_dice;
    QJsonArray m_nodes;
    qsizetype m_left = 0;
};

QByteArray textOf(const QJsonValue &value)
{
    return value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                           : QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

//! The JSON at the end of the text, behind "data:" or nothing, changed; nothing, if there is none.
std::optional<QByteArray> withOtherJson(const QByteArray &text, Dice &dice)
{
    const qsizetype start = text.startsWith("data:") ? (text.startsWith("data: ") ? 6 : 5) : 0;
    const QJsonDocument document = QJsonDocument::fromJson(text.mid(start));
    if (document.isNull()) {
        return std::nullopt;
    }
    const QJsonValue value = document.isArray() ? QJsonValue(document.array()) : document.object();
    return text.left(start) + textOf(JsonMutation(value, dice).changed(value));
}

//! One line, or all lines from there on, with other JSON; or the lines in another order.
std::optional<QByteArray> mutated(const QByteArray &bytes, Dice &dice)
{
    QByteArrayList lines = bytes.split('\n');
    const qsizetype place = dice.below(lines.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const qsizetype at = (place + i) % lines.size();
        if (lines.at(at).size() < 2) {
            continue;
        }
        if (const auto line = withOtherJson(lines.at(at), dice)) {
            lines[at] = *line;
            return lines.join('\n');
        }
        if (lines.at(at).startsWith('{') || lines.at(at).startsWith('[')) {
            if (const auto rest = withOtherJson(lines.mid(at).join('\n'), dice)) {
                return (lines.mid(0, at) << *rest).join('\n');
            }
        }
    }
    return std::nullopt;
}

//! What stands between blank lines, one of them taken out, doubled or moved.
QByteArray withOtherOrder(QByteArray bytes, Dice &dice)
{
    const bool isCrLf = bytes.contains("\r\n");
    QList<QByteArray> events;
    for (qsizetype from = 0; from >= 0 && from < bytes.size();) {
        const QByteArray gap = isCrLf ? "\r\n\r\n" : "\n\n";
        const qsizetype found = bytes.indexOf(gap, from);
        const qsizetype end = found < 0 ? bytes.size() : found + gap.size();
        events.append(bytes.sliced(from, end - from));
        from = end;
    }
    if (events.isEmpty()) {
        return bytes;
    }
    const QByteArray event = events.at(dice.below(events.size()));
    if (dice.oneIn(3)) {
        events.removeAt(dice.below(events.size()));
    }
    if (!dice.oneIn(3)) {
        events.insert(dice.below(events.size() + 1), event);
    }
    return events.join();
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *bytes, std::size_t size,
                                               std::size_t maxSize, unsigned seed)
{
    Dice dice(seed);
    if (!dice.oneIn(2)) {
        const QByteArray old(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size));
        const std::optional<QByteArray> fresh
            = dice.oneIn(4) ? withOtherOrder(old, dice) : mutated(old, dice);
        if (fresh && static_cast<std::size_t>(fresh->size()) <= maxSize) {
            std::memcpy(bytes, fresh->constData(), static_cast<std::size_t>(fresh->size()));
            return static_cast<std::size_t>(fresh->size());
        }
    }
    return LLVMFuzzerMutate(bytes, size, maxSize);
}
