// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Conversations at rest: a person's ten thousand, 50 MB of text, and a message of 1 MB.
#include "storage/chatlist.h"
#include "storage/chatmessages.h"
#include "storage/chats.h"
#include "storage/chatschema.h"
#include "support/await.h"
#include "support/chatvalues.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

constexpr int Conversations = 10000;
constexpr int MessagesEach = 4;
constexpr qsizetype MessageLength = 1250; // 50 MB in all
constexpr int LongConversation = 10000; // messages

const StreamMessage Complete = Done{Done::Ending::Complete, Done::Stop::End};

QString someText(qsizetype length, QRandomGenerator &random)
{
    static const QStringList words
        = u"the of and signal window thread message 北京 answer über model token "
          "function return value while 東京 house light river stone time"_s.split(u' ');
    QString text;
    while (text.size() < length) {
        text += words[random.bounded(int(words.size()))] + QString::number(random.bounded(500))
            + u' ';
    }
    return text.left(length);
}

ConversationNode prompt(ChatId parent, const QString &text)
{
    return {.id = newChatId(),
            .parent = parent,
            .created = QDateTime::currentDateTimeUtc(),
            .turn = Prompt{text}};
}

ConversationNode answer(ChatId parent, const QString &text)
{
    return {.id = newChatId(),
            .parent = parent,
            .kind = ConversationNode::Kind::Answer,
            .created = QDateTime::currentDateTimeUtc(),
            .model = u"gpt-5"_s,
            .turn
            = ModelTurn{u"openai"_s,
                        Test::answerOf({Content{0, text}, Usage{.inputTotal = 100}, Complete})}};
}

double median(QList<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

//! The median of some runs: what the clock says, and the processor's time for all threads, which is
//! the better figure on a busy machine.
template <typename Function>
void measure(const char *what, int runs, Function function)
{
    QList<double> times;
    QList<double> processor;
    for (int i = 0; i < runs; ++i) {
        QElapsedTimer clock;
        clock.start();
        const std::clock_t before = std::clock();
        function();
        processor.append(double(std::clock() - before) * 1e3 / CLOCKS_PER_SEC);
        times.append(double(clock.nsecsElapsed()) / 1e6);
    }
    std::printf("%-50s %9.2f ms, processor %9.2f ms   (worst of %d: %.2f)\n", what, median(times),
                median(processor), runs, *std::max_element(times.begin(), times.end()));
    std::fflush(stdout);
}

//! Messages that follow one another, in a conversation of their own.
std::optional<Error> say(QSqlDatabase &connection, ChatId conversation, int messages,
                         QRandomGenerator &random)
{
    auto error = ChatList::save(connection, conversation, someText(40, random), {});
    ChatId parent = 0;
    for (int i = 0; i < messages && !error; ++i) {
        const QString text = someText(MessageLength, random);
        const ConversationNode node = i % 2 == 0 ? prompt(parent, text) : answer(parent, text);
        parent = node.id;
        error = ChatMessages::save(connection, conversation, node);
    }
    return error ? error : ChatList::touch(connection, conversation, parent);
}

//! Many in one transaction: otherwise this would measure the disk for minutes.
void sayMuch(Database &database, int conversations, int messages, ChatId &last,
             QRandomGenerator &random)
{
    const bool isSaid = await(database.run([&](QSqlDatabase &connection) {
        Transaction transaction(connection);
        for (int i = 0; i < conversations; ++i) {
            last = newChatId();
            if (say(connection, last, messages, random)) {
                return false;
            }
        }
        return !transaction.commit();
    }));
    if (!isSaid) {
        qFatal("Nothing was saved");
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QTemporaryDir folder(QDir::tempPath() + u"/maestro-XXXXXX"_s);
    const QString path = folder.filePath(u"conversations.db"_s);
    QRandomGenerator random(1);
    ChatId longOne = 0;
    {
        Database database(path, chatSchema());
        measure("begin an empty file", 1, [&database] { (void)await(database.open()); });
        measure("save 500 conversations of 4 messages, at once", Conversations / 500,
                [&] { sayMuch(database, 500, MessagesEach, longOne, random); });
        measure("save a conversation of 10,000 messages, at once", 1,
                [&] { sayMuch(database, 1, LongConversation, longOne, random); });
    }
    std::printf("the file has %.0f MB\n", double(QFileInfo(path).size()) / 1e6);
    measure("open it, checked", 5, [&path] {
        Chats store(path);
        (void)await(store.open());
    });
    Chats store(path);
    (void)await(store.open());
    const auto entries = *await(store.list());
    std::printf("%lld conversations\n", static_cast<long long>(entries.size()));
    measure("list all", 20, [&store] { (void)await(store.list()); });
    measure("read a conversation of 4 messages", 200, [&store, &entries, &random] {
        (void)await(store.read(entries[random.bounded(int(entries.size()))].id, ChatStore::All));
    });
    measure("read the end of 10,000 messages", 20,
            [&store, longOne] { (void)await(store.read(longOne, 50)); });
    measure("read all 10,000 messages", 5,
            [&store, longOne] { (void)await(store.read(longOne, ChatStore::All)); });
    for (const QString &words : {u"river123"_s, u"the"_s, u"signal window"_s, u"nowhere"_s,
                                 u"北京"_s, u"zz"_s, u"e"_s, u"北京7"_s}) {
        measure(qPrintable(u"search for "_s + words), 5,
                [&store, &words] { (void)await(store.search(words, 50)); });
    }
    measure("save a prompt", 100, [&store, longOne, &random] {
        (void)await(store.save(longOne, prompt(0, someText(200, random))));
    });
    ConversationNode streamed = answer(0, {});
    streamed.state = ConversationNode::State::BeingWritten;
    (void)await(store.save(longOne, streamed));
    int piece = 0;
    const QString four = someText(4096, random);
    measure("append 4 KiB to an answer, the first 100", 100, [&] {
        (void)await(store.append(streamed.id, piece++, {Content{0, four}}));
    });
    for (; piece < 250; ++piece) {
        (void)store.append(streamed.id, piece, {Content{0, four}});
    }
    measure("append 4 KiB to an answer of 1 MB", 100, [&] {
        (void)await(store.append(streamed.id, piece++, {Content{0, four}}));
    });
    const QString megabyte = someText(1000000, random);
    ConversationNode whole = answer(0, megabyte);
    whole.id = streamed.id;
    measure("finish an answer of 1 MB", 3, [&] { (void)await(store.save(longOne, whole)); });
    measure("read a message of 1 MB", 5, [&] { (void)await(store.readTurns({whole.id})); });
    measure("pin", 20, [&] { (void)await(store.setPinned(longOne, true)); });
    return 0;
}
