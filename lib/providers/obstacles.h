// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

namespace Maestro {

//! What no provider takes: a temperature below 0, an attachment of another kind, a call that is
//! required where nothing can be called. `attachmentsLimit` is the most bytes of attachments that
//! the provider takes in one request.
std::optional<Error> findCommonObstacle(const Provider &provider, const ChatRequest &request,
                                        qsizetype attachmentsLimit);

//! The provider cannot do this at all.
Error unsupported(const QString &message, const QString &advice);
//! The provider can, but not like this.
Error invalid(const QString &message, const QString &advice);

//! Every attachment of the conversation: all of them are sent again with each question.
QList<Attachment> attachmentsOf(const Conversation &conversation);

} // namespace Maestro
