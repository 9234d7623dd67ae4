// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

namespace Maestro::OpenAi {

//! POST /responses. Nothing is stored at OpenAI: the reasoning comes encrypted and goes back with
//! the next question.
HttpRequest makeResponsesRequest(const Provider &provider, const ChatRequest &request);
//! Unless the choice is the model's own. Both of OpenAI's interfaces say it alike.
void insertToolChoice(QJsonObject &body, ToolChoice choice);
//! For both of OpenAI's interfaces.
std::optional<Error> findObstacle(const Provider &provider, const ChatRequest &request);
//! Whether a model reasons, by its name: there is nothing else to tell it by.
bool isReasoningModel(const QString &model);

} // namespace Maestro::OpenAi
