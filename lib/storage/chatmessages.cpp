// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chatmessages.h"

#include "storage/chatattachments.h"
#include "storage/chatindex.h"
#include "storage/chatrecovery.h"
#include "storage/savedrow.h"
#include "storage/statement.h"

#include <QSqlError>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro::ChatMessages {

namespace {

using Kind = ConversationNode::Kind;
using State = ConversationNode::State;

int numberOf(Kind kind)
{
    switch (kind) {
    case Kind::Prompt:
        return 1;
    case Kind::Answer:
        return 2;
    case Kind::Result:
        return 3;
    }
    Q_UNREACHABLE();
}

Kind kindOf(int number)
{
    return number == 1 ? Kind::Prompt : number == 2 ? Kind::Answer : Kind::Result;
}

int numberOf(State state)
{
    switch (state) {
    case State::Whole:
        return 0;
    case State::BeingWritten:
        return 1;
    case State::Interrupted:
        return 2;
    }
    Q_UNREACHABLE();
}

State stateOf(int number)
{
    return number == 0 ? State::Whole : number == 1 ? State::BeingWritten : State::Interrupted;
}

QVariant columnBytes(const QByteArray &bytes) { return bytes.isNull() ? QByteArray("") : bytes; }

QVariant columnCount(const std::optional<qint64> &count)
{
    return count ? QVariant(*count) : QVariant(QMetaType::fromType<qint64>());
}

std::optional<Error> readPieces(QSqlDatabase &database, ChatId message, Turn &turn)
{
    auto *model = std::get_if<ModelTurn>(&turn);
    if (!model) {
        return std::nullopt;
    }
    Result<QSqlQuery> query = execute(
        database, u"SELECT body FROM pieces WHERE message = ? ORDER BY number"_s, {message});
    if (!query) {
        return query.error();
    }
    while (query->next()) {
        const StreamMessages messages = ChatCodec::readPiece(query->value(0).toByteArray());
        for (const StreamMessage &piece : messages) {
            model->answer.fold(piece);
        }
    }
    return faultOf(database, *query);
}

std::optional<Error> readAttachments(QSqlDatabase &database, ChatId message, Turn &turn)
{
    auto *prompt = std::get_if<Prompt>(&turn);
    if (!prompt) {
        return std::nullopt;
    }
    const Result<QList<Attachment>> attachments
        = ChatAttachments::read(database, ChatAttachments::Of::Message, message);
    if (!attachments) {
        return attachments.error();
    }
    prompt->attachments = *attachments;
    return std::nullopt;
}

} // namespace

std::optional<Error> save(QSqlDatabase &database, ChatId conversation,
                          const ConversationNode &message)
{
    const Turn turn = message.turn.value_or(Prompt{});
    const ChatCodec::Saved saved = ChatCodec::save(turn);
    const auto *model = std::get_if<ModelTurn>(&turn);
    // Of an answer that was cut off the counts lag behind the text: they are no bill.
    const bool isCut = model && model->answer.done() && !model->answer.done()->hasEnded();
    const Usage usage = model && !isCut ? model->answer.usage().value_or(Usage{}) : Usage{};
    const bool isBeingWritten = message.state == State::BeingWritten;
    if (auto error = ChatIndex::remove(database, u"id = ?"_s, {message.id})) {
        return error;
    }
    if (auto error = change(
            database,
            u"INSERT INTO messages (id, conversation, parent, kind, state, created_at, writer, "
            "provider, auth_type, account, model, input, output, cached, cache_write, reasoning, "
            "text, body, items) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET state = excluded.state, writer = excluded.writer, "
            "provider = excluded.provider, auth_type = excluded.auth_type, "
            "account = excluded.account, model = excluded.model, input = excluded.input, "
            "output = excluded.output, cached = excluded.cached, "
            "cache_write = excluded.cache_write, reasoning = excluded.reasoning, "
            "text = excluded.text, body = excluded.body, items = excluded.items"_s,
            {message.id, conversation, message.parent, numberOf(message.kind),
             numberOf(message.state), message.created.toMSecsSinceEpoch(),
             isBeingWritten ? ChatRecovery::thisProcess() : u""_s,
             columnText(message.account.provider), typeWord(message.account.type),
             columnText(message.account.accountId), columnText(message.model),
             columnCount(usage.inputTotal), columnCount(usage.outputTotal),
             columnCount(usage.cached), columnCount(usage.cacheWrite), columnCount(usage.reasoning),
             columnText(saved.text), columnBytes(saved.body), columnBytes(saved.items)})) {
        return error;
    }
    if (auto error = ChatIndex::add(database, message.id)) {
        return error;
    }
    if (auto error = change(database, u"DELETE FROM pieces WHERE message = ?"_s, {message.id})) {
        return error;
    }
    const auto *prompt = std::get_if<Prompt>(&turn);
    return prompt ? ChatAttachments::set(database, ChatAttachments::Of::Message, message.id,
                                         prompt->attachments)
                  : std::nullopt;
}

