// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Maestro {

//! Keeps secrets out of what Qt and we log, whatever QT_LOGGING_RULES says. Qt's own sign-in
//! classes print addresses with code and state, and bodies with tokens, at the default level: their
//! categories are silenced. Everything else passes through OAuth::redacted(). To be called once,
//! first thing in main(); a message handler installed later is on its own.
void installLogRedaction();
//! Says nothing any more. For the end of main(): Qt logs on while its own statics, which redaction
//! and printing need, are being destroyed.
void silenceLog();

} // namespace Maestro
