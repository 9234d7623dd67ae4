// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <simdjson.h>
#include <string_view>

namespace Maestro {

//! Reads the small events that an answer consists of with simdjson, in a tenth of the time that
//! QJsonDocument takes. It may refuse any event, and readEvent() then reads it; what it does read
//! must be what readEvent() would have read.
class DeltaJson
{
public:
    using Object = simdjson::dom::object;
    using Value = std::optional<simdjson::dom::element>;
    template <std::size_t N>
    using Members = std::array<Value, N>;

    //! Pieces of text are shorter; what is longer comes seldom.
    static constexpr qsizetype LongestEvent = 4 * 1024;

    //! The object is valid until the next call.
    std::optional<Object> read(QByteArrayView json);

    //! The members of the first N names; of several with one name the last, as in a QJsonObject.
    //! Nothing if there is a member of none of all the names: whatever it means, readEvent()'s way
    //! knows it.
    template <std::size_t N, typename... Names>
    static std::optional<Members<N>> members(Object object, const Names &...names);

    static bool isNothing(const Value &value) { return !value || value->is_null(); }
    //! Whole numbers alone.
    static std::optional<int> number(const Value &value);
    static std::optional<std::string_view> string(const Value &value);
    static std::optional<QString> text(const Value &value);
    static std::optional<Object> object(const Value &value);
    //! The object in an array of one.
    static std::optional<Object> onlyObject(const Value &value);

private:
    //! Their length is known when this is compiled, which makes the comparison a few instructions.
    template <std::size_t Size>
    static bool isName(std::string_view key, const char (&name)[Size])
    {
        return key.size() == Size - 1 && std::memcmp(key.data(), name, Size - 1) == 0;
    }

    simdjson::dom::parser m_parser;
};

template <std::size_t N, typename... Names>
std::optional<DeltaJson::Members<N>> DeltaJson::members(Object object, const Names &...names)
{
    static_assert(N <= sizeof...(names));
    std::array<Value, sizeof...(names)> found;
    for (const auto &[key, value] : object) {
        std::size_t place = 0;
        if (!((isName(key, names) || (++place, false)) || ...)) {
            return {};
        }
        found[place] = value;
    }
    Members<N> wanted;
    std::copy_n(found.begin(), N, wanted.begin());
    return wanted;
}

} // namespace Maestro
