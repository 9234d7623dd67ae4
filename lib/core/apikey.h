// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"
#include "core/result.h"

namespace Maestro {

//! What was typed or pasted as an API key, as it is sent: without what a paste brings along at its
//! ends. InvalidRequest says why it can be none.
Result<Secret> readTypedKey(const Secret &typed);

//! What tells the keys of one provider apart: a few digits of its hash, from which nobody can get
//! back to the key. The same key has the same id.
QString accountIdOf(const Secret &apiKey);

//! "This looks like a key of Anthropic." Empty if it looks like this provider's own, or like
//! nobody's. Looks prove nothing: the key may be tried all the same.
QString doubtAboutKey(const Provider &provider, const QList<Provider> &providers,
                      const Secret &apiKey);

} // namespace Maestro
