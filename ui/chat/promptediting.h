// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"
#include "ui/common/panel.h"

#include <optional>

namespace Maestro {

class Composer;

//! Says that the composer has a message that was sent already, to be said in other words; what was
//! being written meanwhile comes back after it.
class PromptEditing : public Panel
{
    Q_OBJECT

public:
    //! `composer` must outlive it.
    explicit PromptEditing(Composer &composer, QWidget *parent = nullptr);

    bool isActive() const { return m_message.has_value(); }
    //! What is written there now; nothing while none is being changed.
    std::optional<PromptEdit> changing() const;
    void begin(ChatId message, const Prompt &prompt);
    //! The same, which the person began at another time.
    void resume(const PromptEdit &changing);
    //! The message that was being edited; the composer is as it was before.
    ChatId finish();

Q_SIGNALS:
    void ended();

private:
    Composer &m_composer;
    std::optional<ChatId> m_message;
    Prompt m_before;
};

} // namespace Maestro
