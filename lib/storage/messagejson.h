// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"

//! A stream's messages as JSON that can be read again; the JSON for people and programs is
//! toJson()'s.
namespace Maestro::MessageJson {

QJsonObject write(const StreamMessage &message);
//! Nothing, if it is of a kind that is not known.
std::optional<StreamMessage> read(const QJsonObject &json);

} // namespace Maestro::MessageJson
