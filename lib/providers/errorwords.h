// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

namespace Maestro {

//! The sentence and the advice for an error a provider reported. `provider` is its name.
Error describeError(Error::Kind kind, const QString &provider);
//! Whether it makes sense to try the same again later.
bool waitingHelps(Error::Kind kind);

} // namespace Maestro
