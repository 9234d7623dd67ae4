// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

#include <QList>
#include <QStringView>

namespace Maestro::Markdown {

//! A label as it is written in a text, and what it was defined as.
struct Reference
{
    QStringView label;
    Address address;
};

//! The text of a paragraph, a heading or a cell with its marks. Lines are separated by a line feed
//! and have no indentation.
Inline readInline(QStringView text, const QList<Reference> &references);

} // namespace Maestro::Markdown
