// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/toolregistry.h"

#include <algorithm>

namespace Maestro {

bool ToolRegistry::add(std::unique_ptr<Tool> tool)
{
    if (find(tool->declaration().name)) {
        return false;
    }
    m_tools.push_back(std::move(tool));
    return true;
}

void ToolRegistry::remove(const QString &name)
{
    std::erase_if(m_tools, [&name](const auto &tool) { return tool->declaration().name == name; });
}

Tool *ToolRegistry::find(const QString &name) const
{
    const auto found = std::find_if(m_tools.begin(), m_tools.end(), [&name](const auto &tool) {
        return tool->declaration().name == name;
    });
    return found == m_tools.end() ? nullptr : found->get();
}

QList<FunctionDeclaration> ToolRegistry::declarations() const
{
    QList<FunctionDeclaration> declarations;
    for (const auto &tool : m_tools) {
        declarations.append(tool->declaration());
    }
    return declarations;
}

} // namespace Maestro
