// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <optional>

class QNetworkReply;

namespace Maestro {

class NetworkPresence;

//! Has the reply know, should it fail, who says whether there is a network, and whether it was sent
//! at all. `presence` must outlive it.
void rememberPresence(QNetworkReply &reply, NetworkPresence &presence);

//! That there is no network, where the system says so and that is why the request has reached
//! nobody. Nothing for one to this computer, for one that may have been sent, and where somebody
//! has answered, be it with a refusal.
std::optional<Error> describeOffline(const QNetworkReply &reply);

} // namespace Maestro
