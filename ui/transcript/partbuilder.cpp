// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/partbuilder.h"

#include <QFontMetricsF>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! The share of the column that a prompt's bubble may fill.
constexpr double PromptShare = 0.82;
//! How far a list or a quote moves in what stands in it, in steps.
constexpr double Indent = 3;
//! Deeper than this, nothing is moved in further.
constexpr qsizetype DeepestContainer = 12;
constexpr QChar RightToLeftMark(0x200f);

TextLook headingLook(int level)
{
    constexpr TextLook Looks[]
        = {TextLook::Heading1, TextLook::Heading2, TextLook::Heading3, TextLook::Heading4};
    return Looks[qBound(1, level, 4) - 1];
}

} // namespace

PartBuilder::PartBuilder(const Part &part, const LineColors &colors, int width,
                         const TranscriptLook &look, std::unique_ptr<PartLayout> previous)
    : m_part(part)
    , m_colors(colors)
    , m_look(look)
    , m_previous(std::move(previous))
    , m_layout(std::make_unique<PartLayout>())
    , m_right(width)
    , m_y(part.goesOnAbove ? 0 : look.steps(part.gap))
    , m_mirrored(part.block.text.text.isRightToLeft())
{
    m_layout->width = width;
    if (m_previous && m_previous->width != width) {
        m_previous.reset();
    }
}

std::unique_ptr<PartLayout> PartBuilder::build()
{
    using Kind = Markdown::Block::Kind;
    addContainers();
    if (m_part.role == Part::Role::Actions) {
        addActions();
    } else if (m_part.role == Part::Role::Fold || m_part.role == Part::Role::CallFold
               || (m_part.role == Part::Role::Call && m_part.block.kind == Kind::Paragraph)) {
        addFold();
    } else if (m_part.role == Part::Role::Prompt) {
        addPrompt();
    } else if (m_part.role == Part::Role::Call) {
        addCallLines();
    } else if (m_part.block.kind == Kind::Code) {
        addCode();
    } else if (m_part.block.kind == Kind::Table) {
        addTable();
    } else if (m_part.block.kind == Kind::Rule) {
        addRule();
    } else {
        addParagraph();
    }
    for (Shape &shape : m_layout->shapes) {
        if (shape.kind == Shape::Kind::Bar) {
            shape.rect.setBottom(m_y);
        }
    }
    m_layout->height = qCeil(m_y);
    noteChanges();
    return std::move(m_layout);
}

void PartBuilder::noteChanges()
{
    const QRect whole(0, 0, m_layout->width, m_layout->height);
    if (!m_previous) {
        m_layout->changed = whole;
        return;
    }
    double below = qMin(m_changedBelow, firstChangedShape());
    for (size_t i = 0; i < qMin(m_layout->texts.size(), m_previous->texts.size()); ++i) {
        const QPointF at = m_layout->texts[i].at;
        const QPointF before = m_previous->texts[i].at;
        below = at == before ? below : qMin(below, qMin(at.y(), before.y()));
    }
    if (m_previous->contentWidth != m_layout->contentWidth
        || m_previous->scrollTrack != m_layout->scrollTrack) {
        below = qMin(below, m_layout->window.top());
    }
    if (m_previous->height != m_layout->height) {
        below = qMin<double>(below, qMin(m_previous->height, m_layout->height));
    }
    if (m_previous->texts.size() > m_layout->texts.size()) {
        below = 0;
    }
    using Kind = Markdown::Block::Kind;
    if (m_part.block.kind == Kind::Code || m_part.block.kind == Kind::Table) {
        // Where it stands depends on how far it is scrolled.
        m_changed = QRectF(0, m_changed.top(), m_layout->width, m_changed.height());
    }
    m_layout->changed = m_previous->changed;
    if (m_changed.height() > 0) {
        m_layout->changed |= m_changed.toAlignedRect();
    }
    const int bottom = qMax(m_previous->height, m_layout->height);
    if (below < bottom) {
        m_layout->changed |= QRect(0, qFloor(below), m_layout->width, bottom - qFloor(below));
    }
}

double PartBuilder::firstChangedShape() const
{
    const QList<Shape> &before = m_previous->shapes;
    const QList<Shape> &now = m_layout->shapes;
    double first = std::numeric_limits<double>::max();
    if (before.size() > now.size()) {
        return 0;
    }
    for (qsizetype i = 0; i < now.size(); ++i) {
        if (i >= before.size()) {
            first = qMin(first, now[i].rect.top());
        } else if (before[i].kind != now[i].kind
                   || before[i].rect.topLeft() != now[i].rect.topLeft()
                   || before[i].rect.width() != now[i].rect.width()
                   || before[i].isOpenBelow != now[i].isOpenBelow
                   || before[i].isOpenAbove != now[i].isOpenAbove) {
            return 0;
        } else if (before[i].rect.bottom() != now[i].rect.bottom()) {
            // With its lower corners.
            first = qMin(first, qMin(before[i].rect.bottom(), now[i].rect.bottom()) - steps(2));
        }
    }
    return first;
}

