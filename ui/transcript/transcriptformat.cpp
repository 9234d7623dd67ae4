// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcriptformat.h"

#include "ui/common/theme.h"

#include <QFontDatabase>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextTable>

namespace Maestro {

TranscriptFormat::TranscriptFormat(const QPalette &palette)
    : m_palette(palette)
{ }

void TranscriptFormat::applyTint(QTextCharFormat &format, TextTint tint) const
{
    const ThemeColors &colors = themeColors(m_palette);
    if (tint != TextTint::None) {
        format.setProperty(TintProperty, static_cast<int>(tint));
    }
    switch (tint) {
    case TextTint::None:
        break;
    case TextTint::Muted:
        format.setForeground(colors.muted);
        break;
    case TextTint::Accent:
        format.setForeground(colors.accent);
        break;
    case TextTint::Danger:
        format.setForeground(colors.danger);
        break;
    case TextTint::Code:
        format.setBackground(colors.raised);
        break;
    }
}

QTextCharFormat TranscriptFormat::text(TextTint tint) const
{
    QTextCharFormat format;
    applyTint(format, tint);
    return format;
}

QTextCharFormat TranscriptFormat::small(TextTint tint) const
{
    QTextCharFormat format = text(tint);
    format.setProperty(QTextFormat::FontSizeAdjustment, -1);
    return format;
}

QTextCharFormat TranscriptFormat::fixed(TextTint tint) const
{
    QTextCharFormat format = text(tint);
    format.setFontFamilies(QFontDatabase::systemFont(QFontDatabase::FixedFont).families());
    format.setFontFixedPitch(true);
    return format;
}

QTextCharFormat TranscriptFormat::heading(int level) const
{
    QTextCharFormat format;
    format.setFontWeight(QFont::Bold);
    format.setProperty(QTextFormat::FontSizeAdjustment, level == 1 ? 2 : level == 2 ? 1 : 0);
    return format;
}

QTextCharFormat TranscriptFormat::action(const QString &target) const
{
    QTextCharFormat format = small(TextTint::Muted);
    format.setAnchor(true);
    format.setAnchorHref(target);
    return format;
}

QColor TranscriptFormat::tableBorder() const { return themeColors(m_palette).border; }

void TranscriptFormat::recolor(QTextDocument &document) const
{
    struct Stretch
    {
        int position;
        int length;
        TextTint tint;
    };
    QList<Stretch> stretches;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            const auto tint
                = static_cast<TextTint>(fragment.charFormat().intProperty(TintProperty));
            if (tint != TextTint::None) {
                stretches.append({fragment.position(), fragment.length(), tint});
            }
        }
    }
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    for (const Stretch &stretch : std::as_const(stretches)) {
        QTextCharFormat format;
        applyTint(format, stretch.tint);
        cursor.setPosition(stretch.position);
        cursor.setPosition(stretch.position + stretch.length, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(format);
    }
    cursor.endEditBlock();
    for (QTextFrame *frame : document.rootFrame()->childFrames()) {
        if (auto *table = qobject_cast<QTextTable *>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorderBrush(tableBorder());
            table->setFormat(format);
        }
    }
}

QTextBlockFormat boxBlock(BlockBox box, int boxId, int topMargin, int indent)
{
    QTextBlockFormat format;
    format.setProperty(BoxProperty, static_cast<int>(box));
    format.setProperty(BoxIdProperty, boxId);
    format.setTopMargin(topMargin);
    format.setLeftMargin(indent + boxPadding());
    format.setRightMargin(boxPadding());
    return format;
}

int boxPadding() { return gridSteps(1.5); }

} // namespace Maestro
