// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcriptlook.h"

#include <QFontDatabase>
#include <QFontMetricsF>

namespace Maestro {

namespace {

//! The share of a line that is between the letters of one and those of the next.
constexpr double LineSpacing = 1.22;
//! Against the text around it.
constexpr double SmallSize = 0.88;
constexpr double FixedSize = 0.94;
constexpr double HeadingSizes[] = {1.5, 1.28, 1.12, 1.0};

//! By Syntax::Role. Each stands out from the colour behind code by 4.5 to 1 at least.
constexpr QRgb LightRoles[] = {0x7a2fbf, 0x0b6b86, 0x2a6b2f, 0xa3480a, 0x5d6678,
                               0x2456c7, 0x8f3a75, 0x8a5200, 0x1a7a48, 0xb3261e};
constexpr QRgb DarkRoles[] = {0xc9a2ff, 0x74d0e6, 0x9ad58e, 0xf0ad73, 0x8b93a5,
                              0x8fb6ff, 0xeb9fd2, 0xe6c37a, 0x62d49b, 0xff8f86};

QFont scaled(const QFont &font, double factor)
{
    QFont result = font;
    if (font.pointSizeF() > 0) {
        result.setPointSizeF(font.pointSizeF() * factor);
    } else {
        result.setPixelSize(qMax(1, qRound(font.pixelSize() * factor)));
    }
    return result;
}

} // namespace

TranscriptLook::TranscriptLook(const QFont &font, const QPalette &palette)
    : m_colors(themeColors(palette))
    , m_step(gridSteps(1000) / 1000.0)
    , m_body(font)
    , m_strong(font)
    , m_small(scaled(font, SmallSize))
    , m_fixed(scaled(font, FixedSize))
{
    m_strong.setBold(true);
    m_fixed.setFamilies(QFontDatabase::systemFont(QFontDatabase::FixedFont).families());
    m_fixed.setFixedPitch(true);
    m_fixed.setStyleHint(QFont::Monospace);
    for (size_t i = 0; i < std::size(m_headings); ++i) {
        m_headings[i] = scaled(m_strong, HeadingSizes[i]);
    }
    for (size_t i = 0; i < m_measures.size(); ++i) {
        const auto look = static_cast<TextLook>(i);
        const QFontMetricsF metrics(this->font(look));
        m_measures[i] = {qCeil(metrics.height() * LineSpacing), metrics.height(),
                         look == TextLook::Code ? metrics.horizontalAdvance(u'0')
                                                : metrics.averageCharWidth()};
    }
    for (size_t i = 0; i < m_formats.size(); ++i) {
        m_formats[i] = makeFormat(Markdown::Styles::fromInt(static_cast<int>(i)));
    }
    constexpr int MiddleLightness = 128;
    const bool isDark = m_colors.code.lightness() < MiddleLightness;
    for (size_t i = 0; i < m_wordFormats.size(); ++i) {
        m_wordFormats[i].setForeground(QColor(isDark ? DarkRoles[i] : LightRoles[i]));
    }
}

const QFont &TranscriptLook::font(TextLook look) const
{
    switch (look) {
    case TextLook::Body:
    case TextLook::Thought:
    case TextLook::Prompt:
        return m_body;
    case TextLook::Small:
    case TextLook::SmallDanger:
    case TextLook::SmallPale:
        return m_small;
    case TextLook::TableHead:
        return m_strong;
    case TextLook::Code:
        return m_fixed;
    case TextLook::Heading1:
        return m_headings[0];
    case TextLook::Heading2:
        return m_headings[1];
    case TextLook::Heading3:
        return m_headings[2];
    case TextLook::Heading4:
        return m_headings[3];
    }
    Q_UNREACHABLE();
}

QColor TranscriptLook::color(TextLook look) const
{
    switch (look) {
    case TextLook::Thought:
    case TextLook::Small:
        return m_colors.muted;
    case TextLook::SmallDanger:
        return m_colors.danger;
    case TextLook::SmallPale: {
        QColor pale = m_colors.muted;
        pale.setAlphaF(0.5F);
        return pale;
    }
    default:
        return m_colors.text;
    }
}

QTextCharFormat TranscriptLook::makeFormat(Markdown::Styles styles) const
{
    using Markdown::Style;
    QTextCharFormat format;
    if (styles & Style::Strong) {
        format.setFontWeight(QFont::Bold);
        format.setForeground(m_colors.text);
    }
    if (styles & Style::Emphasis) {
        format.setFontItalic(true);
    }
    if (styles & Style::Strikethrough) {
        format.setFontStrikeOut(true);
    }
    if (styles & Style::Code) {
        format.setFontFamilies(m_fixed.families());
        format.setFontFixedPitch(true);
    }
    if (styles & (Style::Link | Style::Image)) {
        format.setForeground(m_colors.accent);
        format.setFontUnderline(true);
    }
    if (styles & Style::Image) {
        format.setFontUnderline(false);
    }
    if (styles & Style::Address) {
        format.setForeground(m_colors.muted);
    }
    return format;
}

QList<QTextLayout::FormatRange> TranscriptLook::formats(const Markdown::Inline &text) const
{
    QList<QTextLayout::FormatRange> ranges;
    ranges.reserve(text.spans.size());
    for (const Markdown::Span &span : text.spans) {
        ranges.append({static_cast<int>(span.from), static_cast<int>(span.length),
                       m_formats[static_cast<size_t>(span.styles.toInt())]});
    }
    return ranges;
}

QList<QTextLayout::FormatRange> TranscriptLook::formats(const Syntax::Runs &runs, qsizetype from,
                                                        qsizetype to) const
{
    QList<QTextLayout::FormatRange> ranges;
    ranges.reserve(runs.size());
    for (const Syntax::Run &run : runs) {
        const qsizetype begin = qMax(from, run.from);
        const qsizetype end = qMin(to, run.from + run.length);
        if (begin < end) {
            ranges.append({static_cast<int>(begin - from), static_cast<int>(end - begin),
                           m_wordFormats[static_cast<size_t>(run.role)]});
        }
    }
    return ranges;
}

} // namespace Maestro
