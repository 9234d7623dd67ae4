// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/hiddenmarks.h"
#include "ui/transcript/partbuilder.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! A line of code that is longer is broken in any case.
constexpr qsizetype LongestWholeLine = 2000;
constexpr qsizetype LongestShownLanguage = 32;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Transcript)
};

} // namespace

void PartBuilder::addCode()
{
    const double top = m_y;
    const double padding = steps(1.5);
    if (!m_part.goesOnAbove) {
        addCodeHead();
    }
    const double width = inner() - 2 * padding;
    double longest = 0;
    const double linesTop = m_y;
    qsizetype offset = 0;
    for (qsizetype i = 0; i < m_part.block.lines.size(); ++i) {
        const QString &line = m_part.block.lines[i];
        FlowText text{{line, {}, {}}, TextLook::Code};
        text.runs = m_colors.value(i);
        text.lines = m_part.wraps || line.size() > LongestWholeLine ? FlowText::Lines::Broken
                                                                    : FlowText::Lines::Whole;
        text.width = width;
        PlacedText &placed = add(text, QPointF(m_left + padding, m_y), offset);
        placed.scrolls = !m_part.wraps;
        m_y += placed.flow->height();
        longest = qMax(longest, placed.flow->usedWidth());
        offset += line.size() + 1;
    }
    if (!m_part.widths.isEmpty()) {
        longest = m_part.widths.first() * m_look.letterWidth(TextLook::Code);
    }
    endWindow(linesTop, m_left + padding, m_right - padding, m_part.wraps ? 0 : longest);
    m_y += m_part.goesOnBelow ? 0 : steps(1.25);
    m_layout->shapes.append({Shape::Kind::CodeBox, QRectF(m_left, top, inner(), m_y - top),
                             m_part.goesOnAbove, m_part.goesOnBelow});
}

void PartBuilder::addCodeHead()
{
    const double padding = steps(1.5);
    const int line = m_look.lineStep(TextLook::Small);
    m_y += steps(0.75);
    double x = m_right - padding;
    const QList<Target> targets = targetsOf(m_part);
    QList<QRectF> buttons;
    for (auto target = targets.rbegin(); target != targets.rend(); ++target) {
        FlowText text{{target->text, {}, {}}, TextLook::Small};
        text.lines = FlowText::Lines::Whole;
        PlacedText &placed = add(text, QPointF(0, m_y));
        x -= qCeil(placed.flow->usedWidth());
        placed.at.setX(x);
        buttons.prepend(QRectF(x, m_y, placed.flow->usedWidth(), line)
                            .adjusted(-steps(0.75), -steps(0.25), steps(0.75), steps(0.25)));
        x -= steps(2);
    }
    m_layout->buttons = buttons;
    FlowText language{{m_part.block.language, {}, {}}, TextLook::Small};
    language.lines = FlowText::Lines::Whole;
    language.text.text.truncate(LongestShownLanguage);
    for (const qsizetype at : hiddenInCode(language.text.text)) {
        language.text.text[at] = HiddenSign;
    }
    double end = m_left + padding;
    if (!language.text.text.isEmpty()) {
        end += add(language, QPointF(end, m_y)).flow->usedWidth() + steps(1.5);
    }
    const QStringList &lines = m_part.block.lines;
    if (std::any_of(lines.begin(), lines.end(),
                    [](const QString &each) { return !hiddenInCode(each).isEmpty(); })) {
        FlowText warning{{Tr::tr("%1 is a hidden character").arg(HiddenSign), {}, {}},
                         TextLook::SmallDanger};
        warning.lines = FlowText::Lines::Whole;
        add(warning, QPointF(end, m_y));
    }
    m_y += line + steps(0.75);
}

void PartBuilder::addCallLines()
{
    const double top = m_y;
    const double padding = steps(1.5);
    qsizetype offset = 0;
    for (const QString &line : m_part.block.lines) {
        FlowText text{{line, {}, {}}, TextLook::Code};
        text.width = inner() - 2 * padding;
        m_y += add(text, QPointF(m_left + padding, m_y), offset).flow->height();
        offset += line.size() + 1;
    }
    m_y += m_part.goesOnBelow ? 0 : steps(1);
    m_layout->shapes.append(
        {Shape::Kind::Card, QRectF(m_left, top, inner(), m_y - top), true, m_part.goesOnBelow});
}

void PartBuilder::endWindow(double top, double left, double right, double contentWidth)
{
    if (contentWidth <= right - left + 1) {
        return;
    }
    m_layout->window = QRectF(left, top, right - left, m_y - top);
    m_layout->contentWidth = contentWidth;
    if (!m_part.goesOnBelow) {
        m_y += steps(0.75);
        m_layout->scrollTrack = QRectF(left, m_y, right - left, steps(0.75));
        m_y += steps(0.75);
    }
}

} // namespace Maestro
