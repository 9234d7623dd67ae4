// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answerclock.h"

#include <optional>

namespace Maestro {

//! What is left empty below an answer that comes so fast that each frame would move all that is
//! seen. What goes by faster than a screen a second is not read; to move it by several lines at
//! once, as terminals do (xterm calls it a jump scroll), is calmer than to move it sixty times a
//! second, and takes less of the processor. Heights are in pixels.
class RoomBelow
{
public:
    //! How the end of an answer goes out of sight.
    struct Move
    {
        AnswerClock::Milliseconds at{0};
        int screen = 0; //!< the height that is seen
        int height = 0; //!< of all there is
        int grown = 0; //!< by which that is more than it was
    };

    //! An answer comes in: there may be room from now on.
    void begin() { m_isAnswering = true; }
    //! No more of it is made. What there is stays if it is seen by somebody who reads.
    void end(bool isRead);
    void drop() { m_height = 0; }

    //! Makes some if the answer comes fast.
    void makeFor(const Move &move);
    //! What is to be said after makeFor(): by how much all was moved.
    void noteMoved(int by) { m_lastMove = by; }
    bool isWanted() const { return m_isAnswering; }
    //! With so much there, on such a screen.
    int below(int height, int screen) const;

private:
    bool m_isAnswering = false;
    int m_height = 0; //!< which all takes at least
    int m_lastMove = 0;
    std::optional<AnswerClock::Milliseconds> m_lastMoveAt;
    int m_fastMoves = 0; //!< that followed one another
};

} // namespace Maestro
