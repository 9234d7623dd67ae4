// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/answersections.h"

#include "ui/common/theme.h"

#include <QCoreApplication>
#include <QTextBlock>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Transcript)
};

} // namespace

TextSection::TextSection(DocumentStretch stretch, TranscriptFormat &textFormat)
    : AnswerSection(std::move(stretch), textFormat)
    , m_writer(std::in_place, place(), textFormat, MarkdownWriter::Look::Answer)
{ }

void TextSection::replace(const QString &text)
{
    m_pending = text;
    m_stale = true;
}

void TextSection::show()
{
    if (std::exchange(m_stale, false)) {
        place().clear();
        m_writer.emplace(place(), format(), MarkdownWriter::Look::Answer);
    }
    m_writer->write(std::exchange(m_pending, {}));
}

ReasoningFold::ReasoningFold(DocumentStretch stretch, TranscriptFormat &textFormat,
                             const QString &target)
    : AnswerSection(std::move(stretch), textFormat)
    , m_target(target)
{
    m_clock.start();
}

void ReasoningFold::add(int part, const QString &text)
{
    if (part != m_part && !m_text.isEmpty()) {
        m_text += u"\n\n"_s;
    }
    m_part = part;
    m_text += text;
}

void ReasoningFold::endThinking()
{
    if (m_thinking) {
        m_thinking = false;
        m_tookMs = m_clock.elapsed();
        m_headerStale = true;
    }
}

void ReasoningFold::toggle()
{
    m_open = !m_open;
    m_headerStale = true;
    if (!m_open) {
        QTextCursor cursor = place().writer();
        cursor.setPosition(headerEnd());
        cursor.setPosition(place().end(), QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        place().extendTo(cursor);
        m_writer.reset();
    }
    m_shown = 0;
    show();
}

void ReasoningFold::show()
{
    if (m_headerStale) {
        showHeader();
    }
    if (m_open && m_shown < m_text.size()) {
        if (!m_writer) {
            m_writer.emplace(place(), format(), MarkdownWriter::Look::Reasoning);
        }
        m_writer->write(QStringView(m_text).mid(m_shown));
        m_shown = m_text.size();
    }
}

int ReasoningFold::headerEnd() const
{
    const QTextBlock block = place().document().findBlock(place().beginning());
    return block.position() + block.length() - 1;
}

void ReasoningFold::showHeader()
{
    m_headerStale = false;
    const qint64 seconds = qMax<qint64>(1, (m_tookMs + 500) / 1000);
    const QString what = m_thinking ? Tr::tr("Thinking…") : Tr::tr("Thought for %1 s").arg(seconds);
    const bool closed = headerEnd() == place().end();
    QTextCursor cursor = place().writer();
    cursor.setPosition(place().beginning());
    cursor.setPosition(headerEnd(), QTextCursor::KeepAnchor);
    QTextBlockFormat block;
    block.setTopMargin(gridSteps(1));
    block.setBottomMargin(gridSteps(0.5));
    cursor.setBlockFormat(block);
    cursor.insertText((m_open ? u"▾  "_s : u"▸  "_s) + what, format().action(m_target));
    if (closed) {
        place().extendTo(cursor);
    }
}

CallCard::CallCard(DocumentStretch stretch, TranscriptFormat &textFormat)
    : AnswerSection(std::move(stretch), textFormat)
    , m_boxId(textFormat.makeBoxId())
{ }

void CallCard::take(const FunctionCall &call)
{
    m_executor = call.executor;
    if (call.phase == FunctionCall::Phase::Arguments) {
        m_arguments += call.arguments;
        return;
    }
    m_stale = true;
    m_name = call.name;
    m_arguments = call.arguments;
    if (call.phase == FunctionCall::Phase::Complete) {
        m_state = State::Complete;
    }
}

void CallCard::end()
{
    if (m_state == State::Growing) {
        m_state = State::CutOff;
        m_stale = true;
    }
}

QString CallCard::stateText() const
{
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

void CallCard::show()
{
    if (m_stale) {
        showWhole();
    } else if (m_shown < m_arguments.size()) {
        QTextCursor cursor = place().writer();
        cursor.insertText(m_arguments.mid(m_shown), format().fixed());
        place().extendTo(cursor);
    }
    m_shown = m_arguments.size();
}

void CallCard::showWhole()
{
    m_stale = false;
    place().clear();
    QTextCursor cursor = place().writer();
    QTextBlockFormat block = boxBlock(BlockBox::Card, m_boxId, boxPadding() + gridSteps(1));
    block.setBottomMargin(gridSteps(0.5));
    cursor.setBlockFormat(block);
    QTextCharFormat name = format().fixed();
    name.setFontWeight(QFont::Bold);
    cursor.insertText(Tr::tr("Function call"), format().small());
    cursor.insertText(u"   "_s, format().small());
    cursor.insertText(m_name, name);
    cursor.insertText(u"   "_s, format().small());
    cursor.insertText(
        stateText(), format().small(m_state == State::CutOff ? TextTint::Danger : TextTint::Muted));
    block.setTopMargin(0);
    // Of two margins that meet the larger counts, and both boxes have an edge beyond their text.
    block.setBottomMargin(2 * boxPadding() + gridSteps(1));
    cursor.insertBlock(block, QTextCharFormat());
    cursor.insertText(m_arguments.isEmpty() && m_state == State::Complete ? u"{}"_s : m_arguments,
                      format().fixed());
    place().extendTo(cursor);
}

} // namespace Maestro
