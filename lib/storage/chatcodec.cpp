// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chatcodec.h"

#include "core/overloaded.h"
#include "storage/messagejson.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Maestro::ChatCodec {

namespace {

QByteArray bytesOf(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

//! Half a character alone is no text, and SQLite would make another length of it.
QString sound(QString text)
{
    if (text.isValidUtf16()) {
        return text;
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            ++i;
        } else if (text[i].isSurrogate()) {
            text[i] = QChar::ReplacementCharacter;
        }
    }
    return text;
}

//! The text of a message that is among what is searched; null for the others.
QString *searchedText(StreamMessage &message)
{
    if (auto *content = std::get_if<Content>(&message)) {
        return &content->text;
    }
    auto *refusal = std::get_if<Refusal>(&message);
    return refusal ? &refusal->text : nullptr;
}

Saved saveAnswer(const ModelTurn &turn)
{
    Saved saved;
    QJsonArray messages;
    StreamMessages all = turn.answer.messages();
    for (StreamMessage &message : all) {
        if (auto *done = std::get_if<Done>(&message)) {
            saved.items
                = QJsonDocument(std::exchange(done->items, {})).toJson(QJsonDocument::Compact);
        }
        QString *text = searchedText(message);
        const QString said = text ? sound(std::exchange(*text, {})) : QString();
        QJsonObject json = MessageJson::write(message);
        if (text) {
            saved.text += said;
            json[u"length"_s] = said.size();
        }
        messages.append(json);
    }
    saved.body = bytesOf({{u"provider"_s, turn.providerId}, {u"messages"_s, messages}});
    return saved;
}

ModelTurn readAnswer(const Saved &saved)
{
    const QJsonObject body = QJsonDocument::fromJson(saved.body).object();
    ModelTurn turn{body[u"provider"_s].toString(), {}};
    qsizetype place = 0;
    const QJsonArray messages = body[u"messages"_s].toArray();
    for (const QJsonValue &json : messages) {
        std::optional<StreamMessage> message = MessageJson::read(json.toObject());
        if (!message) {
            continue;
        }
        if (QString *text = searchedText(*message)) {
            const auto length = qMax(qint64(0), json[u"length"_s].toInteger());
            *text = saved.text.mid(place, length);
            place += text->size();
        } else if (auto *done = std::get_if<Done>(&*message)) {
            done->items = QJsonDocument::fromJson(saved.items).array();
        }
        turn.answer.fold(*message);
    }
    // What is there is shown, even if what it was is lost.
    if (place < saved.text.size()) {
        turn.answer.fold(Content{.part = -1, .text = saved.text.mid(place)});
    }
    return turn;
}

} // namespace

Saved save(const Turn &turn)
{
    return std::visit(Overloaded{
                          [](const Prompt &prompt) {
                              return Saved{sound(prompt.text), "", ""};
                          },
                          [](const ModelTurn &model) { return saveAnswer(model); },
                          [](const FunctionResult &result) {
                              return Saved{sound(result.output),
                                           bytesOf({{u"call"_s, result.callId},
                                                    {u"name"_s, result.name},
                                                    {u"failed"_s, result.failed}}),
                                           ""};
                          },
                      },
                      turn);
}

Turn read(ConversationNode::Kind kind, const Saved &saved)
{
    switch (kind) {
    case ConversationNode::Kind::Prompt:
        return Prompt{saved.text};
    case ConversationNode::Kind::Answer:
        return readAnswer(saved);
    case ConversationNode::Kind::Result:
        break;
    }
    const QJsonObject body = QJsonDocument::fromJson(saved.body).object();
    return FunctionResult{body[u"call"_s].toString(), body[u"name"_s].toString(), saved.text,
                          body[u"failed"_s].toBool()};
}

QByteArray savePiece(const StreamMessages &messages)
{
    QJsonArray json;
    for (const StreamMessage &message : messages) {
        json.append(MessageJson::write(message));
    }
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

StreamMessages readPiece(const QByteArray &piece)
{
    StreamMessages messages;
    const QJsonArray json = QJsonDocument::fromJson(piece).array();
    for (const QJsonValue &value : json) {
        if (const auto message = MessageJson::read(value.toObject())) {
            messages.append(*message);
        }
    }
    return messages;
}

QString saveParameters(const ChatSetup &setup)
{
    QJsonObject json;
    if (!setup.reasoningEffort.isEmpty()) {
        json[u"reasoning_effort"_s] = setup.reasoningEffort;
    }
    if (setup.maxOutputTokens) {
        json[u"max_output_tokens"_s] = *setup.maxOutputTokens;
    }
    if (setup.temperature) {
        json[u"temperature"_s] = *setup.temperature;
    }
    if (setup.thinkingBudget) {
        json[u"thinking_budget"_s] = *setup.thinkingBudget;
    }
    return QString::fromUtf8(bytesOf(json));
}

void readParameters(const QString &saved, ChatSetup &setup)
{
    const QJsonObject json = QJsonDocument::fromJson(saved.toUtf8()).object();
    setup.reasoningEffort = json[u"reasoning_effort"_s].toString();
    const auto number = [&json](QLatin1StringView name) {
        return json[name].isDouble() ? std::optional(json[name].toInt()) : std::nullopt;
    };
    setup.maxOutputTokens = number("max_output_tokens"_L1);
    setup.thinkingBudget = number("thinking_budget"_L1);
    if (const QJsonValue temperature = json[u"temperature"_s]; temperature.isDouble()) {
        setup.temperature = temperature.toDouble();
    }
}

} // namespace Maestro::ChatCodec
