// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

//! The commands. Each takes the arguments after its word and returns an exit code.
namespace Maestro::Cli {

int runAccounts(const QStringList &arguments);
int runAsk(const QStringList &arguments);
int runCheck(const QStringList &arguments);
int runDoctor(const QStringList &arguments);
int runLogin(const QStringList &arguments);
int runLogout(const QStringList &arguments);
int runModels(const QStringList &arguments);
int runPractice(const QStringList &arguments);

} // namespace Maestro::Cli
