// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/answerending.h"

namespace Maestro {

void AnswerEnding::report(const StreamFault &newFault)
{
    if (!fault) {
        fault = newFault;
    }
}

StreamMessages AnswerEnding::end(Done::Stop stop, const QJsonArray &items) const
{
    StreamMessages messages;
    if (fault) {
        messages.append(*fault);
    }
    const Done::Ending ending = fault ? Done::Ending::Failed
        : isTerminal                  ? Done::Ending::Complete
                                      : Done::Ending::CutOff;
    messages.append(Done{ending, stop, stopReason, responseId, model, items});
    return messages;
}

} // namespace Maestro
