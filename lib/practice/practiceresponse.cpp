// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceresponse.h"

#include "practice/practicetext.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject merged(QJsonObject object, const QJsonObject &changes)
{
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        object.insert(change.key(), change.value());
    }
    return object;
}

} // namespace

ResponseWriter::ResponseWriter(const Question &question, const AnswerIdentity &identity,
                               int charactersPerDelta)
    : m_question(question)
    , m_createdAt(identity.createdAt)
    , m_seed(identity.seed)
    , m_charactersPerDelta(charactersPerDelta)
    , m_responseId(makeId("resp_"_L1))
{ }

void ResponseWriter::begin()
{
    write(u"response.created"_s, {{u"response"_s, response(u"in_progress"_s)}});
    write(u"response.in_progress"_s, {{u"response"_s, response(u"in_progress"_s)}});
}

void ResponseWriter::writeReasoning(const QStringList &summaries, qint64 tokens)
{
    const auto encrypted = [this](QLatin1StringView prefix) {
        // What it holds is for nobody to read; that it differs between added and done is like
        // OpenAI's.
        return m_question.wantsEncryptedReasoning ? QJsonValue(u"gAAAAA"_s + makeId(prefix))
                                                  : QJsonValue();
    };
    const QString id = makeId("rs_"_L1);
    QJsonObject item{{u"id"_s, id},
                     {u"type"_s, u"reasoning"_s},
                     {u"summary"_s, QJsonArray()},
                     {u"encrypted_content"_s, encrypted("begun"_L1)}};
    writeItemAdded(item);
    QJsonArray parts;
    for (const QString &summary : summaries) {
        writeSummary(static_cast<int>(parts.size()), summary, id);
        parts.append(QJsonObject{{u"type"_s, u"summary_text"_s}, {u"text"_s, summary}});
    }
    m_reasoningTokens += tokens;
    m_outputTokens += tokens;
    writeItemDone(
        merged(item, {{u"summary"_s, parts}, {u"encrypted_content"_s, encrypted("done"_L1)}}));
}

void ResponseWriter::writeSummary(int index, const QString &summary, const QString &itemId)
{
    const QJsonObject place{
        {u"item_id"_s, itemId}, {u"output_index"_s, m_outputIndex}, {u"summary_index"_s, index}};
    const auto part = [](const QString &text) {
        return QJsonObject{
            {u"part"_s, QJsonObject{{u"type"_s, u"summary_text"_s}, {u"text"_s, text}}}};
    };
    write(u"response.reasoning_summary_part.added"_s, merged(place, part({})));
    writeText(u"response.reasoning_summary_text"_s, place, u"text"_s, summary);
    write(u"response.reasoning_summary_part.done"_s, merged(place, part(summary)));
}

void ResponseWriter::writeMessage(const QString &text, Completeness completeness)
{
    const QString id = makeId("msg_"_L1);
    const auto part = [](const QString &content) {
        return QJsonObject{{u"type"_s, u"output_text"_s},
                           {u"annotations"_s, QJsonArray()},
                           {u"logprobs"_s, QJsonArray()},
                           {u"text"_s, content}};
    };
    const QJsonObject place{
        {u"item_id"_s, id}, {u"output_index"_s, m_outputIndex}, {u"content_index"_s, 0}};
    const QJsonObject item{{u"id"_s, id},
                           {u"type"_s, u"message"_s},
                           {u"status"_s, u"in_progress"_s},
                           {u"role"_s, u"assistant"_s},
                           {u"content"_s, QJsonArray()}};
    writeItemAdded(item);
    write(u"response.content_part.added"_s, merged(place, {{u"part"_s, part({})}}));
    writeText(u"response.output_text"_s, merged(place, {{u"logprobs"_s, QJsonArray()}}), u"text"_s,
              text);
    write(u"response.content_part.done"_s, merged(place, {{u"part"_s, part(text)}}));
    m_outputTokens += tokensOf(text.size());
    const QString status
        = completeness == Completeness::Complete ? u"completed"_s : u"incomplete"_s;
    writeItemDone(merged(item, {{u"status"_s, status}, {u"content"_s, QJsonArray{part(text)}}}));
}

void ResponseWriter::writeCall(const Call &call)
{
    const QString id = makeId("fc_"_L1);
    const QString arguments = compact(call.arguments);
    const QJsonObject item{{u"id"_s, id},
                           {u"type"_s, u"function_call"_s},
                           {u"status"_s, u"in_progress"_s},
                           {u"arguments"_s, QString()},
                           {u"call_id"_s, makeId("call_"_L1)},
                           {u"name"_s, call.name}};
    writeItemAdded(item);
    writeText(u"response.function_call_arguments"_s,
              {{u"item_id"_s, id}, {u"output_index"_s, m_outputIndex}}, u"arguments"_s, arguments);
    m_outputTokens += tokensOf(call.name.size() + arguments.size());
    writeItemDone(merged(item, {{u"status"_s, u"completed"_s}, {u"arguments"_s, arguments}}));
}

