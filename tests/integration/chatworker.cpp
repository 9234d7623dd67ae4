// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// chatworker stream|once|many FOLDER: says things in the conversations of the folder, and on its
// output what it was told is durable. For tests that kill it, make its disk fail, or run two.
#include "core/recordedchat.h"
#include "storage/chats.h"
#include "support/await.h"
#include "support/scriptedchat.h"
#include "support/workerwords.h"

#include <QCoreApplication>

using namespace Maestro;

namespace {

const StreamMessage Complete = Done{Done::Ending::Complete, Done::Stop::End};

struct Program
{
    explicit Program(const QString &folder)
        : store(folder + QStringLiteral("/data/conversations.db"))
        , session(client)
        , chat(session, store)
    {
        Provider provider;
        provider.id = QStringLiteral("openai");
        session.setTarget(provider, {provider.id}, QStringLiteral("gpt-5"));
        chat.setSetup({.account = {provider.id}, .model = QStringLiteral("gpt-5")});
    }

    bool open()
    {
        const auto opened = await(store.open());
        if (opened && opened->setAside) {
            isDone("set aside", opened->setAside);
        }
        return isDone("open", opened ? std::nullopt : std::optional(opened.error()));
    }

    void stream(const QString &text) { client.current->say({Content{0, text}}); }

    Chats store;
    Test::ScriptedClient client;
    ChatSession session;
    RecordedChat chat;
};

//! A prompt, and an answer that never ends: words that are numbers, a thousand in a second.
int stream(Program &program)
{
    if (!program.open()) {
        return 3;
    }
    program.session.send(QStringLiteral("Count."));
    program.chat.setDraft(
        {QStringLiteral("And then?"),
         {{QStringLiteral("a.txt"), QStringLiteral("text/plain"), QByteArray(20000, 'a')}}});
    if (!isDone("flush", await(program.chat.flush()))) {
        return 4;
    }
    say("asked", program.chat.conversation());
    qint64 number = 0;
    QTimer pace;
    QObject::connect(&pace, &QTimer::timeout, &pace, [&program, &number] {
        program.stream(QString::number(number) + u' ');
        say("said", number++);
    });
    pace.start(1);
    return QCoreApplication::exec();
}

//! Everything once; what fails does not keep it from what comes next.
int doAllOnce(Program &program)
{
    if (!program.open()) {
        return 0;
    }
    const auto flush = [&program](const char *what) {
        if (isDone(what, await(program.chat.flush()))) {
            say(what, program.chat.conversation());
        }
    };
    program.session.send(
        QStringLiteral("A prompt"),
        {{QStringLiteral("a.txt"), QStringLiteral("text/plain"), QByteArray(20000, 'a')}});
    flush("asked");
    program.stream(QStringLiteral("An answer, "));
    program.stream(QString(5000, u'x'));
    flush("streamed");
    program.client.current->end({Complete}, std::nullopt);
    flush("answered");
    program.session.retry();
    program.client.current->end({Content{0, QStringLiteral("Another")}, Complete}, std::nullopt);
    flush("again");
    const ChatId conversation = program.chat.conversation();
    if (isDone("remove", await(program.store.remove(conversation)))
        && isDone("restore", await(program.store.restore(conversation)))) {
        say("restored", conversation);
    }
    return 0;
}

//! A hundred conversations of two messages each.
int sayMuch(Program &program)
{
    if (!program.open()) {
        return 3;
    }
    for (int i = 0; i < 100; ++i) {
        program.chat.begin();
        program.session.send(QStringLiteral("Prompt %1").arg(i));
        program.client.current->end({Content{0, QStringLiteral("Answer")}, Complete}, std::nullopt);
        if (!isDone("flush", await(program.chat.flush()))) {
            return 4;
        }
    }
    say("done", 100);
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        return 2;
    }
    Program program(arguments[2]);
    return arguments[1] == QStringLiteral("stream") ? stream(program)
        : arguments[1] == QStringLiteral("once")    ? doAllOnce(program)
                                                    : sayMuch(program);
}
