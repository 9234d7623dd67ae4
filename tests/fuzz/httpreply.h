// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httpmessage.h"

namespace Maestro::Fuzz {

//! A reply, made of bytes: the status on a line, a header on each of the next ones, a blank line,
//! the body.
HttpReply replyFrom(QByteArrayView bytes);

} // namespace Maestro::Fuzz
