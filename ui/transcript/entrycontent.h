// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/section.h"

#include <map>
#include <vector>

namespace Maestro {

//! What one entry of the transcript says: a prompt, or an answer while it comes in and after. One
//! object per entry.
class EntryContent
{
public:
    static std::unique_ptr<EntryContent> ofPrompt(const QString &prompt, const QStringList &files);
    //! One that comes in; `now` tells the time.
    static std::unique_ptr<EntryContent> ofAnswer(const AnswerClock::Now &now);
    //! A whole answer, as it is kept in a conversation.
    static std::unique_ptr<EntryContent> ofAnswer(const Answer &answer);

    void take(const StreamMessages &messages);
    //! No more comes: says what is to be said about how it ended.
    void finish();
    //! Whether there was nothing to show.
    bool isEmpty() const;
    bool isInterrupted() const;
    //! Reasoning comes in, and its time goes on.
    bool isThinking() const;
    //! Says for how long.
    void countThinking();
    //! Under an interrupted answer, what can be done about it.
    void setActions(bool offered);
    //! What can be done with the message, as buttons under it.
    void setFooter(const QList<Target> &buttons);
    //! Whether the result is of a call of this answer.
    bool addResult(const FunctionResult &result);
    bool setCallWaiting(const QString &callId, bool waiting);

    const std::vector<std::unique_ptr<Section>> &sections() const { return m_sections; }
    bool isPrompt() const { return m_isPrompt; }

private:
    explicit EntryContent(const std::optional<AnswerClock::Now> &now)
        : m_now(now)
    { }
    static std::unique_ptr<EntryContent> waitingAnswer(const std::optional<AnswerClock::Now> &now);
    void take(const StreamMessage &message);
    void takeContent(const Content &content);
    void takeReasoning(const Reasoning &reasoning);
    void takeCall(const FunctionCall &call);
    void takeRefusal(const Refusal &refusal);
    TextSection &textSection(int part);
    ReasoningFold &reasoningFold();
    //! Content that turned out to be reasoning makes room for it.
    void dropTexts();
    void addNotice(const QString &text, Part::Tone tone);
    void addCitations();
    void endThinking();
    template <typename Kind, typename... Arguments>
    Kind &add(Arguments &&...arguments);
    void remove(const Section *section);

    std::optional<AnswerClock::Now> m_now;
    bool m_isPrompt = false;
    std::vector<std::unique_ptr<Section>> m_sections;
    //! Where the first of the texts stood that were taken back.
    std::optional<size_t> m_freePlace;
    const Section *m_waiting = nullptr;
    std::map<int, TextSection *> m_texts;
    std::map<int, CallSection *> m_calls;
    std::vector<ReasoningFold *> m_folds;
    QList<Citation> m_citations;
    TextSection *m_refusal = nullptr;
    const Section *m_actions = nullptr;
    const Section *m_footer = nullptr;
    std::optional<Done> m_done;
    bool m_finished = false;
    int m_skipped = 0;
};

} // namespace Maestro
