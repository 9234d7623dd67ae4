// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/section.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! More of a result is kept in the conversation, and not shown.
constexpr qsizetype LongestShownResult = 100'000;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Transcript)
};

} // namespace

bool Section::choose(const Part &, Target::Kind) { return false; }

void TextSection::add(const QString &text) { markChanged(m_markdown->append(text)); }

void TextSection::replace(const QString &text)
{
    m_markdown = std::make_unique<MarkdownParts>(Part::Role::Answer);
    m_markdown->append(text);
    markChanged(0);
}

bool TextSection::choose(const Part &part, Target::Kind kind)
{
    if (kind != Target::Kind::Wrap) {
        return false;
    }
    markChanged(m_markdown->toggleWrap(part.source));
    return true;
}

ReasoningFold::ReasoningFold(const std::optional<AnswerClock::Now> &now)
{
    if (now) {
        m_clock.emplace(*now).start();
    }
    update(0);
}

void ReasoningFold::add(int part, const QString &text)
{
    QString more = text;
    if (part != m_part && !m_text.isEmpty()) {
        more.prepend(u"\n\n"_s);
    }
    m_part = part;
    m_text += more;
    if (m_markdown) {
        update(m_markdown->append(more) + 1);
    }
}

void ReasoningFold::addTime(AnswerClock::Milliseconds took)
{
    m_took = m_took.value_or(AnswerClock::Milliseconds()) + took;
    if (!m_thinking) {
        update(0);
    }
}

void ReasoningFold::endThinking()
{
    if (m_thinking) {
        m_thinking = false;
        if (m_clock) {
            m_clock->stop();
        }
        update(0);
    }
}

void ReasoningFold::tick()
{
    if (m_thinking) {
        update(0);
    }
}

bool ReasoningFold::choose(const Part &, Target::Kind kind)
{
    if (kind != Target::Kind::Fold) {
        return false;
    }
    m_open = !m_open;
    m_markdown.reset();
    if (m_open) {
        m_markdown.emplace(Part::Role::Thought);
        m_markdown->append(m_text);
    }
    update(0);
    return true;
}

QString ReasoningFold::headText() const
{
    using std::chrono::seconds;
    if (m_thinking) {
        const qint64 passed = m_clock ? std::chrono::floor<seconds>(m_clock->elapsed()).count() : 0;
        return passed > 0 ? Tr::tr("Thinking… %1 s").arg(passed) : Tr::tr("Thinking…");
    }
    if (!m_took && !m_clock) {
        return Tr::tr("Thoughts");
    }
    const auto took = m_took ? *m_took : m_clock->elapsed();
    const qint64 shown = std::chrono::round<seconds>(took).count();
    return Tr::tr("Thought for %1 s").arg(qMax<qint64>(1, shown));
}

void ReasoningFold::update(qsizetype from)
{
    Part head{.role = Part::Role::Fold, .gap = 1.25, .isOpen = m_open};
    head.block.text.text = headText();
    m_parts = QList<Part>{head};
    if (m_markdown) {
        m_parts += m_markdown->parts();
    }
    markChanged(from);
}

CallSection::CallSection() { update(); }

void CallSection::take(const FunctionCall &call)
{
    m_executor = call.executor;
    if (call.phase == FunctionCall::Phase::Arguments) {
        m_arguments += call.arguments;
    } else {
        m_id = call.id;
        m_name = call.name;
        m_arguments = call.arguments;
    }
    if (call.phase == FunctionCall::Phase::Complete) {
        m_state = State::Complete;
        m_arguments = m_arguments.isEmpty() ? u"{}"_s : m_arguments;
    }
    update();
}

void CallSection::end()
{
    if (m_state == State::Growing) {
        m_state = State::CutOff;
        update();
    }
}

void CallSection::setWaiting(bool waiting)
{
    m_waits = waiting;
    update();
}

void CallSection::setResult(const FunctionResult &result)
{
    m_waits = false;
    m_result = result;
    m_result->output.truncate(LongestShownResult);
    update();
}

bool CallSection::choose(const Part &, Target::Kind kind)
{
    if (kind != Target::Kind::Fold) {
        return false;
    }
    m_resultOpen = !m_resultOpen;
    update();
    return true;
}

QString CallSection::stateText() const
{
    if (m_waits) {
        return Tr::tr("waiting for your word");
    }
    if (m_result) {
        return m_result->failed ? Tr::tr("failed") : Tr::tr("done");
    }
    switch (m_state) {
    case State::Growing:
        return Tr::tr("arguments are coming in…");
    case State::Complete:
        return m_executor == FunctionCall::Executor::Provider ? Tr::tr("run by the provider")
                                                              : Tr::tr("complete");
    case State::CutOff:
        return Tr::tr("incomplete, was cut off");
    }
    Q_UNREACHABLE();
}

void CallSection::update()
{
    using Markdown::Style;
    const bool failed = m_state == State::CutOff || (m_result && m_result->failed);
    Part head{.role = Part::Role::Call,
              .tone = failed ? Part::Tone::Danger : Part::Tone::Muted,
              .goesOnBelow = !m_arguments.isEmpty() || m_result,
              .gap = 1.5};
    const QString kind = Tr::tr("Function call") + u"   "_s;
    head.block.text.text = kind + m_name + u"   "_s + stateText();
    head.block.text.spans = {{kind.size(), m_name.size(), Style::Strong}};
    m_parts = QList<Part>{head};
    Part lines{.role = Part::Role::Call, .goesOnAbove = true};
    lines.block.kind = Markdown::Block::Kind::Code;
    if (!m_arguments.isEmpty()) {
        lines.goesOnBelow = m_result.has_value();
        m_parts += partsOfLines(lines, m_arguments.split(u'\n'));
    }
    if (m_result) {
        Part fold{.role = Part::Role::CallFold, .goesOnAbove = true, .goesOnBelow = m_resultOpen};
        fold.tone = m_result->failed ? Part::Tone::Danger : Part::Tone::Muted;
        fold.block.text.text = m_result->failed ? Tr::tr("What went wrong") : Tr::tr("Result");
        fold.isOpen = m_resultOpen;
        m_parts.append(fold);
        if (m_resultOpen) {
            lines.goesOnBelow = false;
            lines.source = 1;
            m_parts += partsOfLines(lines, m_result->output.split(u'\n'));
        }
    }
    markChanged(0);
}

QList<Part> promptParts(const QString &prompt, const QStringList &files)
{
    Part part{.role = Part::Role::Prompt, .gap = 3};
    // One paragraph, one bubble.
    QString text = prompt;
    text.replace(u'\n', QChar(QChar::LineSeparator));
    QList<Part> parts = partsOfText(part, {text, {}, {}});
    if (!files.isEmpty()) {
        Part with = noticePart(Tr::tr("With %1").arg(files.join(u", "_s)), Part::Tone::Muted);
        with.gap = 0.5;
        with.alignment = Markdown::Alignment::Right; // under the bubble
        parts.append(with);
    }
    return parts;
}

Part noticePart(const QString &text, Part::Tone tone)
{
    Part part{.role = Part::Role::Notice, .tone = tone, .gap = 1.5};
    part.block.text.text = text;
    return part;
}

} // namespace Maestro
