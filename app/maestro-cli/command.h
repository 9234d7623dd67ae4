// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <QString>
#include <QStringList>

namespace Maestro::Cli {

//! What the program tells the shell.
enum ExitCode {
    Succeeded = 0,
    Failed = 1, //!< it was tried and did not work
    WrongUsage = 2, //!< nothing was tried: the words were not understood
};

//! One line to stdout, UTF-8 whatever the locale.
void print(const QString &line);
//! To stdout as it is, at once.
void write(const QString &text);
//! One line to stderr: progress, errors, everything that is not the result.
void note(const QString &line);
//! To stderr as it is, at once.
void writeNote(const QString &text);

//! "maestro-cli: message advice" on stderr. Returns Failed.
int fail(const Error &error);
//! "maestro-cli: message See maestro-cli COMMAND --help." on stderr. Returns WrongUsage.
int misused(const QString &command, const QString &message);

//! Whether a person reads standard output on a terminal.
bool stdoutIsTerminal();
//! Whether a person reads stderr on one that can write over a line.
bool stderrIsTerminal();
//! Whether that terminal, or the one of stderr, shows colours (NO_COLOR is respected).
bool stdoutShowsColours();
bool stderrShowsColours();
//! A model's words must not be able to move the cursor, set a title or answer a query.
QString withoutControls(const QString &text);
//! Dimmed, where it can be shown.
QString dim(const QString &text, bool inColour);

} // namespace Maestro::Cli
