// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatid.h"
#include "core/conversation.h"
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
    void begin(ChatId message, const Prompt &prompt);
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
