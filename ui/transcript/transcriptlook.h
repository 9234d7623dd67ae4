// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"
#include "syntax/language.h"
#include "ui/common/theme.h"

#include <QFont>
#include <QPalette>
#include <QTextLayout>

#include <array>

namespace Maestro {

//! How a run of text looks.
enum class TextLook {
    Body,
    Thought,
    Small,
    SmallDanger,
    SmallPale, //!< of what cannot be chosen now
    Prompt,
    TableHead,
    Code,
    Heading1,
    Heading2,
    Heading3,
    Heading4,
};
inline constexpr std::size_t TextLooks = static_cast<std::size_t>(TextLook::Heading4) + 1;

//! The fonts, colours and measures of the transcript, for one font and one palette.
class TranscriptLook
{
public:
    TranscriptLook(const QFont &font, const QPalette &palette);

    const QFont &font(TextLook look) const;
    QColor color(TextLook look) const;
    const ThemeColors &colors() const { return m_colors; }
    //! As gridSteps().
    int steps(double count) const { return qRound(m_step * count); }
    //! The height of a line, of which the letters take a part.
    int lineStep(TextLook look) const { return measures(look).step; }
    //! That of its letters alone.
    double letterHeight(TextLook look) const { return measures(look).height; }
    //! The usual width of a letter.
    double letterWidth(TextLook look) const { return measures(look).letter; }
    //! What the marks of a text look like.
    QList<QTextLayout::FormatRange> formats(const Markdown::Inline &text) const;
    //! What the words of code look like, from one letter to another.
    QList<QTextLayout::FormatRange> formats(const Syntax::Runs &runs, qsizetype from,
                                            qsizetype to) const;

private:
    struct Measures
    {
        int step = 0;
        double height = 0;
        double letter = 0;
    };

    const Measures &measures(TextLook look) const { return m_measures[static_cast<size_t>(look)]; }
    QTextCharFormat makeFormat(Markdown::Styles styles) const;

    ThemeColors m_colors;
    double m_step;
    QFont m_body;
    QFont m_strong;
    QFont m_small;
    QFont m_fixed;
    QFont m_headings[4];
    std::array<Measures, TextLooks> m_measures; //!< by TextLook
    // Made once: those that are shared are also found faster by who lays the text out.
    std::array<QTextCharFormat, 2 * static_cast<std::size_t>(Markdown::Style::Address)>
        m_formats; //!< by Markdown::Styles
    std::array<QTextCharFormat, Syntax::Roles> m_wordFormats; //!< by Syntax::Role
};

} // namespace Maestro
