// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "practice/practiceresponse.h"

namespace Maestro::Practice {

//! What the practice model says to a question.
struct AnswerContent
{
    QStringList reasoning; //!< summary parts
    QString text;
    QList<Call> calls;

    friend bool operator==(const AnswerContent &, const AnswerContent &) = default;
};
AnswerContent composeAnswer(const Question &question);

//! The whole answer, with the fault that its model stands for. Depends on nothing but its
//! arguments.
Reply makeAnswer(const Question &question, const AnswerIdentity &identity, int charactersPerDelta);

} // namespace Maestro::Practice
