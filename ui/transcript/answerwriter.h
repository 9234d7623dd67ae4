// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"
#include "ui/transcript/documentstretch.h"
#include "ui/transcript/transcriptformat.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

class QTextDocument;

namespace Maestro {

class AnswerSection;
class CallCard;
class ReasoningFold;
class TextSection;

//! Shows one answer at the end of a document while it comes in. One object per answer.
class AnswerWriter
{
public:
    //! Both must outlive the writer. `number` tells the answers of a document apart.
    AnswerWriter(QTextDocument &document, TranscriptFormat &format, int number);
    ~AnswerWriter();
    Q_DISABLE_COPY_MOVE(AnswerWriter)

    void take(const StreamMessages &messages);
    //! No more comes: says what is to be said about how it ended. With nothing to show, nothing of
    //! the answer stays.
    void finish();
    //! Opens or closes the reasoning of that number.
    void toggleReasoning(int fold);
    //! Takes the whole answer off the document again; it must be the last thing in it.
    void remove();

private:
    void take(const StreamMessage &message);
    void takeContent(const Content &content);
    void takeReasoning(const Reasoning &reasoning);
    void takeCall(const FunctionCall &call);
    TextSection &textSection(int part);
    ReasoningFold &reasoningFold();
    //! Content that turned out to be reasoning makes room for it.
    void dropTexts();
    DocumentStretch takePlace();
    void addNotice(const QString &text, TextTint tint);
    void addCitations();
    void endThinking();

    QTextDocument &m_document;
    TranscriptFormat &m_format;
    int m_number;
    std::vector<std::unique_ptr<AnswerSection>> m_sections;
    //! A place that was made for something that did not come or was taken back.
    std::optional<DocumentStretch> m_freePlace;
    std::map<int, TextSection *> m_texts;
    std::map<int, CallCard *> m_calls;
    std::vector<ReasoningFold *> m_folds;
    QList<Citation> m_citations;
    TextSection *m_refusal = nullptr;
    std::optional<Done> m_done;
    int m_skipped = 0;
};

} // namespace Maestro
