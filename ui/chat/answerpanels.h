// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

namespace Maestro {

class ChatSession;

//! What an answer under way needs the person for: patience, or a word on a tool. Takes no room
//! while it needs nothing.
class AnswerPanels : public QWidget
{
    Q_OBJECT

public:
    //! `session` must outlive it.
    explicit AnswerPanels(ChatSession &session, QWidget *parent = nullptr);

Q_SIGNALS:
    //! The person has said whether this call may run.
    void callAnswered(const QString &callId);
};

} // namespace Maestro
