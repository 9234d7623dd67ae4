// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"

namespace Maestro {

//! What a handler learns about the end of an answer while it comes in. An error is kept until the
//! end, since usage and a stop reason may follow it and nothing but Done may follow a fatal fault.
struct AnswerEnding
{
    QString responseId = {};
    QString model = {};
    QString stopReason = {};
    //! The provider's final event has come.
    bool isTerminal = false;
    std::optional<StreamFault> fault = {};

    //! The first report is kept: one error comes in several forms.
    void report(const StreamFault &newFault);
    bool isComplete() const { return isTerminal && !fault; }
    StreamMessages end(Done::Stop stop, const QJsonArray &items) const;
};

} // namespace Maestro
