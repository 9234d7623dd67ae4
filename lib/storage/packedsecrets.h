// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credential.h"

namespace Maestro {

//! An account's secrets as the bytes that get sealed.
Secret pack(const AccountSecrets &secrets);
//! Nothing, unless the bytes are exactly what pack() makes.
std::optional<AccountSecrets> unpack(const Secret &packed);

} // namespace Maestro