PlacedText &PartBuilder::add(const FlowText &text, QPointF at, qsizetype offset)
{
    PlacedText placed{nullptr, at, offset};
    const size_t index = m_layout->texts.size();
    double heightBefore = -1;
    if (m_previous && index < m_previous->texts.size() && m_previous->texts[index].flow) {
        std::unique_ptr<TextFlow> &old = m_previous->texts[index].flow;
        heightBefore = old->height();
        if (old->text() == text) {
            placed.flow = std::move(old);
        } else if (old->growTo(text, m_look)) {
            placed.flow = std::move(old);
            m_changed |= placed.flow->changed().translated(at);
        }
    }
    if (!placed.flow) {
        placed.flow = std::make_unique<TextFlow>(text, m_look);
        const double height = placed.flow->height();
        if (height == heightBefore) {
            m_changed |= QRectF(0, at.y(), m_layout->width, height);
        } else {
            m_changedBelow = qMin(m_changedBelow, at.y());
        }
    }
    m_layout->texts.push_back(std::move(placed));
    return m_layout->texts.back();
}

TextLook PartBuilder::bodyLook() const
{
    switch (m_part.role) {
    case Part::Role::Thought:
        return TextLook::Thought;
    case Part::Role::Prompt:
        return TextLook::Prompt;
    case Part::Role::Answer:
        return m_part.tone == Part::Tone::Muted ? TextLook::Thought : TextLook::Body;
    default:
        return m_part.tone == Part::Tone::Danger ? TextLook::SmallDanger : TextLook::Small;
    }
}

void PartBuilder::addContainers()
{
    if (m_part.role == Part::Role::Thought) {
        const double top = m_part.sharedContainers < 0 ? m_y : 0;
        m_layout->shapes.append({Shape::Kind::Bar, QRectF(0, top, steps(0.375), 0)});
        m_left += steps(1.75);
    }
    const qsizetype count = qMin(m_part.block.containers.size(), DeepestContainer);
    for (qsizetype i = 0; i < count; ++i) {
        const Markdown::Container &container = m_part.block.containers[i];
        const double indent = container.kind == Markdown::Container::Kind::Quote ? steps(2)
            : container.number > 99 ? steps(Indent) + m_look.letterWidth(TextLook::Body) * 2
                                    : steps(Indent);
        const double from = m_mirrored ? m_right - indent : m_left;
        if (container.kind == Markdown::Container::Kind::Quote) {
            const bool goesOn = i < m_part.sharedContainers || m_part.goesOnAbove;
            const double x = m_mirrored ? m_right - steps(0.375) : from;
            m_layout->shapes.append(
                {Shape::Kind::Bar, QRectF(x, goesOn ? 0 : m_y, steps(0.375), 0)});
        } else if (container.begins && !m_part.goesOnAbove) {
            addMarker(container, from, from + indent);
        }
        (m_mirrored ? m_right : m_left) += m_mirrored ? -indent : indent;
    }
}

void PartBuilder::addMarker(const Markdown::Container &container, double from, double to)
{
    const double gap = steps(0.75);
    const int line = m_look.lineStep(TextLook::Body);
    if (container.done) {
        const double size = qRound(line * 0.58);
        const QRectF box(m_mirrored ? from + gap : to - gap - size, m_y + qRound((line - size) / 2),
                         size, size);
        m_layout->shapes.append({*container.done ? Shape::Kind::TaskDone : Shape::Kind::Task, box});
        return;
    }
    const QString mark = container.kind == Markdown::Container::Kind::Bullet
        ? u"•"_s
        : QString::number(container.number) + u'.';
    // Digits have no direction of their own: the number stands before its point as the item reads.
    FlowText text{{m_mirrored ? RightToLeftMark + mark : mark, {}, {}}, TextLook::Body};
    text.alignment = m_mirrored ? Markdown::Alignment::Left : Markdown::Alignment::Right;
    text.width = to - from - gap;
    add(text, QPointF(m_mirrored ? from + gap : from, m_y));
}

void PartBuilder::addParagraph()
{
    const bool isHeading = m_part.block.kind == Markdown::Block::Kind::Heading;
    FlowText text{m_part.block.text,
                  isHeading && m_part.role == Part::Role::Answer ? headingLook(m_part.block.level)
                                                                 : bodyLook()};
    text.width = inner();
    text.alignment = m_part.alignment;
    m_y += add(text, QPointF(m_left, m_y), 0).flow->height();
}

