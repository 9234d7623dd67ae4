// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streamhandler.h"
#include "providers/answerending.h"
#include "providers/gemini/geminicalls.h"
#include "providers/reportederror.h"

#include <QSet>

namespace Maestro::Gemini {

//! POST …:streamGenerateContent?alt=sse, by Gemini and Vertex. A finish reason may stand on every
//! chunk, so the answer ends with its bytes.
class GeminiStreamHandler : public StreamHandler
{
public:
    explicit GeminiStreamHandler(const ErrorReading &errors)
        : m_errors(errors)
    { }
    void handle(const ServerSentEvent &event, StreamMessages &messages) override;
    StreamMessages finish(QByteArrayView stray) override;

private:
    StreamMessages takeChunk(const QJsonObject &chunk);
    StreamMessages takeCandidate(const QJsonObject &candidate);
    StreamMessages takePart(const QJsonObject &part);
    StreamMessages takeText(const QJsonObject &part);
    StreamMessages takeUsage(const QJsonObject &usage);
    StreamMessages cite(const QString &title, const QString &url, const QString &quote);
    StreamMessages citeGrounding();
    void keep(const QJsonObject &part);
    void keepCalls();
    void keepText();
    Done::Stop stop() const;

    ErrorReading m_errors;
    AnswerEnding m_ending;
    GeminiCalls m_calls;
    //! The parts as they came; texts that nothing hangs on are joined.
    QJsonArray m_parts;
    QString m_plainText;
    QJsonObject m_grounding;
    QSet<QString> m_cited;
    bool m_isInText = false;
    int m_textCount = 0;
    int m_reasoningCount = 0;
};

} // namespace Maestro::Gemini
