// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

#include <QList>

#include <optional>

namespace Maestro {

//! Every real provider, one row for each of its interfaces; a provider's first row is its default.
QList<Provider> allProviders();

//! The row of that id and interface; with no interface named, the provider's first.
std::optional<Provider> findProvider(const QList<Provider> &providers, QStringView id,
                                     QStringView api = {});

} // namespace Maestro
