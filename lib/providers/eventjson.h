// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/serversentevent.h"
#include "core/streammessage.h"

#include <QJsonObject>

namespace Maestro {

//! Data that says nothing: blank, or the "[DONE]" that gateways put at the end of every stream.
bool isEmptyEvent(const ServerSentEvent &event);
//! The JSON object of an event. Bytes that are not UTF-8 are replaced, so that one of them does not
//! cost the event.
Result<QJsonObject> readEvent(const ServerSentEvent &event);
//! The fault to report for an event that readEvent() could not read; the stream goes on.
StreamFault skippedEvent(const Error &error);

//! What kind of event it is: the JSON's own "type", else the name the stream gave the event.
QString eventKind(const QJsonObject &object, const ServerSentEvent &event);

//! A whole number that is neither negative nor absurd; anything else is absent.
std::optional<qint64> tokenCount(const QJsonValue &value);
//! Absent only where both are.
std::optional<qint64> sumOf(std::optional<qint64> a, std::optional<qint64> b);

//! The JSON text of an object or array; a string as it is; empty for anything else.
QString jsonText(const QJsonValue &value);
//! Whether the text is one whole JSON object: what a cut-off one never is.
bool isJsonObject(const QString &text);

} // namespace Maestro
