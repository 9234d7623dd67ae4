// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"

#include <utility>

namespace Maestro {

//! What has come of an answer and is not shown yet. Pieces that go on with one another become one:
//! in a burst thousands of them come at once.
class PendingMessages
{
public:
    void add(const StreamMessages &messages);
    //! As much as can be shown in one frame.
    StreamMessages takeFrame();
    StreamMessages takeAll() { return std::exchange(m_messages, {}); }
    void clear() { m_messages.clear(); }
    bool isEmpty() const { return m_messages.isEmpty(); }

private:
    StreamMessages m_messages;
};

} // namespace Maestro
