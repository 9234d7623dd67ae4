// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatrequest.h"
#include "core/result.h"

#include <QFuture>
#include <QMetaType>

namespace Maestro {

//! What a tool found out, in words for the model.
struct ToolOutput
{
    QString text;

    friend bool operator==(const ToolOutput &, const ToolOutput &) = default;
};

//! Something on this side that a model may call. A port: what is behind it may be a few lines, the
//! network, or a server of tools that runs beside Maestro.
class Tool
{
public:
    Tool() = default;
    virtual ~Tool() = default;
    Q_DISABLE_COPY_MOVE(Tool)

    virtual FunctionDeclaration declaration() const = 0;
    //! What the person is asked before it runs with these arguments, in one sentence; empty for a
    //! tool that does no harm and tells nothing that the model was not given.
    virtual QString question(const QJsonObject &arguments) const = 0;
    //! Runs it. The arguments are the model's, and no more than a JSON object. The result always
    //! comes; the Error's message is for the model, too.
    virtual QFuture<Result<ToolOutput>> run(const QJsonObject &arguments) = 0;
};

//! A call that waits for the person's word.
struct ToolQuestion
{
    QString callId;
    QString tool;
    QJsonObject arguments;
    QString question;

    friend bool operator==(const ToolQuestion &, const ToolQuestion &) = default;
};

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::ToolQuestion)
