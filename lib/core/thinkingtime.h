// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answerclock.h"
#include "core/streammessage.h"

namespace Maestro {

//! How long a model thinks, as the messages of its answer tell: from the first words of reasoning
//! until something else comes. One object per answer.
class ThinkingTime
{
public:
    explicit ThinkingTime(AnswerClock::Now now = AnswerClock::steadyNow);

    //! The messages as they came, and where thinking ended, how long it took: Reasoning::took.
    StreamMessages timed(const StreamMessages &messages);

private:
    AnswerClock m_clock;
    //! What was thought last.
    int m_part = 0;
};

} // namespace Maestro
