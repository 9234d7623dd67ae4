// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <utility>
#include <variant>

namespace Maestro {

//! A value or an Error; stands in for std::expected until C++23.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result() = default; //!< An Unknown error; exists because QVariant default-constructs.
    Result(T value) // NOLINT(google-explicit-constructor): reads as `return value;`
        : m_state(std::in_place_index<1>, std::move(value))
    { }
    Result(Error error) // NOLINT(google-explicit-constructor): reads as `return Error{…};`
        : m_state(std::in_place_index<0>, std::move(error))
    { }

    explicit operator bool() const { return m_state.index() == 1; }

    const T &operator*() const & { return std::get<1>(m_state); }
    T &operator*() & { return std::get<1>(m_state); }
    T &&operator*() && { return std::get<1>(std::move(m_state)); }
    const T *operator->() const { return &std::get<1>(m_state); }
    T *operator->() { return &std::get<1>(m_state); }

    const Error &error() const { return std::get<0>(m_state); }

    friend bool operator==(const Result &, const Result &) = default;

private:
    std::variant<Error, T> m_state;
};

} // namespace Maestro
