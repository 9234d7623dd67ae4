// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/transcriptview.h"

#include <QTest>

namespace Maestro {

//! Shows a window with one question and its whole answer.
inline void showAnswer(TranscriptView &view, const QString &answer,
                       const QString &prompt = QStringLiteral("question"))
{
    view.resize(800, 500);
    view.show();
    if (!QTest::qWaitForWindowActive(&view)) {
        qFatal("the view does not show");
    }
    Answer whole;
    whole.fold(Content{0, answer});
    whole.fold(Done{.ending = Done::Ending::Complete, .stop = Done::Stop::End});
    view.showConversation({{}, {Prompt{prompt}, ModelTurn{{}, whole}}});
}

} // namespace Maestro
