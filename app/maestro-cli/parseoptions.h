// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"
#include "core/result.h"

#include <QStringList>

namespace Maestro::Cli {

//! What `maestro-cli parse` was asked to do.
struct ParseOptions
{
    enum class Output { Messages, Summary, Events };

    std::optional<Provider> provider = {}; //!< there, unless help is wanted
    Output output = Output::Messages;
    //! So many bytes at a time; 0 feeds them as they are read.
    qint64 chunk = 0;
    bool isStrict = false;
    bool wantsHelp = false;
    QString file = {};
};

//! The Error's message is a sentence that names the option that is wrong.
Result<ParseOptions> readParseOptions(const QStringList &arguments);

} // namespace Maestro::Cli
