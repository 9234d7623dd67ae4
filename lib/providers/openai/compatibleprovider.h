// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"
#include "core/result.h"

//! Servers that speak OpenAI's Chat Completions: on this computer, in a company, or elsewhere.
namespace Maestro::OpenAi {

//! Provider::id of them all; AccountKey::accountId is the base address of one of them.
inline constexpr QLatin1StringView CompatibleId("compatible");

//! The base address that a person typed, in the one form in which it is kept and shown: https, or
//! http on this computer (the scheme may be left out); the name as it goes over the wire
//! ("xn--…"); no slash at the end. `/v1` is neither added nor taken away. InvalidRequest says what
//! is wrong with it.
Result<QUrl> readBaseUrl(const QString &typed);

//! The row of one server. `baseUrl` is what readBaseUrl() gave.
Provider compatibleProvider(const QUrl &baseUrl);

} // namespace Maestro::OpenAi
