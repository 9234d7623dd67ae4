// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/tool.h"

#include <memory>
#include <vector>

namespace Maestro {

//! The tools that models may call, by name. It may change at any time: what is declared is asked
//! for anew with each question, and a call of a tool that has gone is answered as one of an unknown
//! tool.
class ToolRegistry
{
public:
    //! False, and nothing is added, if there is one of that name.
    bool add(std::unique_ptr<Tool> tool);
    //! For the tools of a server that has gone.
    void remove(const QString &name);

    //! Null if there is none of that name.
    Tool *find(const QString &name) const;
    QList<FunctionDeclaration> declarations() const;

private:
    std::vector<std::unique_ptr<Tool>> m_tools;
};

} // namespace Maestro
