// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/entrycontent.h"

#include "core/overloaded.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! The text part that a refusal is shown in.
constexpr int RefusalPart = -1;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Transcript)
};

bool wasInterrupted(const std::optional<Done> &done)
{
    return !done || done->ending != Done::Ending::Complete;
}

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

std::unique_ptr<EntryContent> EntryContent::ofPrompt(const QString &prompt,
                                                     const QStringList &files)
{
    std::unique_ptr<EntryContent> content(new EntryContent(std::nullopt));
    content->m_isPrompt = true;
    content->add<FixedSection>(promptParts(prompt, files));
    return content;
}

std::unique_ptr<EntryContent>
EntryContent::waitingAnswer(const std::optional<AnswerClock::Now> &now)
{
    std::unique_ptr<EntryContent> content(new EntryContent(now));
    Part waiting = noticePart(Tr::tr("Waiting for the answer…"), Part::Tone::Muted);
    content->m_waiting = &content->add<FixedSection>(QList<Part>{waiting});
    return content;
}

std::unique_ptr<EntryContent> EntryContent::ofAnswer(const AnswerClock::Now &now)
{
    return waitingAnswer(now);
}

std::unique_ptr<EntryContent> EntryContent::ofAnswer(const Answer &answer)
{
    std::unique_ptr<EntryContent> content = waitingAnswer(std::nullopt);
    content->take(answer.messages());
    content->finish();
    return content;
}

template <typename Kind, typename... Arguments>
Kind &EntryContent::add(Arguments &&...arguments)
{
    if (m_waiting) {
        remove(std::exchange(m_waiting, nullptr));
    }
    auto made = std::make_unique<Kind>(std::forward<Arguments>(arguments)...);
    Kind &section = *made;
    const size_t at = qMin(m_freePlace.value_or(m_sections.size()), m_sections.size());
    m_freePlace.reset();
    m_sections.insert(m_sections.begin() + static_cast<std::ptrdiff_t>(at), std::move(made));
    return section;
}

void EntryContent::remove(const Section *section)
{
    std::erase_if(m_sections, [section](const auto &each) { return each.get() == section; });
}

void EntryContent::take(const StreamMessages &messages)
{
    for (const StreamMessage &message : messages) {
        take(message);
    }
}

void EntryContent::take(const StreamMessage &message)
{
    std::visit(Overloaded{
                   [this](const Content &content) { takeContent(content); },
                   [this](const Reasoning &reasoning) { takeReasoning(reasoning); },
                   [this](const FunctionCall &call) { takeCall(call); },
                   [this](const Refusal &refusal) { takeRefusal(refusal); },
                   [this](const Citation &citation) { m_citations.append(citation); },
                   [](const Usage &) {},
                   [this](const StreamFault &fault) { m_skipped += fault.fatal ? 0 : 1; },
                   [this](const Done &done) { m_done = done; },
               },
               message);
}

TextSection &EntryContent::textSection(int part)
{
    endThinking();
    TextSection *&section = m_texts[part];
    if (!section) {
        section = &add<TextSection>();
    }
    return *section;
}

ReasoningFold &EntryContent::reasoningFold()
{
    // Reasoning after something else, a call for one, is a fold of its own.
    if (m_folds.empty() || !m_folds.back()->isThinking()) {
        m_folds.push_back(&add<ReasoningFold>(m_now));
    }
    return *m_folds.back();
}

void EntryContent::takeContent(const Content &content)
{
    if (content.replacesPart && m_texts.contains(content.part)) {
        textSection(content.part).replace(content.text);
    } else if (!content.text.isEmpty()) {
        textSection(content.part).add(content.text);
    }
}

void EntryContent::takeReasoning(const Reasoning &reasoning)
{
    if (reasoning.replacesContent) {
        dropTexts();
    }
    if (!reasoning.text.isEmpty()) {
        reasoningFold().add(reasoning.part, reasoning.text);
    }
    if (reasoning.took && !m_folds.empty()) {
        m_folds.back()->addTime(*reasoning.took);
    }
}

void EntryContent::takeCall(const FunctionCall &call)
{
    endThinking();
    CallSection *&card = m_calls[call.call];
    if (!card) {
        card = &add<CallSection>();
    }
    card->take(call);
}

void EntryContent::takeRefusal(const Refusal &refusal)
{
    endThinking();
    if (!m_refusal) {
        addNotice(Tr::tr("The model declined to answer:"), Part::Tone::Danger);
        m_refusal = &textSection(RefusalPart);
    }
    m_refusal->add(refusal.text);
}

