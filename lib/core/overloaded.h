// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Maestro {

//! Makes one visitor out of lambdas: std::visit(Overloaded{[](A) {…}, [](B) {…}}, variant).
template <typename... Visitors>
struct Overloaded : Visitors...
{
    using Visitors::operator()...;
};
//! Clang before 17 cannot deduce an aggregate.
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

} // namespace Maestro
