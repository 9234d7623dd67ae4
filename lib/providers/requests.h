// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

#include <QJsonObject>

namespace Maestro {

//! A streaming POST to a path below the provider's base URL, with the provider's headers.
HttpRequest streamingPost(const Provider &provider, const QString &path, const QJsonObject &body,
                          const QString &query = {});
HttpRequest plainGet(const Provider &provider, const QString &path, const QString &query = {});
//! Another side's words as the value of a query, and as nothing else.
QString queryValue(const QString &words);

//! Whether the answer can go back as the provider gave it: it is this provider's, and it is whole.
bool isVerbatim(const Provider &provider, const ModelTurn &turn);
//! The calls of an answer that another provider, or a cut-off stream, left to be rebuilt: the whole
//! ones that have an id to be answered under.
QList<FunctionCallPart> answerableCalls(const Answer &answer);
//! The arguments as an object; empty if they are none.
QJsonObject argumentsObject(const FunctionCallPart &call);

QString base64Of(const Attachment &attachment);
//! data:image/png;base64,…
QString dataUrlOf(const Attachment &attachment);
//! A text file as words of the prompt, under its name, for interfaces that take no such file.
QString wordsOf(const Attachment &attachment);

} // namespace Maestro
