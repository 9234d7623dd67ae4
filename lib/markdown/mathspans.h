// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

#include <optional>

namespace Maestro::Markdown {

//! TeX longer than this is text.
constexpr qsizetype MostOfMath = 2000;

//! TeX in a text, with its delimiters: "$…$", "$$…$$", "\(…\)", "\[…\]".
struct MathSpan
{
    qsizetype from = 0;
    qsizetype to = 0;
    QStringView tex; //!< without the delimiters
    bool isDisplayed = false;
};

//! What begins at `at`. Dollars are read as pandoc and GitHub do, so that "$5 and $10" are sums.
std::optional<MathSpan> mathAt(QStringView text, qsizetype at);

//! What would end the displayed mathematics that a line begins and does not end; empty if it begins
//! none. Its lines are no lists, headings and quotes, whatever they begin with.
QStringView openMath(QStringView line);

} // namespace Maestro::Markdown
