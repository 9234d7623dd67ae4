// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chatrecovery.h"

#include "storage/chatmessages.h"
#include "storage/statement.h"

#include <QCoreApplication>
#include <QFile>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro::ChatRecovery {

namespace {

//! A number is given to another process sooner or later: the time at which it began tells them
//! apart. Empty if there is no such process.
QString processName(qint64 id)
{
    QFile file(u"/proc/%1/stat"_s.arg(id));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    // The second field is the program's name in brackets, and may have anything in it.
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype StartTime = 22 - 3; // proc(5) counts from one, and here begins its third
    return u"%1/%2"_s.arg(id).arg(QString::fromLatin1(fields.value(StartTime)));
}

bool isRunning(const QString &writer)
{
    return processName(writer.section(u'/', 0, 0).toLongLong()) == writer;
}

struct Cut
{
    ChatId id = 0;
    ChatId conversation = 0;
};

Result<QList<Cut>> cutAnswers(QSqlDatabase &database)
{
    Result<QSqlQuery> query = execute(
        database, u"SELECT id, conversation, writer FROM messages WHERE state = 1 ORDER BY id"_s);
    if (!query) {
        return query.error();
    }
    QList<Cut> cuts;
    while (query->next()) {
        if (!isRunning(query->value(2).toString())) {
            cuts.append({query->value(0).toLongLong(), query->value(1).toLongLong()});
        }
    }
    if (auto error = faultOf(database, *query)) {
        return *error;
    }
    return cuts;
}

std::optional<Error> interrupt(QSqlDatabase &database, const Cut &cut)
{
    const Result<ConversationTree> tree = ChatMessages::readTree(database, cut.conversation);
    if (!tree) {
        return tree.error();
    }
    const Result<QHash<ChatId, Turn>> turns = ChatMessages::readTurns(database, {cut.id});
    if (!turns) {
        return turns.error();
    }
    ConversationNode node = *tree->find(cut.id);
    node.turn = turns->value(cut.id);
    node.state = ConversationNode::State::Interrupted;
    return ChatMessages::save(database, cut.conversation, node);
}

Result<QList<ChatId>> suspects(QSqlDatabase &database)
{
    if (auto error
        = change(database, u"UPDATE conversations SET showing = 2 WHERE showing = 1"_s)) {
        return *error;
    }
    Result<QSqlQuery> query = execute(
        database,
        u"SELECT id FROM conversations WHERE showing = 2 AND deleted_at IS NULL ORDER BY id"_s);
    if (!query) {
        return query.error();
    }
    QList<ChatId> ids;
    while (query->next()) {
        ids.append(query->value(0).toLongLong());
    }
    return ids;
}

} // namespace

QString thisProcess()
{
    static const QString name = processName(QCoreApplication::applicationPid());
    return name;
}

Result<ChatStore::Opened> recover(QSqlDatabase &database)
{
    Transaction transaction(database);
    if (transaction.error()) {
        return *transaction.error();
    }
    const Result<QList<Cut>> cuts = cutAnswers(database);
    if (!cuts) {
        return cuts.error();
    }
    for (const Cut &cut : *cuts) {
        if (auto error = interrupt(database, cut)) {
            return *error;
        }
    }
    const Result<QList<ChatId>> found = suspects(database);
    if (!found) {
        return found.error();
    }
    if (auto error = transaction.commit()) {
        return *error;
    }
    return ChatStore::Opened{.interrupted = static_cast<int>(cuts->size()), .suspects = *found};
}

} // namespace Maestro::ChatRecovery
