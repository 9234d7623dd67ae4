// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"
#include "providers/reportederror.h"

namespace Maestro::OpenAi {

//! Knows the words of OpenAI and of the gateways that speak like it.
Error::Kind errorKind(const ReportedError &error, int status);
//! For OpenAI itself; other servers have words of their own.
ErrorReading errorReading(const QString &provider);
Error readError(const Provider &provider, const HttpReply &reply);

} // namespace Maestro::OpenAi
