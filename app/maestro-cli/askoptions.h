// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "commandline.h"
#include "core/chatrequest.h"
#include "core/result.h"

namespace Maestro::Cli {

//! The options of maestro-cli ask that say how, and with what, is asked.
void addAskOptions(CommandLine &line);

//! Takes the numbers among them. What is wrong with one, if there is something.
[[nodiscard]] std::optional<QString> readNumbers(const CommandLine &line, ChatRequest &request);
//! Reads the files among them: the attachments of the prompt, and the schema of the answer.
[[nodiscard]] std::optional<Error> readFiles(const CommandLine &line, Prompt &prompt,
                                             ChatRequest &request);

} // namespace Maestro::Cli