void PartBuilder::addPrompt()
{
    const double padding = steps(1.5);
    const double widest = qFloor(m_layout->width * PromptShare) - 2 * padding;
    FlowText text{m_part.block.text, TextLook::Prompt};
    text.width = widest;
    const double top = m_y + (m_part.goesOnAbove ? 0 : steps(1.125));
    PlacedText &placed = add(text, QPointF(m_layout->width - widest - padding, top), 0);
    const bool isWhole = !m_part.goesOnAbove && !m_part.goesOnBelow;
    const double used = isWhole ? qMin<double>(widest, qCeil(placed.flow->usedWidth())) : widest;
    if (!m_mirrored) {
        placed.at.setX(m_layout->width - used - padding);
    }
    const double bottom = top + placed.flow->height() + (m_part.goesOnBelow ? 0 : steps(1.125));
    m_layout->shapes.append(
        {Shape::Kind::Bubble,
         QRectF(m_layout->width - used - 2 * padding, m_y, used + 2 * padding, bottom - m_y),
         m_part.goesOnAbove, m_part.goesOnBelow});
    m_y = bottom;
}

void PartBuilder::addFold()
{
    const bool isCard = m_part.role != Part::Role::Fold;
    const double top = m_y;
    const double padding = isCard ? steps(1.5) : 0;
    double x = m_left + padding;
    m_y += isCard ? steps(m_part.goesOnAbove ? 0.5 : 1) : 0;
    const int line = m_look.lineStep(TextLook::Small);
    if (m_part.role != Part::Role::Call) {
        FlowText arrow{{m_part.isOpen ? u"▾"_s : u"▸"_s, {}, {}}, TextLook::Small};
        arrow.width = steps(2);
        add(arrow, QPointF(x, m_y));
        x += steps(2);
    }
    FlowText text{m_part.block.text, bodyLook()};
    text.width = m_right - padding - x;
    const PlacedText &placed = add(text, QPointF(x, m_y), 0);
    if (m_part.role != Part::Role::Call) {
        const double end = x + placed.flow->usedWidth() + steps(1);
        const QRectF label(m_left + padding - steps(0.5), m_y - steps(0.25),
                           end - m_left - padding + steps(0.5), line + steps(0.5));
        m_layout->buttons.append(label);
    }
    m_y += placed.flow->height() + (isCard ? steps(m_part.goesOnBelow ? 0.5 : 1) : 0);
    if (isCard) {
        m_layout->shapes.prepend({Shape::Kind::Card, QRectF(m_left, top, inner(), m_y - top),
                                  m_part.goesOnAbove, m_part.goesOnBelow});
    }
}

void PartBuilder::addActions()
{
    double x = m_left;
    const double height = m_look.lineStep(TextLook::Small) + steps(1);
    for (const Target &target : m_part.buttons) {
        FlowText text{{target.text, {}, {}}, target.isOff ? TextLook::SmallPale : TextLook::Small};
        text.lines = FlowText::Lines::Whole;
        const PlacedText &placed = add(text, QPointF(x + steps(1.5), m_y + steps(0.5)));
        const QRectF button(x, m_y, placed.flow->usedWidth() + steps(3), height);
        m_layout->shapes.append(
            {target.isOff ? Shape::Kind::ButtonOff : Shape::Kind::Button, button});
        if (!target.isOff) {
            m_layout->buttons.append(button);
        }
        x = button.right() + steps(1);
    }
    m_y += height;
    if (m_part.alignment == Markdown::Alignment::Right) {
        // There is nothing else in such a part.
        const double by = m_right + steps(1) - x;
        for (PlacedText &text : m_layout->texts) {
            text.at.rx() += by;
        }
        for (Shape &shape : m_layout->shapes) {
            shape.rect.translate(by, 0);
        }
        for (QRectF &button : m_layout->buttons) {
            button.translate(by, 0);
        }
    }
}

void PartBuilder::addRule()
{
    m_y += steps(0.5);
    m_layout->shapes.append({Shape::Kind::Line, QRectF(m_left, m_y, inner(), 1)});
    m_y += 1 + steps(0.5);
}

std::unique_ptr<PartLayout> layOut(const Part &part, const LineColors &colors, int width,
                                   const TranscriptLook &look, std::unique_ptr<PartLayout> previous)
{
    return PartBuilder(part, colors, width, look, std::move(previous)).build();
}

int estimatedHeight(const Part &part, int width, const TranscriptLook &look)
{
    const int gap = part.goesOnAbove ? 0 : look.steps(part.gap);
    const int line = look.lineStep(TextLook::Body);
    switch (part.block.kind) {
    case Markdown::Block::Kind::Code:
        return gap + static_cast<int>(part.block.lines.size()) * look.lineStep(TextLook::Code)
            + (part.goesOnAbove ? 0 : look.steps(5));
    case Markdown::Block::Kind::Table:
        return gap + static_cast<int>(part.block.rows.size()) * (line + look.steps(1.5));
    case Markdown::Block::Kind::Rule:
        return gap + look.steps(1);
    default:
        break;
    }
    const double indent = static_cast<double>(part.block.containers.size()) * look.steps(Indent);
    const double letters = qMax(10.0, (width - indent) / look.letterWidth(TextLook::Body));
    const int lines
        = 1 + static_cast<int>(static_cast<double>(part.block.text.text.size()) / letters);
    return gap + lines * line + (part.role == Part::Role::Prompt ? look.steps(2.25) : 0);
}

} // namespace Maestro
