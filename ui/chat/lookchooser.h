// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/chatactions.h"
#include "ui/common/theme.h"

#include <QObject>

namespace Maestro {

//! What the person chooses in the menu of how the program looks.
class LookChooser : public QObject
{
    Q_OBJECT

public:
    LookChooser(const ChatActions &actions, QObject *parent);

    //! As it was chosen earlier; as far as the zoom goes.
    void setLook(const Look &look);
    const Look &look() const { return m_look; }

Q_SIGNALS:
    void chosen(const Maestro::Look &look);

private:
    void choose(const Look &look);

    ChatActions m_actions;
    Look m_look;
};

} // namespace Maestro