void EntryContent::dropTexts()
{
    std::optional<size_t> place;
    for (size_t i = m_sections.size(); i-- > 0;) {
        const auto isHere = [&](const auto &text) {
            return text.second == m_sections[i].get() && text.second != m_refusal;
        };
        if (std::any_of(m_texts.begin(), m_texts.end(), isHere)) {
            m_sections.erase(m_sections.begin() + static_cast<std::ptrdiff_t>(i));
            place = i;
        }
    }
    std::erase_if(m_texts, [this](const auto &text) { return text.second != m_refusal; });
    m_freePlace = place;
}

void EntryContent::endThinking()
{
    for (ReasoningFold *fold : m_folds) {
        fold->endThinking();
    }
}

bool EntryContent::isThinking() const { return !m_folds.empty() && m_folds.back()->isThinking(); }

void EntryContent::countThinking()
{
    for (ReasoningFold *fold : m_folds) {
        fold->tick();
    }
}

void EntryContent::addNotice(const QString &text, Part::Tone tone)
{
    add<FixedSection>(QList<Part>{noticePart(text, tone)});
}

void EntryContent::addCitations()
{
    QList<Part> parts{noticePart(Tr::tr("Sources"), Part::Tone::Muted)};
    int number = 0;
    for (const Citation &citation : std::as_const(m_citations)) {
        Part part = noticePart(u"%1.  "_s.arg(++number), Part::Tone::Muted);
        part.role = Part::Role::Source;
        part.gap = 0.25;
        QString &text = part.block.text.text;
        const qsizetype from = text.size();
        text += citation.title.isEmpty() ? citation.quote : citation.title;
        const bool hasTitle = text.size() > from;
        text += citation.url.isEmpty() || !hasTitle ? citation.url : u"  "_s + citation.url;
        if (!citation.url.isEmpty()) {
            const qsizetype length
                = hasTitle ? text.size() - from - citation.url.size() - 2 : text.size() - from;
            part.block.text.addresses = {{citation.url}};
            part.block.text.spans = {{from, length, Markdown::Style::Link, 0}};
        }
        parts.append(part);
    }
    add<FixedSection>(parts);
}

void EntryContent::finish()
{
    m_finished = true;
    endThinking();
    for (const auto &[number, card] : m_calls) {
        card->end();
    }
    if (isEmpty()) {
        return;
    }
    if (!m_citations.isEmpty()) {
        addCitations();
    }
    if (m_skipped > 0) {
        addNotice(Tr::tr("Damaged pieces of the stream that were skipped: %1").arg(m_skipped),
                  Part::Tone::Danger);
    }
    if (const QString ending = endingText(m_done); !ending.isEmpty()) {
        const bool isWanted = m_done && m_done->ending == Done::Ending::Stopped;
        addNotice(ending, isWanted ? Part::Tone::Muted : Part::Tone::Danger);
    }
}

bool EntryContent::isEmpty() const { return m_waiting != nullptr || m_sections.empty(); }

bool EntryContent::isInterrupted() const
{
    return !m_isPrompt && m_finished && !isEmpty() && wasInterrupted(m_done);
}

void EntryContent::setActions(bool offered)
{
    if (m_actions) {
        remove(std::exchange(m_actions, nullptr));
    }
    if (offered && isInterrupted()) {
        using Kind = Target::Kind;
        Part actions{.role = Part::Role::Actions, .gap = 1};
        actions.buttons = {{Kind::Continue, Tr::tr("Continue")},
                           {Kind::Retry, Tr::tr("Retry")},
                           {Kind::Keep, Tr::tr("Keep")}};
        m_actions = &add<FixedSection>(QList<Part>{actions});
    }
}

void EntryContent::setFooter(const QList<Target> &buttons)
{
    if (m_footer) {
        remove(std::exchange(m_footer, nullptr));
    }
    if (!buttons.isEmpty()) {
        Part footer{.role = Part::Role::Actions, .tone = Part::Tone::Muted, .gap = 1.25};
        footer.buttons = buttons;
        // Under the bubble that they are about.
        footer.alignment = m_isPrompt ? Markdown::Alignment::Right : Markdown::Alignment::None;
        m_footer = &add<FixedSection>(QList<Part>{footer});
    }
}

bool EntryContent::addResult(const FunctionResult &result)
{
    for (const auto &[number, card] : m_calls) {
        if (card->id() == result.callId && !card->hasResult()) {
            card->setResult(result);
            return true;
        }
    }
    return false;
}

bool EntryContent::setCallWaiting(const QString &callId, bool waiting)
{
    for (const auto &[number, card] : m_calls) {
        if (card->id() == callId && !card->hasResult()) {
            card->setWaiting(waiting);
            return true;
        }
    }
    return false;
}

} // namespace Maestro
