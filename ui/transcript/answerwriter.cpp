// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/answerwriter.h"

#include "core/overloaded.h"
#include "ui/common/theme.h"
#include "ui/transcript/answersections.h"

#include <QCoreApplication>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Transcript)
};

//! What is to be said about how an answer ended; empty if it ended as it should.
QString endingText(const std::optional<Done> &done)
{
    switch (done ? done->ending : Done::Ending::CutOff) {
    case Done::Ending::CutOff:
        return Tr::tr("Interrupted – what arrived is above.");
    case Done::Ending::Stopped:
        return Tr::tr("You stopped the answer here.");
    case Done::Ending::Silent:
        return Tr::tr("Given up after a long silence – what arrived is above.");
    case Done::Ending::Failed:
        return Tr::tr("The provider broke the answer off – what arrived is above.");
    case Done::Ending::Complete:
        break;
    }
    switch (done->stop) {
    case Done::Stop::Length:
        return Tr::tr("The answer reached its greatest length and ends here.");
    case Done::Stop::Filtered:
        return Tr::tr("The provider's content filter ended the answer here.");
    case Done::Stop::Paused:
        return Tr::tr("The provider paused the answer here.");
    default:
        return {};
    }
}

} // namespace

AnswerWriter::AnswerWriter(QTextDocument &document, TranscriptFormat &format, int number)
    : m_document(document)
    , m_format(format)
    , m_number(number)
    , m_freePlace(DocumentStretch::appendTo(document))
{
    QTextCursor cursor = m_freePlace->writer();
    QTextBlockFormat block;
    block.setTopMargin(gridSteps(1));
    cursor.setBlockFormat(block);
    cursor.insertText(Tr::tr("Waiting for the answer…"), m_format.text(TextTint::Muted));
    m_freePlace->extendTo(cursor);
}

AnswerWriter::~AnswerWriter() = default;

void AnswerWriter::take(const StreamMessages &messages)
{
    QTextCursor frame(&m_document);
    frame.beginEditBlock();
    for (const StreamMessage &message : messages) {
        take(message);
    }
    for (const auto &section : m_sections) {
        section->show();
    }
    frame.endEditBlock();
}

void AnswerWriter::take(const StreamMessage &message)
{
    std::visit(Overloaded{
                   [this](const Content &content) { takeContent(content); },
                   [this](const Reasoning &reasoning) { takeReasoning(reasoning); },
                   [this](const FunctionCall &call) { takeCall(call); },
                   [this](const Refusal &refusal) {
                       endThinking();
                       if (!m_refusal) {
                           addNotice(Tr::tr("The model declined to answer:"), TextTint::Danger);
                           m_refusal = &textSection(-1);
                       }
                       m_refusal->add(refusal.text);
                   },
                   [this](const Citation &citation) { m_citations.append(citation); },
                   [](const Usage &) {},
                   [this](const StreamFault &fault) { m_skipped += fault.fatal ? 0 : 1; },
                   [this](const Done &done) { m_done = done; },
               },
               message);
}

DocumentStretch AnswerWriter::takePlace()
{
    if (!m_freePlace) {
        return DocumentStretch::appendTo(m_document);
    }
    DocumentStretch place = *std::exchange(m_freePlace, std::nullopt);
    place.clear();
    return place;
}

TextSection &AnswerWriter::textSection(int part)
{
    endThinking();
    TextSection *&section = m_texts[part];
    if (!section) {
        auto made = std::make_unique<TextSection>(takePlace(), m_format);
        section = made.get();
        m_sections.push_back(std::move(made));
    }
    return *section;
}

ReasoningFold &AnswerWriter::reasoningFold()
{
    // Reasoning after something else, a call for one, is a fold of its own.
    if (m_folds.empty() || !m_folds.back()->isThinking()) {
        const QString target = u"reasoning:%1.%2"_s.arg(m_number).arg(m_folds.size());
        auto made = std::make_unique<ReasoningFold>(takePlace(), m_format, target);
        m_folds.push_back(made.get());
        m_sections.push_back(std::move(made));
    }
    return *m_folds.back();
}

