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

//! Looks for mathematics in a text, from its beginning to its end. Dollars are read as pandoc and
//! GitHub do, so that "$5 and $10" are sums.
class MathFinder
{
public:
    explicit MathFinder(QStringView text)
        : m_text(text)
    { }

    //! What begins at `at`, a dollar or a backslash.
    std::optional<MathSpan> find(qsizetype at);

    //! Whether what does not begin mathematics now could if more text followed.
    bool isUndecided(qsizetype at) const;

private:
    //! Where a delimiter stands next. It is looked for once, however often it is asked for.
    struct Delimiter
    {
        QStringView text;
        qsizetype next = -2;
    };

    std::optional<MathSpan> inDollars(qsizetype at) const;
    std::optional<MathSpan> between(qsizetype at, Delimiter &closing);
    qsizetype endOfDollars(qsizetype at) const;

    QStringView m_text;
    Delimiter m_dollars{u"$$"};
    Delimiter m_parenthesis{u"\\)"};
    Delimiter m_bracket{u"\\]"};
};

//! What would end the displayed mathematics that a line begins and does not end; empty if it begins
//! none. Its lines are no lists, headings and quotes, whatever they begin with.
QStringView openMath(QStringView line);

} // namespace Maestro::Markdown
