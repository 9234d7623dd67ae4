// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

#include <QStringList>
#include <QStringView>

#include <optional>

namespace Maestro::Markdown {

//! "[label]: address "title"", CommonMark 0.31, 4.7.
struct Definition
{
    QString label; //!< normalized
    Address address = {};
    qsizetype length = 0; //!< of the text that it takes up, line end included
    bool hasTitle = false;
};

//! A definition longer than this is text.
constexpr qsizetype MostOfADefinition = 4096;

//! The definition that a paragraph begins with.
std::optional<Definition> leadingDefinition(QStringView paragraph);

//! What labels are compared as: without case, with all white space as one space.
QString normalizedLabel(QStringView label);

//! What may be the label of a link in a text, as it is written there.
QList<QStringView> labelsIn(QStringView text);

} // namespace Maestro::Markdown
