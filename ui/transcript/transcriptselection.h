// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/partpainter.h"
#include "ui/transcript/transcriptcolumn.h"

namespace Maestro {

//! What is selected, and the caret at its moving end.
class TranscriptSelection
{
public:
    enum class Mode { Move, Extend };
    //! How far a click or a key selects.
    enum class Unit { Letter, Word, Part };
    enum class Step { Letter, Word, Line, LineEdge, Document };

    explicit TranscriptSelection(TranscriptColumn &column)
        : m_column(column)
    { }

    const TextPlace &caret() const { return m_caret; }
    bool hasSelection() const { return m_anchor != m_caret; }
    TextPlace begin() const { return qMin(m_anchor, m_caret); }
    TextPlace end() const { return qMax(m_anchor, m_caret); }
    //! Whether the person has put the caret somewhere.
    bool isCaretShown() const { return m_caretShown; }

    //! Whether the text that the caret is in goes from right to left.
    bool isRightToLeft() const;

    void clear();
    void select(const TextPlace &from, const TextPlace &to);
    void setCaret(const TextPlace &place, Mode mode);
    //! Begins at the word, or the part, around a place; extendTo() then goes by as much.
    void begin(const TextPlace &place, Unit unit);
    void extendTo(const TextPlace &place);
    void move(Step step, bool forward, Mode mode);
    //! By so many pixels, up or down.
    void moveVertically(int by, Mode mode);
    //! What of a part is selected; an empty stretch for nothing.
    Stretch stretchIn(PartPlace place) const;
    //! After parts came or went.
    void keepInBounds();

private:
    std::pair<TextPlace, TextPlace> around(const TextPlace &place) const;
    TextPlace letterFrom(TextPlace place, bool forward);
    TextPlace wordFrom(TextPlace place, bool forward);
    TextPlace lineFrom(const TextPlace &place, bool forward);
    TextPlace lineEdge(const TextPlace &place, bool forward);

    TranscriptColumn &m_column;
    TextPlace m_anchor;
    TextPlace m_caret;
    std::pair<TextPlace, TextPlace> m_first; //!< what begin() took
    Unit m_unit = Unit::Letter;
    std::optional<double> m_x; //!< that a caret moving up and down keeps to
    bool m_caretShown = false;
};

} // namespace Maestro
