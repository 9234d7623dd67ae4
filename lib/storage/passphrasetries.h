// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <QElapsedTimer>

namespace Maestro {

//! How often a wrong passphrase was typed: after five, each one takes half a minute.
class PassphraseTries
{
public:
    //! Why the next one has to wait.
    std::optional<Error> obstacle() const;
    void wasWrong();
    void wasRight() { m_wrong = 0; }

private:
    int m_wrong = 0;
    QElapsedTimer m_sinceLast;
};

} // namespace Maestro
