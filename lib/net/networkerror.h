// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

class QNetworkReply;

namespace Maestro {

//! What kept a request from being answered, in plain words with the host's name. For replies that
//! carry no HTTP status; what a status means is the provider's matter.
Error describeNetworkError(const QNetworkReply &reply);

} // namespace Maestro
