// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Maestro {

//! What a conversation, or a message, is called. 0 is none.
using ChatId = qint64;

//! A new one: greater than all that this process has made, and others' by chance as good as never
//! the same. They sort by the time they were made at.
ChatId newChatId();

} // namespace Maestro
