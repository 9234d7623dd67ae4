// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "check/doctor.h"

#include <QString>

namespace Maestro {

class Composition;

//! What the connection check looks at: this computer, and the way to one provider, or to all where
//! `providerId` is empty.
Probes makeProbes(const Composition &composition, const QString &providerId = {});

} // namespace Maestro
