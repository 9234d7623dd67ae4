// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chatsearch.h"

#include "storage/chatindex.h"
#include "storage/chatlist.h"
#include "storage/statement.h"

#include <QRegularExpression>
#include <QSqlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::ChatSearch {

namespace {

constexpr int MostWords = 12;
constexpr qsizetype LongestWord = 100;
//! What the index has: whoever searches for fewer letters looks through all texts.
constexpr qsizetype IndexedLetters = 3;

constexpr qsizetype SnippetLength = 160;
constexpr qsizetype BeforeTheWord = 40;

bool isIndexed(const QString &word) { return word.toUcs4().size() >= IndexedLetters; }

//! The words in the index's language: each is a phrase, so that nothing in it is an operator.
QString phrasesOf(const QStringList &words)
{
    QStringList phrases;
    for (QString word : words) {
        if (isIndexed(word)) {
            phrases.append(u'"' + word.replace(u'"', u"\"\""_s) + u'"');
        }
    }
    return phrases.join(u' ');
}

QString likePattern(QString word)
{
    static const QRegularExpression special(u"([%_\\\\])"_s);
    return u'%' + word.replace(special, u"\\\\1"_s) + u'%';
}

struct Query
{
    QString statement;
    QVariantList values;
};

Query makeQuery(const QStringList &words, int most)
{
    QStringList conditions;
    Query query;
    if (const QString phrases = phrasesOf(words); !phrases.isEmpty()) {
        conditions.append(
            u"messages.id IN (SELECT rowid FROM messages_search WHERE messages_search MATCH ?)"_s);
        query.values.append(phrases);
    }
    for (const QString &word : words) {
        if (!isIndexed(word)) {
            conditions.append(u"messages.text LIKE ? ESCAPE '\\'"_s);
            query.values.append(likePattern(word));
        }
    }
    query.statement = u"SELECT "_s + ChatList::EntryColumns
        + u", max(messages.id), count(*) FROM messages "
          "JOIN conversations ON conversations.id = messages.conversation "
          "WHERE conversations.deleted_at IS NULL AND "_s
        + conditions.join(u" AND "_s)
        + u" GROUP BY messages.conversation ORDER BY max(messages.id) DESC LIMIT ?"_s;
    query.values.append(most);
    return query;
}

Result<QList<SearchHit>> searchMessages(QSqlDatabase &database, const QStringList &words, int most)
{
    const Query wanted = makeQuery(words, most);
    Result<QSqlQuery> query = ChatIndex::use(database, wanted.statement, wanted.values);
    if (!query) {
        return query.error();
    }
    QList<SearchHit> hits;
    while (query->next()) {
        hits.append({.conversation = ChatList::entryFrom(*query),
                     .message = query->value(7).toLongLong(),
                     .messages = query->value(8).toInt()});
    }
    if (auto error = faultOf(database, *query)) {
        return *error;
    }
    for (SearchHit &hit : hits) {
        Result<QSqlQuery> text
            = execute(database, u"SELECT text FROM messages WHERE id = ?"_s, {hit.message});
        if (!text) {
            return text.error();
        }
        setSnippet(hit, text->next() ? text->value(0).toString() : QString(), words);
    }
    return hits;
}

bool hasAll(const QString &text, const QStringList &words)
{
    return std::all_of(words.begin(), words.end(), [&text](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

qsizetype firstOf(const QString &text, const QStringList &words)
{
    qsizetype first = -1;
    for (const QString &word : words) {
        const qsizetype place = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (place >= 0 && (first < 0 || place < first)) {
            first = place;
        }
    }
    return std::max(qsizetype(0), first);
}

} // namespace

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression spaces(u"[\\s\\x00]+"_s);
    QStringList words = text.split(spaces, Qt::SkipEmptyParts).mid(0, MostWords);
    for (QString &word : words) {
        word.truncate(LongestWord);
    }
    words.removeDuplicates();
    return words;
}

void setSnippet(SearchHit &hit, const QString &text, const QStringList &words)
{
    qsizetype start = std::max(qsizetype(0), firstOf(text, words) - BeforeTheWord);
    if (start > 0 && text[start].isLowSurrogate()) {
        --start;
    }
    QString snippet = text.mid(start, SnippetLength);
    if (!snippet.isEmpty() && snippet.back().isHighSurrogate()) {
        snippet.chop(1);
    }
    const bool isCut = start + snippet.size() < text.size();
    snippet = (start > 0 ? u"…"_s : QString()) + snippet + (isCut ? u"…"_s : QString());
    for (QChar &c : snippet) {
        if (c.isSpace() || c.category() == QChar::Other_Control) {
            c = u' ';
        }
    }
    hit.snippet = snippet;
    hit.highlights.clear();
    for (const QString &word : words) {
        for (qsizetype place = snippet.indexOf(word, 0, Qt::CaseInsensitive); place >= 0;
             place = snippet.indexOf(word, place + word.size(), Qt::CaseInsensitive)) {
            hit.highlights.append({place, word.size()});
        }
    }
    std::sort(hit.highlights.begin(), hit.highlights.end(),
              [](const auto &a, const auto &b) { return a.start < b.start; });
}

Result<QList<SearchHit>> search(QSqlDatabase &database, const QString &text, int most)
{
    const QStringList words = wordsOf(text);
    if (words.isEmpty()) {
        return QList<SearchHit>();
    }
    const Snapshot snapshot(database);
    const Result<QList<ConversationEntry>> entries = ChatList::list(database);
    if (!entries) {
        return entries.error();
    }
    Result<QList<SearchHit>> inMessages = searchMessages(database, words, most);
    if (!inMessages) {
        return inMessages;
    }
    QList<SearchHit> hits;
    for (const ConversationEntry &entry : *entries) {
        if (hits.size() == most || !hasAll(entry.title, words)) {
            continue;
        }
        const auto known
            = std::find_if(inMessages->begin(), inMessages->end(), [&entry](const SearchHit &hit) {
                  return hit.conversation.id == entry.id;
              });
        if (known != inMessages->end()) {
            hits.append(*known);
            inMessages->erase(known);
        } else {
            SearchHit hit{.conversation = entry};
            setSnippet(hit, entry.title, words);
            hits.append(hit);
        }
    }
    hits.append(inMessages->mid(0, most - hits.size()));
    return hits;
}

} // namespace Maestro::ChatSearch
