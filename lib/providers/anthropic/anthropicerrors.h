// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"
#include "providers/reportederror.h"

namespace Maestro::Anthropic {

Error::Kind errorKind(const ReportedError &error, int status);
ErrorReading errorReading(const QString &provider);
Error readError(const Provider &provider, const HttpReply &reply);

} // namespace Maestro::Anthropic
