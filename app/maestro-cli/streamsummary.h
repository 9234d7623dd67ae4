// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answer.h"

#include <QJsonObject>

namespace Maestro::Cli {

//! What a stream amounts to, as one JSON object: text, reasoning, refusal, function_calls, usage,
//! stop_reason, error, terminal_seen.
QJsonObject summarize(const Answer &answer);

//! A call's arguments as a JSON value; {} where there are none, {"__unparsable": text} where they
//! are no JSON.
QJsonValue parsedArguments(const QString &arguments);

} // namespace Maestro::Cli
