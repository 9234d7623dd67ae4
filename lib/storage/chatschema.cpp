// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chatschema.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Chats)
};

//! "MSTC"
constexpr quint32 ApplicationId = 0x4d535443;

// Times are milliseconds since 1970. A message's parent has no foreign key: a long conversation
// would be deleted deeper than SQLite goes, and the tree takes a lost parent for a beginning.
const QStringList Version1{
    // showing: 1 while it is being shown, 2 if that brought the program down
    u"CREATE TABLE conversations (id INTEGER PRIMARY KEY, title TEXT NOT NULL, "
    "created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, pinned INTEGER NOT NULL, "
    "showing INTEGER NOT NULL, leaf INTEGER NOT NULL, deleted_at INTEGER, "
    "provider TEXT NOT NULL, auth_type TEXT NOT NULL, account TEXT NOT NULL, model TEXT NOT NULL, "
    "parameters TEXT NOT NULL, system TEXT NOT NULL) STRICT"_s,
    // kind: 1 prompt, 2 answer, 3 result; state: 0 whole, 1 being written, 2 interrupted.
    // What the list of messages needs comes before what was said in them.
    u"CREATE TABLE messages (id INTEGER PRIMARY KEY, "
    "conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, "
    "parent INTEGER NOT NULL, kind INTEGER NOT NULL, state INTEGER NOT NULL, "
    "created_at INTEGER NOT NULL, writer TEXT NOT NULL, "
    "provider TEXT NOT NULL, auth_type TEXT NOT NULL, account TEXT NOT NULL, model TEXT NOT NULL, "
    "input INTEGER, output INTEGER, cached INTEGER, cache_write INTEGER, reasoning INTEGER, "
    "text TEXT NOT NULL, body BLOB NOT NULL, items BLOB NOT NULL) STRICT"_s,
    u"CREATE INDEX messages_of_conversation ON messages (conversation, id)"_s,
    u"CREATE INDEX messages_being_written ON messages (state) WHERE state = 1"_s,
    u"CREATE INDEX answers_by_time ON messages (created_at) WHERE kind = 2"_s,
    u"CREATE TABLE pieces (message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, "
    "number INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (message, number)) STRICT"_s,
    // The same file is kept once, by its SHA-256.
    u"CREATE TABLE attachments (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, "
    "bytes BLOB NOT NULL) STRICT"_s,
    u"CREATE TABLE message_attachments ("
    "message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, "
    "place INTEGER NOT NULL, attachment INTEGER NOT NULL REFERENCES attachments (id), "
    "name TEXT NOT NULL, mime_type TEXT NOT NULL, PRIMARY KEY (message, place)) STRICT, "
    "WITHOUT ROWID"_s,
    u"CREATE INDEX uses_of_attachment ON message_attachments (attachment)"_s,
    // Of conversation 0: what was typed before there was one. Of a prompt: what was typed to take
    // its place.
    u"CREATE TABLE drafts (conversation INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT"_s,
    // Three letters at a time, so that languages without spaces are found, too. Not kept by
    // triggers: with trusted_schema off, they may not write to it.
    u"CREATE VIRTUAL TABLE messages_search USING fts5(text, content='messages', "
    "content_rowid='id', tokenize='trigram', columnsize=0)"_s,
};

// The files that were to go along with a draft: as those of a message.
const QStringList Version2{
    u"CREATE TABLE draft_attachments (conversation INTEGER NOT NULL, place INTEGER NOT NULL, "
    "attachment INTEGER NOT NULL REFERENCES attachments (id), name TEXT NOT NULL, "
    "mime_type TEXT NOT NULL, PRIMARY KEY (conversation, place)) STRICT, WITHOUT ROWID"_s,
    u"CREATE INDEX draft_uses_of_attachment ON draft_attachments (attachment)"_s,
};

} // namespace

DatabaseSchema chatSchema()
{
    return {
        ApplicationId,
        {Version1, Version2},
        {.contents = Tr::tr("conversations"),
         .afterSettingAside = Tr::tr("Nothing of it was deleted. If you have a backup, put it in "
                                     "the file's place while Maestro does not run."),
         .withNewer = Tr::tr("Use that version. The file was left as it is, and what you say now "
                             "is not kept.")},
        DatabaseSchema::Check::Quick,
        true,
    };
}

} // namespace Maestro
