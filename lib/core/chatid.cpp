// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chatid.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>
#include <atomic>

namespace Maestro {

namespace {

//! The milliseconds take the rest of 63 bits until the year 2248.
constexpr int RandomBits = 20;

} // namespace

ChatId newChatId()
{
    static std::atomic<ChatId> last{0};
    const ChatId wanted = (QDateTime::currentMSecsSinceEpoch() << RandomBits)
        | QRandomGenerator::global()->bounded(1 << RandomBits);
    ChatId before = last.load();
    ChatId id = 0;
    do {
        id = std::max(wanted, before + 1);
    } while (!last.compare_exchange_weak(before, id));
    return id;
}

} // namespace Maestro