void ResponseWriter::complete()
{
    writeEnd(u"completed"_s,
             {{u"usage"_s, usage()}, {u"completed_at"_s, m_createdAt.toSecsSinceEpoch()}});
}

void ResponseWriter::stopShort(const QString &reason)
{
    writeEnd(
        u"incomplete"_s,
        {{u"usage"_s, usage()}, {u"incomplete_details"_s, QJsonObject{{u"reason"_s, reason}}}});
}

void ResponseWriter::fail(const QString &code, const QString &message)
{
    // The error stands nested in its event, although the documentation says flat.
    write(u"error"_s,
          {{u"error"_s,
            QJsonObject{{u"type"_s, code},
                        {u"code"_s, code},
                        {u"message"_s, message},
                        {u"param"_s, QJsonValue()}}}});
    writeEnd(u"failed"_s, {{u"error"_s, QJsonObject{{u"code"_s, code}, {u"message"_s, message}}}});
}

void ResponseWriter::truncate(qsizetype events)
{
    m_steps.resize(std::min(events, m_steps.size()));
    m_finished.removeIf(
        [events](const FinishedItem &finished) { return finished.event >= events; });
}

void ResponseWriter::write(const QString &type, QJsonObject fields, Timing timing)
{
    fields.insert(u"type"_s, type);
    fields.insert(u"sequence_number"_s, m_steps.size());
    m_steps.append({"event: " + type.toLatin1() + "\ndata: "
                        + QJsonDocument(fields).toJson(QJsonDocument::Compact) + "\n\n",
                    timing == Timing::Paced});
}

void ResponseWriter::writeItemAdded(const QJsonObject &item)
{
    write(u"response.output_item.added"_s, {{u"output_index"_s, m_outputIndex}, {u"item"_s, item}});
}

void ResponseWriter::writeItemDone(const QJsonObject &item)
{
    m_finished.append({m_steps.size(), item});
    write(u"response.output_item.done"_s,
          {{u"output_index"_s, m_outputIndex++}, {u"item"_s, item}});
}

void ResponseWriter::writeText(const QString &event, const QJsonObject &fields,
                               const QString &nameOfWhole, const QString &text)
{
    for (const QString &piece : cutIntoPieces(text, m_charactersPerDelta)) {
        write(event + u".delta"_s, merged(fields, {{u"delta"_s, piece}}), Timing::Paced);
    }
    write(event + u".done"_s, merged(fields, {{nameOfWhole, text}}));
}

void ResponseWriter::writeEnd(const QString &status, const QJsonObject &changes)
{
    QJsonArray output;
    for (const FinishedItem &finished : m_finished) {
        output.append(finished.item);
    }
    write(u"response."_s + status,
          {{u"response"_s, merged(merged(response(status), {{u"output"_s, output}}), changes)}});
}

QJsonObject ResponseWriter::response(const QString &status) const
{
    return {
        {u"id"_s, m_responseId},
        {u"object"_s, u"response"_s},
        {u"created_at"_s, m_createdAt.toSecsSinceEpoch()},
        {u"status"_s, status},
        {u"background"_s, false},
        {u"error"_s, QJsonValue()},
        {u"incomplete_details"_s, QJsonValue()},
        {u"instructions"_s, m_question.instructions},
        {u"max_output_tokens"_s,
         m_question.maxOutputTokens ? QJsonValue(*m_question.maxOutputTokens) : QJsonValue()},
        {u"metadata"_s, QJsonObject()},
        {u"model"_s, m_question.model.id},
        {u"output"_s, QJsonArray()},
        {u"parallel_tool_calls"_s, m_question.mayCallInParallel},
        {u"previous_response_id"_s, QJsonValue()},
        {u"service_tier"_s, u"default"_s},
        {u"store"_s, false},
        {u"tools"_s, m_question.tools},
        {u"truncation"_s, u"disabled"_s},
        {u"usage"_s, QJsonValue()},
    };
}

QJsonObject ResponseWriter::usage() const
{
    return {
        {u"input_tokens"_s, m_question.inputTokens},
        {u"input_tokens_details"_s, QJsonObject{{u"cached_tokens"_s, m_question.cachedTokens}}},
        {u"output_tokens"_s, m_outputTokens},
        {u"output_tokens_details"_s, QJsonObject{{u"reasoning_tokens"_s, m_reasoningTokens}}},
        {u"total_tokens"_s, m_question.inputTokens + m_outputTokens},
    };
}

QString ResponseWriter::makeId(QLatin1StringView prefix)
{
    const QByteArray source = m_seed + '/' + QByteArray::number(m_ids++);
    const QByteArray hash = QCryptographicHash::hash(source, QCryptographicHash::Sha256);
    return prefix + QString::fromLatin1(hash.first(24).toHex());
}

} // namespace Maestro::Practice
