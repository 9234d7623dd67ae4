// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "practice/practicequestion.h"
#include "practice/practicetools.h"

#include <QDateTime>
#include <QStringList>

namespace Maestro::Practice {

//! What must differ between two answers, given from outside so that making one has no other input.
struct AnswerIdentity
{
    QByteArray seed; //!< ids are made of it
    QDateTime createdAt;
};

//! Writes an answer as the events of OpenAI's Responses API: each item opens, comes in deltas and
//! is closed with its whole text, sequence numbers run from 0 without a gap, and the terminal event
//! repeats everything. Which items there are, and how it ends, is the caller's to say.
class ResponseWriter
{
public:
    enum class Completeness { Complete, Incomplete };

    ResponseWriter(const Question &question, const AnswerIdentity &identity,
                   int charactersPerDelta);

    void begin();
    void writeReasoning(const QStringList &summaries, qint64 tokens);
    void writeMessage(const QString &text, Completeness completeness);
    void writeCall(const Call &call);

    void complete();
    //! `reason` as in incomplete_details.
    void stopShort(const QString &reason);
    //! An error event, and response.failed.
    void fail(const QString &code, const QString &message);

    qsizetype eventCount() const { return m_steps.size(); }
    //! Takes back what was written after that many events.
    void truncate(qsizetype events);
    QList<EventStream::Step> takeSteps() { return std::move(m_steps); }

private:
    struct FinishedItem
    {
        qsizetype event = 0; // that finished it
        QJsonObject item;
    };
    enum class Timing { AtOnce, Paced };

    void write(const QString &type, QJsonObject fields, Timing timing = Timing::AtOnce);
    void writeItemAdded(const QJsonObject &item);
    void writeItemDone(const QJsonObject &item);
    //! `makeFields` are those of each delta and of the text's end, but the text itself.
    void writeText(const QString &event, const QJsonObject &fields, const QString &nameOfWhole,
                   const QString &text);
    void writeSummary(int index, const QString &summary, const QString &itemId);
    void writeEnd(const QString &status, const QJsonObject &changes);
    QJsonObject response(const QString &status) const;
    QJsonObject usage() const;
    //! The next id, such as msg_… or rs_….
    QString makeId(QLatin1StringView prefix);

    Question m_question;
    QDateTime m_createdAt;
    QByteArray m_seed;
    int m_charactersPerDelta;
    int m_ids = 0;
    QString m_responseId;
    int m_outputIndex = 0;
    qint64 m_outputTokens = 0;
    qint64 m_reasoningTokens = 0;
    QList<FinishedItem> m_finished;
    QList<EventStream::Step> m_steps;
};

} // namespace Maestro::Practice
