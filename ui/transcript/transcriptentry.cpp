// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcriptentry.h"

namespace Maestro {

namespace {

std::unique_ptr<EntryContent> contentOf(const Prompt &prompt)
{
    QStringList files;
    for (const Attachment &attachment : prompt.attachments) {
        files.append(attachment.name);
    }
    return EntryContent::ofPrompt(prompt.text, files);
}

//! Lines of code that are read together.
constexpr qsizetype MostLinesAtOnce = 128;

//! The letters of what is shown of an entry, and its lines at least.
struct Size
{
    qsizetype letters = 0;
    qsizetype lines = 0;
};

void count(Size &size, const QString &text)
{
    size.letters += text.size();
    size.lines += 1 + text.count(u'\n');
}

Size sizeOf(const Answer &answer)
{
    Size size;
    for (const AnswerPart &part : answer.parts()) {
        if (const auto *text = std::get_if<TextPart>(&part)) {
            count(size, text->text);
        } else {
            size.lines += 2;
        }
    }
    size.lines += answer.citations().size();
    return size;
}

} // namespace

TranscriptEntry::TranscriptEntry(const Prompt &prompt)
    : m_source(prompt)
{
    Size size;
    count(size, prompt.text);
    m_letters = size.letters;
    m_lines = size.lines;
}

TranscriptEntry::TranscriptEntry(const Answer &answer)
    : m_source(std::make_unique<const Answer>(answer))
{
    const Size size = sizeOf(answer);
    m_letters = size.letters;
    m_lines = size.lines;
}

TranscriptEntry::TranscriptEntry(std::unique_ptr<EntryContent> content)
    : m_content(std::move(content))
{ }

void TranscriptEntry::unfold(const LayoutFrame &frame)
{
    if (!m_content) {
        const auto *prompt = std::get_if<Prompt>(&m_source);
        m_content = prompt
            ? contentOf(*prompt)
            : EntryContent::ofAnswer(*std::get<std::unique_ptr<const Answer>>(m_source));
        for (const FunctionResult &result : std::as_const(m_keptResults)) {
            m_content->addResult(result);
        }
        m_content->setFooter(m_footer);
        refresh(frame);
    }
}

bool TranscriptEntry::setFooter(const QList<Target> &buttons)
{
    if (buttons == m_footer) {
        return false;
    }
    m_footer = buttons;
    if (m_content) {
        m_content->setFooter(m_footer);
    }
    return true;
}

void TranscriptEntry::fold()
{
    if (m_content && canFold()) {
        m_foldedHeight = height();
        m_content.reset();
        m_slots.clear();
        m_heights = {};
        m_shown.clear();
        m_scrolled.clear();
        m_colors.clear();
    }
}

void TranscriptEntry::estimate(const LayoutFrame &frame)
{
    if (m_content || !canFold()) {
        return;
    }
    const double perLine = qMax(10.0, frame.width / frame.look->letterWidth(TextLook::Body));
    const double count
        = qMax(static_cast<double>(m_letters) / perLine * 1.1, static_cast<double>(m_lines) * 0.9);
    m_foldedHeight = frame.look->steps(4) + qRound(count * frame.look->lineStep(TextLook::Body));
}

std::optional<qsizetype> TranscriptEntry::refresh(const LayoutFrame &frame)
{
    const auto &sections = m_content->sections();
    std::optional<qsizetype> changed;
    qsizetype base = 0;
    for (size_t i = 0; i < sections.size(); ++i) {
        Section &section = *sections[i];
        const QList<Part> &parts = section.parts();
        if (i >= m_shown.size() || m_shown[i].section != &section) {
            // From here on nothing stands where it stood.
            m_shown.resize(i);
            section.takeChanged();
            const auto first = replace(base, partCount() - base, parts, 0, frame);
            changed = changed ? changed : first.value_or(base);
            m_shown.push_back({&section, parts.size()});
        } else if (const std::optional<qsizetype> from = section.takeChanged()) {
            const qsizetype first = qMin(*from, m_shown[i].parts);
            const auto at = replace(base + first, m_shown[i].parts - first, parts, first, frame);
            changed = changed ? changed : at;
            m_shown[i].parts = parts.size();
        }
        base += parts.size();
    }
    if (m_shown.size() > sections.size() || base < partCount()) {
        m_shown.resize(sections.size(), {nullptr, 0});
        m_slots.resize(static_cast<size_t>(base));
        m_heights.truncate(base);
        changed = changed.value_or(base);
    }
    return changed;
}

std::optional<qsizetype> TranscriptEntry::replace(qsizetype from, qsizetype count,
                                                  const QList<Part> &parts, qsizetype firstNew,
                                                  const LayoutFrame &frame)
{
    std::optional<qsizetype> changed;
    const qsizetype made = parts.size() - firstNew;
    const bool atEnd = from + count == partCount();
    QList<int> heights;
    // What stands behind them moves up or down.
    for (qsizetype i = from + count; !atEnd && i < partCount(); ++i) {
        heights.append(m_heights.at(i));
    }
    for (qsizetype i = 0; i < qMin(made, count); ++i) {
        Slot &old = slot(from + i);
        const Part &part = parts[firstNew + i];
        if (old.part != part) {
            changed = changed.value_or(from + i);
            old.part = part;
            old.isStale = true;
            // One that is not seen needs no layout for the time being.
            if (!old.layout) {
                m_heights.set(from + i, estimatedHeight(part, frame.width, *frame.look));
            }
        }
    }
    if (made == count) {
        return changed;
    }
    changed = changed.value_or(from + qMin(made, count));
    const auto begin = m_slots.begin() + from + qMin(made, count);
    m_heights.truncate(from + qMin(made, count));
    if (made < count) {
        m_slots.erase(begin, begin + (count - made));
    } else {
        std::vector<Slot> more(static_cast<size_t>(made - count));
        for (qsizetype i = count; i < made; ++i) {
            const Part &part = parts[firstNew + i];
            more[static_cast<size_t>(i - count)].part = part;
            m_heights.append(estimatedHeight(part, frame.width, *frame.look));
        }
        m_slots.insert(begin, std::make_move_iterator(more.begin()),
                       std::make_move_iterator(more.end()));
    }
    for (const int height : std::as_const(heights)) {
        m_heights.append(height);
    }
    return changed;
}

void TranscriptEntry::reset(const LayoutFrame &frame)
{
    if (!m_content) {
        estimate(frame);
        return;
    }
    QList<int> heights;
    heights.reserve(partCount());
    for (Slot &slot : m_slots) {
        slot.layout.reset();
        slot.isStale = true;
        heights.append(estimatedHeight(slot.part, frame.width, *frame.look));
    }
    m_heights.assign(heights);
}

PartLayout &TranscriptEntry::layOut(qsizetype index, const LayoutFrame &frame)
{
    Slot &made = slot(index);
    if (!made.layout || made.isStale) {
        const LineColors known = lineColors(index);
        made.layout
            = Maestro::layOut(made.part, known, frame.width, *frame.look, std::move(made.layout));
        made.isStale = false;
        m_heights.set(index, made.layout->height);
    }
    return *made.layout;
}

QRect TranscriptEntry::takeChanged(qsizetype index)
{
    const Slot &made = slot(index);
    return made.layout && !made.isStale ? std::exchange(made.layout->changed, {}) : QRect();
}

std::pair<size_t, qsizetype> TranscriptEntry::place(qsizetype index) const
{
    size_t section = 0;
    while (section + 1 < m_shown.size() && index >= m_shown[section].parts) {
        index -= m_shown[section].parts;
        ++section;
    }
    return {section, index};
}

TranscriptEntry::BlockKey TranscriptEntry::blockKey(qsizetype index) const
{
    return {m_shown[place(index).first].section, slot(index).part.source};
}

int TranscriptEntry::scrolledBy(qsizetype index) const
{
    return m_scrolled.isEmpty() ? 0 : m_scrolled.value(blockKey(index));
}

LineColors TranscriptEntry::lineColors(qsizetype index)
{
    Slot &made = slot(index);
    made.lacksColors = false;
    const Markdown::Block &block = made.part.block;
    if (block.kind != Markdown::Block::Kind::Code || !Syntax::mayKnow(block.language)) {
        return {};
    }
    std::shared_ptr<CodeColors> &known = m_colors[blockKey(index)];
    if (!known) {
        known = std::make_shared<CodeColors>();
    }
    LineColors colors;
    for (qsizetype i = 0; i < block.lines.size(); ++i) {
        colors.append(known->runs(made.part.first + i, block.lines[i]));
    }
    made.lacksColors = !known->isGivenUp()
        && known->firstUnread(made.part.first, block.lines) < made.part.first + block.lines.size();
    return colors;
}

std::shared_ptr<CodeColors> TranscriptEntry::colors(qsizetype index) const
{
    return m_colors.value(blockKey(index));
}

std::optional<CodeColors::Request> TranscriptEntry::colorRequest(qsizetype index)
{
    const std::shared_ptr<CodeColors> known = colors(index);
    const Part &asked = slot(index).part;
    if (!known || known->isGivenUp()) {
        return {};
    }
    const qsizetype first = known->firstUnread(asked.first, asked.block.lines);
    // The stretches of a block follow one another.
    qsizetype from = index;
    while (slot(from).part.first > first) {
        --from;
    }
    QStringList lines;
    for (; from <= index && lines.size() < MostLinesAtOnce; ++from) {
        const Part &part = slot(from).part;
        lines += part.block.lines.mid(qMax<qsizetype>(0, first - part.first));
    }
    return lines.isEmpty() ? std::nullopt : std::optional(known->request(first, lines));
}

qsizetype TranscriptEntry::recolor(qsizetype index, qsizetype fromLine)
{
    const BlockKey key = blockKey(index);
    qsizetype first = index;
    while (first > 0 && slot(first).part.first > fromLine) {
        --first;
    }
    for (qsizetype i = first; i < partCount() && blockKey(i) == key; ++i) {
        slot(i).isStale = true;
    }
    return first;
}

void TranscriptEntry::setScrolledBy(qsizetype index, int x)
{
    m_scrolled.insert(blockKey(index), x);
}

bool TranscriptEntry::choose(qsizetype index, Target::Kind kind)
{
    const auto [section, part] = place(index);
    return m_content->sections()[section]->choose(slot(index).part, kind);
}

QString TranscriptEntry::source() const
{
    QStringList sources;
    for (const auto &section : m_content->sections()) {
        if (const QString words = section->source(); !words.isEmpty()) {
            sources.append(words);
        }
    }
    return sources.join(QStringLiteral("\n\n"));
}

} // namespace Maestro
