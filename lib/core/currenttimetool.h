// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/tool.h"

namespace Maestro {

//! Tells the time here and its zone, which models do not know. Asks nobody.
class CurrentTimeTool final : public Tool
{
public:
    FunctionDeclaration declaration() const override;
    QString question(const QJsonObject &arguments) const override;
    QFuture<Result<ToolOutput>> run(const QJsonObject &arguments) override;
};

} // namespace Maestro