void AnswerWriter::takeContent(const Content &content)
{
    if (content.replacesPart && m_texts.contains(content.part)) {
        textSection(content.part).replace(content.text);
    } else if (!content.text.isEmpty()) {
        textSection(content.part).add(content.text);
    }
}

void AnswerWriter::takeReasoning(const Reasoning &reasoning)
{
    if (reasoning.replacesContent) {
        dropTexts();
    }
    if (!reasoning.text.isEmpty()) {
        reasoningFold().add(reasoning.part, reasoning.text);
    }
}

void AnswerWriter::takeCall(const FunctionCall &call)
{
    endThinking();
    CallCard *&card = m_calls[call.call];
    if (!card) {
        auto made = std::make_unique<CallCard>(takePlace(), m_format);
        card = made.get();
        m_sections.push_back(std::move(made));
    }
    card->take(call);
}

void AnswerWriter::dropTexts()
{
    TextSection *refusal = m_refusal;
    for (const auto &[part, text] : m_texts) {
        if (text == refusal) {
            continue;
        }
        if (m_freePlace) {
            text->place().remove();
        } else {
            m_freePlace = text->place();
            m_freePlace->clear();
        }
        const auto gone
            = [dropped = text](const auto &section) { return section.get() == dropped; };
        std::erase_if(m_sections, gone);
    }
    std::erase_if(m_texts, [refusal](const auto &each) { return each.second != refusal; });
}

void AnswerWriter::endThinking()
{
    for (ReasoningFold *fold : m_folds) {
        fold->endThinking();
    }
}

void AnswerWriter::addNotice(const QString &text, TextTint tint)
{
    DocumentStretch place = takePlace();
    QTextCursor cursor = place.writer();
    QTextBlockFormat block;
    block.setTopMargin(gridSteps(1.5));
    cursor.setBlockFormat(block);
    cursor.insertText(text, m_format.small(tint));
    place.extendTo(cursor);
}

void AnswerWriter::addCitations()
{
    addNotice(Tr::tr("Sources"), TextTint::Muted);
    int number = 0;
    for (const Citation &citation : std::as_const(m_citations)) {
        DocumentStretch place = takePlace();
        QTextCursor cursor = place.writer();
        cursor.insertText(u"%1.  "_s.arg(++number), m_format.small());
        cursor.insertText(citation.title.isEmpty() ? citation.quote : citation.title,
                          m_format.small(TextTint::None));
        cursor.insertText(citation.url.isEmpty() ? QString() : u"  "_s + citation.url,
                          m_format.small());
        place.extendTo(cursor);
    }
}

void AnswerWriter::finish()
{
    endThinking();
    for (const auto &[number, card] : m_calls) {
        card->end();
    }
    take(StreamMessages{});
    if (m_sections.empty()) {
        remove();
        return;
    }
    QTextCursor frame(&m_document);
    frame.beginEditBlock();
    if (!m_citations.isEmpty()) {
        addCitations();
    }
    if (m_skipped > 0) {
        addNotice(Tr::tr("Damaged pieces of the stream that were skipped: %1").arg(m_skipped),
                  TextTint::Danger);
    }
    if (const QString ending = endingText(m_done); !ending.isEmpty()) {
        addNotice(ending, TextTint::Danger);
    }
    frame.endEditBlock();
}

void AnswerWriter::toggleReasoning(int fold)
{
    if (fold >= 0 && static_cast<size_t>(fold) < m_folds.size()) {
        QTextCursor frame(&m_document);
        frame.beginEditBlock();
        m_folds[static_cast<size_t>(fold)]->toggle();
        frame.endEditBlock();
    }
}

void AnswerWriter::remove()
{
    int begin = m_freePlace ? m_freePlace->beginning() : m_document.characterCount();
    for (const auto &section : m_sections) {
        begin = qMin(begin, section->place().beginning());
    }
    QTextCursor cursor(&m_document);
    cursor.setPosition(qMax(0, qMin(begin, m_document.characterCount()) - 1));
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    m_sections.clear();
    m_freePlace.reset();
}

} // namespace Maestro
