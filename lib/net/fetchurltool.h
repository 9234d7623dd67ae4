// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/tool.h"

class QNetworkAccessManager;
class QHostInfo;

namespace Maestro {

//! Fetches a page of the internet, if the person allows it. https alone, no address of this
//! computer or its network, no credential; a redirect is not followed but told, so that the person
//! is asked about the next address, too. The connection goes to the address that was looked at: a
//! name that means another one a moment later does not get around the rule.
class FetchUrlTool final : public Tool
{
public:
    //! `network` must outlive the tool and its calls.
    explicit FetchUrlTool(QNetworkAccessManager &network);

    FunctionDeclaration declaration() const override;
    QString question(const QJsonObject &arguments) const override;
    QFuture<Result<ToolOutput>> run(const QJsonObject &arguments) override;

private:
    QNetworkAccessManager &m_network;
};

} // namespace Maestro
