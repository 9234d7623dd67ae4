// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

namespace Maestro::Gemini {

Provider provider();

//! Those that generate text, without the "models/" before their names.
QStringList readModels(const QByteArray &body);

} // namespace Maestro::Gemini
