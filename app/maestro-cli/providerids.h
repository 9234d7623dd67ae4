// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Maestro::Cli {

//! The ids of all providers as a person reads a list, "openai, anthropic or gemini": those of the
//! registry, in its order, then `further`.
QString providerIds(const QStringList &further = {});

//! The same with the compatible servers, for commands that ask one.
QString providerIdsWithCompatible();

//! What is said to an id that is none of `ids`.
QString wrongProvider(const QString &ids);

} // namespace Maestro::Cli