std::optional<Error> append(QSqlDatabase &database, ChatId message, int piece,
                            const StreamMessages &messages)
{
    return change(database,
                  u"INSERT INTO pieces (message, number, body) VALUES (?, ?, ?) "
                  "ON CONFLICT (message, number) DO UPDATE SET body = excluded.body"_s,
                  {message, piece, ChatCodec::savePiece(messages)});
}

Result<ConversationTree> readTree(QSqlDatabase &database, ChatId conversation)
{
    Result<QSqlQuery> query
        = execute(database,
                  u"SELECT id, parent, kind, state, created_at, provider, auth_type, account, "
                  "model FROM messages WHERE conversation = ? ORDER BY id"_s,
                  {conversation});
    if (!query) {
        return query.error();
    }
    ConversationTree tree;
    while (query->next()) {
        tree.insert(
            {.id = query->value(0).toLongLong(),
             .parent = query->value(1).toLongLong(),
             .kind = kindOf(query->value(2).toInt()),
             .state = stateOf(query->value(3).toInt()),
             .created = QDateTime::fromMSecsSinceEpoch(query->value(4).toLongLong(), Qt::UTC),
             .account = {query->value(5).toString(), typeOfWord(query->value(6).toString()),
                         query->value(7).toString()},
             .model = query->value(8).toString()});
    }
    if (auto error = faultOf(database, *query)) {
        return *error;
    }
    return tree;
}

Result<QHash<ChatId, Turn>> readTurns(QSqlDatabase &database, const QList<ChatId> &messages)
{
    QHash<ChatId, Turn> turns;
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.prepare(u"SELECT kind, state, text, body, items FROM messages WHERE id = ?"_s)) {
        return databaseError(database, query.lastError());
    }
    for (const ChatId message : messages) {
        query.bindValue(0, message);
        if (!query.exec()) {
            return databaseError(database, query.lastError());
        }
        if (!query.next()) {
            continue;
        }
        const Kind kind = kindOf(query.value(0).toInt());
        const State state = stateOf(query.value(1).toInt());
        Turn turn = ChatCodec::read(kind,
                                    {query.value(2).toString(), query.value(3).toByteArray(),
                                     query.value(4).toByteArray()});
        query.finish();
        auto error = kind == Kind::Prompt ? readAttachments(database, message, turn)
            : state != State::Whole       ? readPieces(database, message, turn)
                                          : std::nullopt;
        if (error) {
            return *error;
        }
        turns.insert(message, turn);
    }
    return turns;
}

std::optional<Error> remove(QSqlDatabase &database, const QString &conversations,
                            const QVariantList &values)
{
    const QString which = u"conversation IN ("_s + conversations + u')';
    if (auto error = ChatIndex::remove(database, which, values)) {
        return error;
    }
    return change(database, u"DELETE FROM messages WHERE "_s + which, values);
}

} // namespace Maestro::ChatMessages
