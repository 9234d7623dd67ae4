// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Maestro {

//! What may happen when a link of a model is chosen.
enum class LinkVerdict {
    Open, //!< it leads where its text says
    Ask, //!< it may lead elsewhere than it seems: its address is shown first
    Refuse, //!< it is no web or mail address
};

//! `text` is what the link is shown as.
LinkVerdict linkVerdict(const QString &url, const QString &text);
//! Where a link leads, to be shown: with its true host, and a sign for every letter that could
//! deceive.
QString linkAddress(const QString &url);

} // namespace Maestro
