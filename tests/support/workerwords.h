// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <cstdio>
#include <optional>

namespace Maestro {

//! A worker's word on what is durable, out before it goes on.
inline void say(const char *what, qint64 number)
{
    std::printf("%s %lld\n", what, static_cast<long long>(number));
    std::fflush(stdout);
}

//! Whether it was done; else says what the person would read.
inline bool isDone(const char *what, const std::optional<Error> &error)
{
    if (error) {
        std::printf("failed %s|%s|%s\n", what, qPrintable(error->message),
                    qPrintable(error->advice));
        std::fflush(stdout);
    }
    return !error;
}

} // namespace Maestro
