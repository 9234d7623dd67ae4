// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

#include <QByteArray>

namespace Maestro::Markdown {

//! The blocks as HTML for other programs: all text escaped, nothing that is loaded when it is
//! pasted. Images are links.
QString toHtml(const QList<Block> &blocks);

//! An address that may stand in a link, encoded: http, https and mailto. Empty if it may not.
QByteArray linkAddress(const QString &url);

} // namespace Maestro::Markdown
