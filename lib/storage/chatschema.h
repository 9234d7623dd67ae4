// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "storage/databaseschema.h"

namespace Maestro {

DatabaseSchema chatSchema();

} // namespace Maestro
