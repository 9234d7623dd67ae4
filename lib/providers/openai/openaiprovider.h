// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

namespace Maestro::OpenAi {

Provider responsesProvider();
Provider chatProvider();

//! Those that can chat, newest first.
QStringList readModels(const QByteArray &body);

} // namespace Maestro::OpenAi
