// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPalette>
#include <QTextCharFormat>

class QTextDocument;

namespace Maestro {

//! What a stretch of text is coloured for. The formats remember it, so that a change of theme can
//! colour them again.
enum class TextTint { None, Muted, Accent, Danger, Code };

//! The box that is painted behind a run of blocks.
enum class BlockBox { None, Prompt, Code, Card, Bar };

//! Our own properties in the formats of blocks and characters.
enum TranscriptProperty {
    TintProperty = QTextFormat::UserProperty + 1,
    BoxProperty, //!< a BlockBox
    BoxIdProperty, //!< blocks of the same id share one box
    CodeLineProperty, //!< a line of code, for Copy code
    CodeHeadProperty, //!< characters over a block of code, which are not part of what was said
};

//! The formats of the transcript for one palette.
class TranscriptFormat
{
public:
    explicit TranscriptFormat(const QPalette &palette);
    void setPalette(const QPalette &palette) { m_palette = palette; }

    QTextCharFormat text(TextTint tint = TextTint::None) const;
    QTextCharFormat small(TextTint tint = TextTint::Muted) const;
    QTextCharFormat fixed(TextTint tint = TextTint::None) const;
    QTextCharFormat heading(int level) const;
    //! Text that acts when it is chosen; `target` comes back from the view.
    QTextCharFormat action(const QString &target) const;

    //! Gives every coloured stretch of the document the colours of this palette.
    void recolor(QTextDocument &document) const;
    QColor tableBorder() const;
    //! A number for a new box.
    int makeBoxId() { return ++m_lastBoxId; }

private:
    void applyTint(QTextCharFormat &format, TextTint tint) const;

    QPalette m_palette;
    int m_lastBoxId = 0;
};

//! A block of a box, `indent` pixels from the column's edge.
QTextBlockFormat boxBlock(BlockBox box, int boxId, int topMargin, int indent = 0);
//! The space between a box's edge and its text.
int boxPadding();

} // namespace Maestro
