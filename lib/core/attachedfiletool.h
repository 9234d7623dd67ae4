// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/tool.h"

#include <functional>

namespace Maestro {

//! Reads a text that the person attached to the conversation; no other file of this computer. Asks
//! nobody: the model was given it.
class AttachedFileTool final : public Tool
{
public:
    //! `attachments` tells what is attached at the moment of a call.
    explicit AttachedFileTool(std::function<QList<Attachment>()> attachments);

    FunctionDeclaration declaration() const override;
    QString question(const QJsonObject &arguments) const override;
    QFuture<Result<ToolOutput>> run(const QJsonObject &arguments) override;

private:
    Result<ToolOutput> read(const QString &name) const;

    std::function<QList<Attachment>()> m_attachments;
};

} // namespace Maestro
