// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace Maestro::Practice {

//! How fast answers come. The default reads pleasantly: about sixty pieces of a word or two a
//! second.
struct Pace
{
    int charactersPerDelta = 5;
    std::chrono::milliseconds between{16}; //!< 0: as fast as the connection takes it

    friend bool operator==(const Pace &, const Pace &) = default;
};

} // namespace Maestro::Practice
