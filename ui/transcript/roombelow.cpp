// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/roombelow.h"

#include <algorithm>

namespace Maestro {

namespace {

//! Two lines may come at once; so many moves that follow one another fast are no chance.
constexpr int FastMoves = 4;
//! Frames for which there is room.
constexpr int FramesOfRoom = 3;
//! Of the height that is seen, what it takes at most.
constexpr int MostRoomPart = 2;

} // namespace

void RoomBelow::end(bool isRead)
{
    m_isAnswering = false;
    if (!isRead) {
        drop();
    }
}

void RoomBelow::makeFor(const Move &move)
{
    const bool isFast = m_lastMoveAt
        && (move.at - *m_lastMoveAt) * move.screen < std::chrono::seconds(m_lastMove);
    m_fastMoves = isFast ? m_fastMoves + 1 : 0;
    if (m_fastMoves >= FastMoves && move.grown > 0) {
        m_height = move.height + FramesOfRoom * move.grown;
    }
    m_lastMoveAt = move.at;
}

int RoomBelow::below(int height, int screen) const
{
    return std::clamp(m_height - height, 0, screen / MostRoomPart);
}

} // namespace Maestro
