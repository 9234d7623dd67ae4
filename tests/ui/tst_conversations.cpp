// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keptfixture.h"
#include "ui/chat/setupdialog.h"
#include "ui/transcript/findbar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QMessageBox>
#include <QScrollBar>
#include <QSessionManager>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStatusBar>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString TemporaryText
    = u"Temporary conversation – nothing of it is written down, and it ends when you leave it"_s;

using Fixture = KeptFixture;

QStringList filesOf(Fixture &f) { return namesOf(f.page().composer().attachments()); }

} // namespace

class tst_Conversations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAConversationWhenANewOneBegins()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        QVERIFY(isShown(f.window, u"Your conversations will be listed here."_s));
        f.ask(u"Why is the sky blue?"_s);
        f.answer(u"Because of Rayleigh."_s);
        QTRY_COMPARE(f.titles(), QStringList(u"Why is the sky blue?"_s));
        QCOMPARE(f.window.windowTitle(), u"Why is the sky blue? – Maestro"_s);
        f.pressNew();
        QVERIFY(f.page().isEmpty());
        QCOMPARE(f.window.windowTitle(), u"Maestro"_s);
        f.ask(u"And the sea?"_s);
        f.answer(u"It mirrors it."_s);
        QTRY_COMPARE(f.titles(), QStringList({u"And the sea?"_s, u"Why is the sky blue?"_s}));

        f.open(u"Why is the sky blue?"_s);
        QVERIFY(f.transcript().contains(u"Because of Rayleigh."_s));
        QVERIFY(!f.transcript().contains(u"mirrors"_s));
        QVERIFY(!f.banner().isVisible());
        // Who leaves nothing behind leaves no page behind.
        f.settle();
        QTRY_COMPARE(f.window.findChildren<ChatPage *>().size(), 1);
        f.ask(u"Why red at night?"_s);
        QCOMPARE(f.chat.requests.last().conversation.turns.size(), 3);
    }

    void goesOnAnsweringWhereNobodyLooks()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"first"_s);
        const QPointer<ScriptedStream> first = f.chat.stream;
        first->say({Content{0, u"one "_s}});
        f.pressNew();
        f.ask(u"second"_s);
        const QPointer<ScriptedStream> second = f.chat.stream;
        QVERIFY(first && first != second);
        first->say({Content{0, u"two "_s}});
        second->say({Content{0, u"zwei"_s}});
        f.open(u"first"_s);
        QTRY_VERIFY(f.transcript().contains(u"one two"_s));
        QVERIFY(!f.transcript().contains(u"zwei"_s));
        QVERIFY(findButton(f.window, u"Stop"_s));
        second->end(complete());
        first->say({Content{0, u"three"_s}});
        first->end(complete());
        QTRY_VERIFY(f.transcript().contains(u"one two three"_s));
        QVERIFY(findButton(f.window, u"Send"_s));
        f.open(u"second"_s);
        QVERIFY(f.transcript().contains(u"zwei"_s));
        QVERIFY(!f.transcript().contains(u"Interrupted"_s));
        f.settle();
        QTRY_COMPARE(f.window.findChildren<ChatPage *>().size(), 1);
    }

    void keepsDraftsApart()
    {
        const QTemporaryDir folder;
        {
            Fixture f(folder);
            f.ask(u"first"_s);
            f.answer(u"1"_s);
            QTest::keyClicks(f.edit(), u"draft of the first"_s);
            f.pressNew();
            QVERIFY(f.edit()->toPlainText().isEmpty());
            QTest::keyClicks(f.edit(), u"draft of none"_s);
            f.open(u"first"_s);
            QCOMPARE(f.edit()->toPlainText(), u"draft of the first"_s);
            f.pressNew();
            QTRY_COMPARE(f.edit()->toPlainText(), u"draft of none"_s);
            QTest::keyClick(f.edit(), Qt::Key_Return);
            QVERIFY(f.edit()->toPlainText().isEmpty());
            f.answer(u"2"_s);
            f.pressNew();
            f.settle();
            QVERIFY(f.edit()->toPlainText().isEmpty());
            QTest::keyClicks(f.edit(), u"for tomorrow"_s);
        }
        Fixture f(folder);
        QTRY_COMPARE(f.edit()->toPlainText(), u"for tomorrow"_s);
        f.open(u"first"_s);
        QCOMPARE(f.edit()->toPlainText(), u"draft of the first"_s);
        f.open(u"draft of none"_s);
        QVERIFY(f.edit()->toPlainText().isEmpty());
    }

    void keepsWhatWaitsItsTurnAsADraft()
    {
        const QTemporaryDir folder;
        {
            Fixture f(folder);
            f.ask(u"first"_s);
            f.chat.stream->say({Content{0, u"1"_s}});
            f.attach(u"a.txt"_s, "a");
            f.ask(u"queued"_s);
            QTest::keyClicks(f.edit(), u"typed"_s);
            f.attach(u"b.txt"_s, "b");
        }
        Fixture f(folder);
        QTRY_COMPARE(f.edit()->toPlainText(), u"queued\n\ntyped"_s);
        QCOMPARE(namesOf(f.page().composer().attachments()), QStringList({u"a.txt"_s, u"b.txt"_s}));
    }

    void keepsTheFilesOfADraftWhereTheyWere()
    {
        const QTemporaryDir folder;
        {
            Fixture f(folder);
            f.ask(u"first"_s);
            f.answer(u"1"_s);
            f.attach(u"of the first.txt"_s, "one");
            f.pressNew();
            QCOMPARE(filesOf(f), QStringList());
            f.attach(u"of none.txt"_s, "none");
            f.open(u"first"_s);
            QCOMPARE(filesOf(f), QStringList(u"of the first.txt"_s));
            f.pressNew();
            QTRY_COMPARE(filesOf(f), QStringList(u"of none.txt"_s));
            f.open(u"first"_s);
            // On the disk there is nothing to wait for, and no page stays for it.
            f.settle();
            QTRY_COMPARE(f.window.findChildren<ChatPage *>().size(), 1);
            f.attach(u"another.txt"_s, "two");
        }
        {
            Fixture f(folder); // the next start
            QTRY_COMPARE(filesOf(f), QStringList({u"of the first.txt"_s, u"another.txt"_s}));
            QCOMPARE(f.page().composer().attachments()[0].bytes, QByteArray("one"));
            f.click(u"Take of the first.txt away"_s);
            f.pressNew();
            QTRY_COMPARE(filesOf(f), QStringList(u"of none.txt"_s));
            f.ask(u"second"_s);
            QCOMPARE(
                namesOf(std::get<Prompt>(f.chat.requests.last().conversation.turns[0]).attachments),
                QStringList(u"of none.txt"_s));
            f.answer(u"2"_s);
            f.pressNew();
            f.settle();
            QCOMPARE(filesOf(f), QStringList()); // they went with what was said
        }
        Fixture f(folder);
        f.open(u"second"_s);
        QCOMPARE(filesOf(f), QStringList());
        f.open(u"first"_s);
        QCOMPARE(filesOf(f), QStringList(u"another.txt"_s));
    }

    void readsAFileToItsEndWhereverItWasAttached()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"first"_s);
        f.answer(u"1"_s);
        f.pressNew();
        f.page().composer().attach({f.write(u"late.txt"_s, "late")});
        QVERIFY(f.page().composer().isReading());
        f.open(u"first"_s);
        f.pressNew();
        QTRY_COMPARE(namesOf(f.page().composer().attachments()), QStringList(u"late.txt"_s));
    }

    void readsAFileToItsEndBeforeTheProgramEnds()
    {
        const QTemporaryDir folder;
        const QByteArray bytes(15'000'000, 'a');
        {
            Fixture f(folder);
            QSignalSpy left(&f.kept, &KeptConversations::canLeave);
            QTest::keyClicks(f.edit(), u"with it"_s);
            f.page().composer().attach({f.write(u"late.txt"_s, bytes)});
            QVERIFY(f.page().composer().isReading());
            f.kept.leave();
            QTRY_COMPARE(left.size(), 1);
            const Result<Prompt> draft = await(f.store.draft(0));
            QCOMPARE(draft->text, u"with it"_s);
            QCOMPARE(namesOf(draft->attachments), QStringList(u"late.txt"_s));
        }
        Fixture f(folder);
        QTRY_COMPARE(filesOf(f), QStringList(u"late.txt"_s));
        QVERIFY(f.page().composer().attachments()[0].bytes == bytes);
    }

    void showsWhatWasShownLast()
    {
        const QTemporaryDir folder;
        {
            Fixture f(folder);
            f.ask(u"first"_s);
            f.answer(u"1"_s);
            f.pressNew();
            f.ask(u"second"_s);
            f.answer(u"2"_s);
            f.open(u"first"_s);
        }
        {
            Fixture f(folder);
            QTRY_VERIFY(f.transcript().contains(u"first"_s));
            QCOMPARE(f.list()->currentIndex().data().toString(), u"first"_s);
            f.pressNew();
        }
        Fixture f(folder);
        QVERIFY(f.page().isEmpty());
        QCOMPARE(f.titles().size(), 2);
    }

    void leavesAloneWhoeverHasBegunAlready()
    {
        const QTemporaryDir folder;
        {
            Fixture f(folder);
            f.ask(u"first"_s);
            f.answer(u"1"_s);
        }
        Fixture f(folder, Fixture::Start::AskAtOnce);
        QTRY_COMPARE(f.titles().size(), 2);
        QVERIFY(f.transcript().contains(u"at once"_s));
        QVERIFY(f.chats.shown().session.isAnswering());
    }

    void opensNoConversationThatBroughtTheProgramDown()
    {
        const QTemporaryDir folder;
        {
            Fixture f(folder);
            f.ask(u"first"_s);
            f.answer(u"1"_s);
            f.settle();
            QVERIFY(!await(f.store.beginShowing(f.chats.shown().record.conversation())));
        }
        Fixture f(folder);
        QTRY_VERIFY(isShown(f.window,
                            u"Maestro ended unexpectedly while “first” was opened, so it is not "
                            "opened by itself."_s));
        QVERIFY(f.page().isEmpty());
        // The person may.
        f.open(u"first"_s);
        QVERIFY(f.transcript().contains(u"first"_s));
        QTRY_VERIFY(!(*await(f.store.list()))[0].isSuspect); // it was painted
    }

    void saysThatAnAnswerIsMissing()
    {
        const QTemporaryDir folder;
        {
            Fixture f(folder);
            f.ask(u"why?"_s);
        }
        Fixture f(folder);
        QTRY_VERIFY(isShown(f.window, u"No answer to your last message is here."_s));
        f.click(u"Try again"_s);
        QCOMPARE(f.chat.requests.size(), 1);
        f.answer(u"because"_s);
        QVERIFY(f.transcript().contains(u"because"_s));
        QCOMPARE(f.transcript().count(u"why?"_s), 1);
    }

    void readsTheNewestPartOfALongConversationFirst()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        (void)f.store.save(1, u"Long"_s, {});
        for (ChatId id = 10; id < 300; ++id) {
            (void)f.store.save(
                1, {.id = id, .parent = id - 1, .turn = Prompt{u"number %1"_s.arg(id)}});
        }
        f.open(u"Long"_s);
        QTRY_VERIFY(f.chats.shown().record.isWhole());
        QVERIFY(f.transcript().contains(u"number 10\n"_s));
        QCOMPARE(f.view()->verticalScrollBar()->value(), f.view()->verticalScrollBar()->maximum());
        f.ask(u"and?"_s);
        QCOMPARE(f.chat.requests.last().conversation.turns.size(), 291);
    }

    void goesToWhatASearchFound()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        (void)f.store.save(1, u"Long"_s, {});
        for (ChatId id = 10; id < 300; ++id) {
            const QString text = id == 20
                ? QString(u"A long line of words. "_s.repeated(400) + u"The Needle lies there."_s)
                : u"number %1"_s.arg(id);
            (void)f.store.save(1, {.id = id, .parent = id - 1, .turn = Prompt{text}});
        }
        f.search(u"needle THERE"_s);
        QTRY_COMPARE(f.titles(), QStringList(u"Long"_s));
        f.chooseRow(0);
        QTRY_COMPARE(f.view()->selectedText(), u"Needle"_s);
        QVERIFY(f.sees(f.view()->selection().begin()));
        auto *bar = f.page().findChild<FindBar *>();
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->findChild<QLineEdit *>()->text(), u"needle THERE"_s);
        QVERIFY(!bar->hasFocus());
        // On from there, to the other word.
        f.click(u"Next (Enter)"_s);
        QCOMPARE(f.view()->selectedText(), u"there"_s);

        // Chosen again, it is gone to again, though the conversation is open.
        f.view()->verticalScrollBar()->setValue(0);
        f.chooseRow(0);
        QTRY_COMPARE(f.view()->selectedText(), u"Needle"_s);
        QVERIFY(f.sees(f.view()->selection().begin()));
        f.click(u"Close (Escape)"_s);
        QVERIFY(!bar->isVisible());
        // Nothing else is moved by it.
        f.view()->verticalScrollBar()->setValue(0);
        f.ask(u"and?"_s);
        f.answer(u"so."_s);
        QCOMPARE(f.view()->verticalScrollBar()->value(), f.view()->verticalScrollBar()->maximum());
    }

    void goesToTheVersionInWhichItWasFound()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"Why?"_s);
        f.answer(u"Because of the haystack."_s);
        f.choose(Target::Kind::AskAgain);
        f.answer(u"Because of Rayleigh."_s);
        f.settle();
        QVERIFY(!f.transcript().contains(u"haystack"_s));
        f.pressNew();
        f.search(u"haystack"_s);
        QTRY_COMPARE(f.titles(), QStringList(u"Why?"_s));
        f.chooseRow(0);
        QTRY_COMPARE(f.view()->selectedText(), u"haystack"_s);
        QVERIFY(!f.transcript().contains(u"Rayleigh"_s));
        QCOMPARE(
            f.window.statusBar()->currentMessage(),
            u"It is in another version of what was said, which is shown now: version 1 of 2"_s);
        QCOMPARE(f.chats.shown().session.conversation().turns.size(), 2);

        // Not while an answer comes in: nothing is taken from under it.
        f.search(u"rayleigh"_s);
        f.ask(u"And now?"_s);
        f.chat.stream->say({Content{0, u"Well"_s}});
        QTRY_COMPARE(f.titles(), QStringList(u"Why?"_s));
        f.chooseRow(0);
        QTRY_COMPARE(
            f.window.statusBar()->currentMessage(),
            u"That is in another version of what was said. Stop the answer, or wait for it, to see it."_s);
        QVERIFY(f.transcript().contains(u"haystack"_s));
        f.chat.stream->end(complete());
    }

    void opensAConversationThatWasFoundByItsTitle()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        (void)f.store.save(1, u"Chosen title"_s, {});
        (void)f.store.save(1, {.id = 10, .turn = Prompt{u"words"_s}});
        f.search(u"chosen"_s);
        QTRY_COMPARE(f.titles(), QStringList(u"Chosen title"_s));
        f.chooseRow(0);
        QTRY_COMPARE(f.chats.shown().record.title(), u"Chosen title"_s);
        f.settle();
        QVERIFY(!f.page().findChild<FindBar *>()->isVisible());
    }

    void neverWritesATemporaryConversation()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        QVERIFY(!isShown(f.window, TemporaryText));
        QTest::keyClick(&f.window, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(isShown(f.window, TemporaryText));
        f.ask(u"secret question"_s);
        f.answer(u"secret answer"_s);
        QTest::keyClicks(f.edit(), u"secret draft"_s);
        f.attach(u"a.txt"_s, "secret file");
        QVERIFY(isShown(f.window, TemporaryText));
        QVERIFY(!await(f.chats.flush()));
        QVERIFY(f.titles().isEmpty());
        f.pressNew();
        f.settle();
        QVERIFY(!isShown(f.window, TemporaryText));
        QVERIFY(f.edit()->toPlainText().isEmpty());
        const QStringList files = QDir(folder.path()).entryList(QDir::Files);
        for (const QString &name : files) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("secret"), qPrintable(name));
        }
        f.ask(u"public"_s);
        QTRY_COMPARE(f.titles(), QStringList(u"public"_s));
    }

    void takesWhatWasTypedIntoATemporaryConversation()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        const auto toggle = [&f] {
            QTest::keyClick(&f.window, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
            f.settle();
        };
        QTest::keyClicks(f.edit(), u"typed"_s);
        f.attach(u"a.txt"_s, "a");
        const Prompt typed{u"typed"_s, {{u"a.txt"_s, u"text/plain"_s, "a"}}};
        QVERIFY(!await(f.chats.flush()));
        QVERIFY(*await(f.store.draft(0)) == typed);
        toggle();
        QCOMPARE(f.edit()->toPlainText(), u"typed"_s);
        QCOMPARE(f.page().composer().attachments(), typed.attachments);
        QVERIFY(*await(f.store.draft(0)) == Prompt{});
        toggle();
        QVERIFY(!isShown(f.window, TemporaryText));
        QCOMPARE(f.edit()->toPlainText(), u"typed"_s);
        QVERIFY(!await(f.chats.flush()));
        QVERIFY(*await(f.store.draft(0)) == typed);
    }

    void writesAllThereIsWhenTheSessionEnds()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"first"_s);
        f.chat.stream->say({Content{0, u"a beginning"_s}});
        f.settle();
        f.chat.stream->say({Content{0, u" and more of it"_s}});
        QTest::keyClicks(f.edit(), u"then"_s);
        // As the desktop says it, with the manager there is. Whoever ends the session does not
        // wait: what was asked for before the call returns is all that is certain.
        auto *manager = qApp->findChild<QSessionManager *>();
        QVERIFY(manager);
        Q_EMIT qApp->commitDataRequest(*manager);
        (void)await(f.store.flush());
        const QList<ConversationEntry> entries = *await(f.store.list());
        QCOMPARE(entries.size(), 1);
        const StoredConversation stored = *await(f.store.read(entries[0].id, ChatStore::All));
        QCOMPARE(stored.draft.text, u"then"_s);
        const QList<Turn> turns = stored.tree.chosen().turns;
        QCOMPARE(turns.size(), 2);
        QCOMPARE(std::get<Prompt>(turns[0]).text, u"first"_s);
        QCOMPARE(std::get<ModelTurn>(turns[1]).answer.text(), u"a beginning and more of it"_s);
        // The session may go on after all, and so does the answer.
        QVERIFY(f.chats.shown().session.isAnswering());
        f.chat.stream->say({Content{0, u"."_s}});
        f.chat.stream->end(complete());
        QVERIFY(f.transcript().contains(u"a beginning and more of it."_s));
    }

    void losesNothingOnAFullDisk()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"first"_s);
        f.answer(u"1"_s);
        f.settle();
        // Whatever is written now fails, as on a full disk.
        QVERIFY(QFile::rename(f.file(), f.file() + u".away"_s));
        f.ask(u"written in vain?"_s);
        f.answer(u"not at all"_s);
        QTRY_VERIFY(findButton(f.window, u"Save again"_s));
        f.pressNew();
        f.ask(u"another"_s);
        f.answer(u"2"_s);
        f.settle();
        QCOMPARE(f.window.findChildren<ChatPage *>().size(), 2); // it is kept here meanwhile
        QVERIFY(await(f.chats.flush()).has_value());
        QVERIFY(QFile::rename(f.file() + u".away"_s, f.file()));
        f.click(u"Save again"_s);
        QTRY_VERIFY(!findButton(f.window, u"Save again"_s));
        QTRY_COMPARE(f.window.findChildren<ChatPage *>().size(), 1);
        f.open(u"first"_s);
        QVERIFY(f.transcript().contains(u"written in vain?"_s));
        QVERIFY(f.transcript().contains(u"not at all"_s));
        f.open(u"another"_s);
        QVERIFY(f.transcript().contains(u"2"_s));
    }

    void deletesTheOneThatIsShownAndBringsItBack()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"first"_s);
        f.answer(u"1"_s);
        QTRY_COMPARE(f.titles().size(), 1);
        f.list()->setFocus();
        QTest::keyClick(f.list(), Qt::Key_Delete);
        QTRY_VERIFY(f.titles().isEmpty());
        QVERIFY(f.page().isEmpty());
        f.click(u"Undo"_s);
        f.open(u"first"_s);
        QVERIFY(f.transcript().contains(u"first"_s));
    }

    void findsWhatWasSaidInAnyConversation()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"first"_s);
        f.answer(u"The answer speaks of サワードウ and of rye."_s);
        f.pressNew();
        f.ask(u"second"_s);
        f.answer(u"Nothing of that."_s);
        QTRY_COMPARE(f.titles().size(), 2);
        QTest::keyClick(&f.window, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(search);
        search->setText(u"サワー"_s);
        QTRY_COMPARE(f.titles(), QStringList(u"first"_s));
        f.open(u"first"_s);
        QVERIFY(f.transcript().contains(u"rye"_s));
    }

    void endsOnceAllIsWritten()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        QSignalSpy left(&f.kept, &KeptConversations::canLeave);
        QObject::connect(&f.window, &ChatWindow::quitRequested, &f.kept, &KeptConversations::leave);
        f.ask(u"why?"_s);
        f.chat.stream->say({Content{0, u"be"_s}});
        f.chat.stream->say({Content{0, u"cause"_s}});
        QTest::keyClicks(f.edit(), u"draft"_s);
        f.window.close();
        QVERIFY(f.window.isVisible()); // not before it is written
        QCOMPARE(left.size(), 0);
        QTRY_COMPARE(left.size(), 1);
        const ChatId conversation = f.chats.shown().record.conversation();
        const auto stored = await(f.store.read(conversation, ChatStore::All));
        QCOMPARE(stored->draft.text, u"draft"_s);
        const auto turn = stored->tree.find(stored->tree.leaf())->turn;
        QCOMPARE(std::get<ModelTurn>(*turn).answer.text(), u"because"_s);
    }

    void endsWhileAConversationCloses()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        QSignalSpy left(&f.kept, &KeptConversations::canLeave);
        f.ask(u"first"_s);
        f.answer(u"1"_s);
        f.settle();
        f.pressNew(); // which leaves the first with nothing to do
        QCOMPARE(f.window.findChildren<ChatPage *>().size(), 2);
        f.kept.leave();
        QTRY_COMPARE(f.window.findChildren<ChatPage *>().size(), 1);
        QTRY_COMPARE(left.size(), 1);
        QVERIFY(!f.window.findChild<QMessageBox *>());
    }

    void asksBeforeItEndsWithoutHavingSaved()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        QSignalSpy left(&f.kept, &KeptConversations::canLeave);
        QVERIFY(QFile::rename(f.file(), f.file() + u".away"_s));
        f.ask(u"why?"_s);
        f.kept.leave();
        QTRY_VERIFY(f.window.findChild<QMessageBox *>());
        auto *question = f.window.findChild<QMessageBox *>();
        QCOMPARE(left.size(), 0);
        QVERIFY(!question->text().isEmpty());
        QTest::keyClick(question, Qt::Key_Escape); // stays
        QTRY_VERIFY(!f.window.findChild<QMessageBox *>());
        QCOMPARE(left.size(), 0);
        f.kept.leaveUnasked();
        QTRY_COMPARE(left.size(), 1);
        QVERIFY(!f.window.findChild<QMessageBox *>());
        QVERIFY(QFile::rename(f.file() + u".away"_s, f.file()));
    }

    void editsTheLastMessage_data()
    {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("with the arrow key") << true;
        QTest::newRow("with the button under it") << false;
    }
    void editsTheLastMessage()
    {
        QFETCH(bool, byKey);
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"one"_s);
        f.answer(u"two"_s);
        f.ask(u"three"_s);
        f.answer(u"four"_s);
        if (byKey) {
            QTest::keyClick(f.edit(), Qt::Key_Up);
        } else {
            QVERIFY(chooseTarget(*f.view(), u"Edit"_s));
        }
        QCOMPARE(f.edit()->toPlainText(), u"three"_s);
        QVERIFY(f.edit()->hasFocus());
        QVERIFY(findButton(f.window, u"Do not change the message"_s));
        QCOMPARE(namelessWidgets(f.window), QStringList());
        f.ask(u"drei"_s);
        QVERIFY(!findButton(f.window, u"Do not change the message"_s));
        QCOMPARE(f.chat.requests.last().conversation.turns.size(), 3);
        f.answer(u"vier"_s);
        QVERIFY(f.transcript().contains(u"two"_s));
        QVERIFY(f.transcript().contains(u"vier"_s));
        QVERIFY(!f.transcript().contains(u"four"_s));

        // Nothing is gone. What leads no further is there, pale.
        QVERIFY(f.hasPaleButton(u"2/2  Next ›"_s));
        QVERIFY(!chooseTarget(*f.view(), u"2/2  Next ›"_s));
        QVERIFY(chooseTarget(*f.view(), u"‹ Previous"_s));
        QVERIFY(f.hasPaleButton(u"‹ Previous"_s));
        QVERIFY(!chooseTarget(*f.view(), u"‹ Previous"_s));
        QVERIFY(f.transcript().contains(u"four"_s));
        QVERIFY(!f.transcript().contains(u"vier"_s));
        QVERIFY(chooseTarget(*f.view(), u"1/2  Next ›"_s));
        QVERIFY(f.transcript().contains(u"vier"_s));
        QCOMPARE(f.chat.requests.size(), 3); // looking asks nothing
    }

    void givesTheDraftBackAfterAnEdit()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"one"_s);
        f.answer(u"two"_s);
        QTest::keyClicks(f.edit(), u"a draft"_s);
        f.attach(u"a.txt"_s, "a");
        QVERIFY(chooseTarget(*f.view(), u"Edit"_s));
        QCOMPARE(f.edit()->toPlainText(), u"one"_s);
        QVERIFY(f.page().composer().attachments().isEmpty());
        QCOMPARE(namesOf(f.chats.shown().record.draft().attachments), QStringList(u"a.txt"_s));
        QCOMPARE(f.chats.shown().record.draft().text, u"a draft"_s);
        QTest::keyClick(f.edit(), Qt::Key_Escape);
        QCOMPARE(f.edit()->toPlainText(), u"a draft"_s);
        QCOMPARE(namesOf(f.page().composer().attachments()), QStringList(u"a.txt"_s));
        QTest::keyClick(f.edit(), Qt::Key_Up); // it goes up in the draft
        QCOMPARE(f.edit()->toPlainText(), u"a draft"_s);
        QCOMPARE(f.chat.requests.size(), 1);
    }

    void readsTheFilesOfADraftBeforeAnEdit()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"one"_s);
        f.answer(u"two"_s);
        f.page().composer().attach({f.write(u"late.txt"_s, "late")});
        QVERIFY(f.page().composer().isReading());
        QVERIFY(chooseTarget(*f.view(), u"Edit"_s));
        QVERIFY(f.edit()->toPlainText().isEmpty());
        QTRY_COMPARE(filesOf(f), QStringList(u"late.txt"_s));
        QVERIFY(chooseTarget(*f.view(), u"Edit"_s));
        QCOMPARE(f.edit()->toPlainText(), u"one"_s);
        QTest::keyClick(f.edit(), Qt::Key_Escape);
        QCOMPARE(filesOf(f), QStringList(u"late.txt"_s));
    }

    void goesOnWithAnEditThatWasLeft_data()
    {
        QTest::addColumn<bool>("quits");
        QTest::newRow("for another conversation") << false;
        QTest::newRow("for the end of the program") << true;
    }
    void goesOnWithAnEditThatWasLeft()
    {
        QFETCH(bool, quits);
        const QTemporaryDir folder;
        std::optional<Fixture> f(std::in_place, folder);
        f->ask(u"one"_s);
        f->answer(u"two"_s);
        QTest::keyClicks(f->edit(), u"a draft"_s);
        QVERIFY(chooseTarget(*f->view(), u"Edit"_s));
        f->edit()->setPlainText(u"eins"_s);
        f->attach(u"a.txt"_s, "a");
        if (quits) {
            QSignalSpy left(&f->kept, &KeptConversations::canLeave);
            f->kept.leave();
            QTRY_COMPARE(left.size(), 1);
            f.emplace(folder);
            QTRY_COMPARE(f->chats.shown().record.title(), u"one"_s);
        } else {
            f->pressNew();
            QVERIFY(f->edit()->toPlainText().isEmpty());
            QVERIFY(!findButton(f->window, u"Do not change the message"_s));
            f->settle();
            QTRY_COMPARE(f->window.findChildren<ChatPage *>().size(), 1);
            f->open(u"one"_s);
        }
        QCOMPARE(f->edit()->toPlainText(), u"eins"_s);
        QCOMPARE(filesOf(*f), QStringList(u"a.txt"_s));
        QVERIFY(findButton(f->window, u"Do not change the message"_s));
        QTest::keyClick(f->edit(), Qt::Key_Return);
        const QList<Turn> asked = f->chat.requests.last().conversation.turns;
        QCOMPARE(asked.size(), 1);
        QCOMPARE(std::get<Prompt>(asked[0]).text, u"eins"_s);
        QCOMPARE(namesOf(std::get<Prompt>(asked[0]).attachments), QStringList(u"a.txt"_s));
        f->answer(u"zwei"_s);
        QVERIFY(f->hasPaleButton(u"2/2  Next ›"_s)); // what was said before is there
        // The draft was not lost, and nothing is being changed any more.
        QCOMPARE(f->edit()->toPlainText(), u"a draft"_s);
        QVERIFY(!findButton(f->window, u"Do not change the message"_s));
        (void)await(f->chats.flush());
        const ChatId conversation = f->chats.shown().record.conversation();
        QVERIFY(!await(f->store.read(conversation, 0))->edit);
    }

    void changesNothingWhileAnAnswerComesIn()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"one"_s);
        f.chat.stream->say({Content{0, u"tw"_s}});
        QVERIFY(!chooseTarget(*f.view(), u"Edit"_s));
        QTest::keyClick(f.edit(), Qt::Key_Up);
        QVERIFY(f.edit()->toPlainText().isEmpty());
        f.chat.stream->say({Content{0, u"o"_s}});
        f.chat.stream->end(complete());
        QVERIFY(f.transcript().contains(u"two"_s));
        QVERIFY(chooseTarget(*f.view(), u"Edit"_s));
    }

    void asksAgainAndKeepsEveryAnswer()
    {
        const QTemporaryDir folder;
        {
            Fixture f(folder);
            f.ask(u"one"_s);
            f.answer(u"first answer"_s);
            for (const QString &words : {u"second answer"_s, u"third answer"_s}) {
                QVERIFY(chooseTarget(*f.view(), u"Ask again"_s));
                f.answer(words);
            }
            QVERIFY(f.transcript().contains(u"third answer"_s));
            QCoreApplication::processEvents();
            QVERIFY(!f.banner().isVisible());
            // What can be done stands under the answer.
            const TextPlace end{f.view()->column().lastPart(), 0};
            QCOMPARE(f.view()->column().part(end.at).role, Part::Role::Actions);
            QCOMPARE(f.chat.requests.last().conversation.turns.size(), 1);
            // With the keyboard alone: where one went is where one goes on.
            f.view()->setFocus();
            f.view()->focusFooter(1, Target::Kind::PreviousVersion);
            QTest::keyClick(f.view(), Qt::Key_Return);
            QVERIFY(f.transcript().contains(u"second answer"_s));
            QTest::keyClick(f.view(), Qt::Key_Return);
            QVERIFY(f.transcript().contains(u"first answer"_s));
            QTest::keyClick(f.view(), Qt::Key_Return); // and back
            QVERIFY(f.transcript().contains(u"second answer"_s));
        }
        Fixture f(folder);
        QTRY_VERIFY(f.transcript().contains(u"second answer"_s));
        QVERIFY(chooseTarget(*f.view(), u"2/3  Next ›"_s));
        QTRY_VERIFY(f.transcript().contains(u"third answer"_s));
        f.ask(u"and?"_s);
        QCOMPARE(f.chat.requests.last().conversation.turns.size(), 3);
    }

    void asksAsTheConversationWasSetUp()
    {
        const QTemporaryDir folder;
        {
            Fixture f(folder);
            QTest::keyClick(&f.window, Qt::Key_I, Qt::ControlModifier);
            auto *dialog = f.window.findChild<SetupDialog *>();
            QVERIFY(dialog);
            QCOMPARE(namelessWidgets(*dialog).join(u' '), QString());
            QCOMPARE(richLabels(*dialog), QStringList());
            dialog->findChild<QPlainTextEdit *>()->setPlainText(u"Be brief."_s);
            auto *effort = dialog->findChild<QComboBox *>();
            effort->setCurrentIndex(effort->findData(u"low"_s));
            dialog->findChild<QCheckBox *>()->setChecked(true);
            dialog->findChild<QDoubleSpinBox *>()->setValue(0.3);
            // Both are the provider's until a box is ticked, and the person may change their mind.
            QAbstractButton *limit = findButton(*dialog, u"Own limit of the answer"_s);
            QVERIFY(limit);
            QVERIFY(!dialog->findChild<QSpinBox *>()->isEnabled());
            limit->click();
            dialog->findChild<QSpinBox *>()->setValue(2048);
            QAbstractButton *ok = findButton(*dialog, u"OK"_s);
            QVERIFY(ok);
            QTest::mouseClick(ok, Qt::LeftButton);
            f.ask(u"one"_s);
            const ChatRequest request = f.chat.requests.last();
            QCOMPARE(request.conversation.system, u"Be brief."_s);
            QCOMPARE(request.reasoningEffort, u"low"_s);
            QCOMPARE(request.temperature.value_or(0), 0.3);
            QCOMPARE(request.maxOutputTokens.value_or(0), 2048);
            f.answer(u"two"_s);
            f.pressNew();
            f.ask(u"another"_s); // has its own
            QCOMPARE(f.chat.requests.last().conversation.system, QString());
            QCOMPARE(f.chat.requests.last().reasoningEffort, QString());
            QVERIFY(!f.chat.requests.last().maxOutputTokens);
            QVERIFY(!f.chat.requests.last().temperature);
            f.answer(u"2"_s);
            f.open(u"one"_s);
        }
        Fixture f(folder);
        QTRY_VERIFY(f.transcript().contains(u"two"_s));
        f.ask(u"three"_s);
        QCOMPARE(f.chat.requests.last().conversation.system, u"Be brief."_s);
        QCOMPARE(f.chat.requests.last().reasoningEffort, u"low"_s);
        QCOMPARE(f.chat.requests.last().maxOutputTokens.value_or(0), 2048);
        QCOMPARE(f.chat.requests.last().temperature.value_or(0), 0.3);
        QCOMPARE(f.window.chosenTarget()->model, u"gpt"_s);
    }

    void namesEverything()
    {
        const QTemporaryDir folder;
        Fixture f(folder);
        f.ask(u"first"_s);
        f.answer(u"1"_s);
        QTRY_COMPARE(f.titles().size(), 1);
        QCOMPARE(namelessWidgets(f.window), QStringList());
        QCOMPARE(richLabels(f.window), QStringList());
        QTest::keyClick(&f.window, Qt::Key_F9);
        QVERIFY(!f.list()->isVisible());
        QTest::keyClick(&f.window, Qt::Key_F9);
        QVERIFY(f.list()->isVisible());
    }

    void offersWhatToDoAboutAnInterruptedAnswer_data()
    {
        QTest::addColumn<bool>("restarts");
        QTest::addColumn<QString>("choice");
        for (const QString &choice : {u"Continue"_s, u"Retry"_s, u"Keep"_s}) {
            QTest::addRow("after a stop, %s", qPrintable(choice)) << false << choice;
            QTest::addRow("after a restart, %s", qPrintable(choice)) << true << choice;
        }
    }
    void offersWhatToDoAboutAnInterruptedAnswer()
    {
        QFETCH(bool, restarts);
        QFETCH(QString, choice);
        const QTemporaryDir folder;
        auto f = std::make_unique<Fixture>(folder);
        f->ask(u"one"_s);
        f->chat.stream->say({Content{0, u"half an"_s}});
        if (restarts) {
            f.reset(); // in the middle of it
            f = std::make_unique<Fixture>(folder);
            QTRY_VERIFY(f->transcript().contains(u"half an"_s));
        } else {
            f->click(u"Stop"_s);
        }
        QVERIFY(!f->chats.shown().session.isAnswering());
        const qsizetype asked = f->chat.requests.size();
        QVERIFY(chooseTarget(*f->view(), choice));
        for (const QString &gone : {u"Continue"_s, u"Retry"_s, u"Keep"_s}) {
            QVERIFY2(!chooseTarget(*f->view(), gone), qPrintable(gone));
        }
        if (choice == u"Keep"_s) {
            QCOMPARE(f->chat.requests.size(), asked);
            f->ask(u"two"_s);
        }
        QCOMPARE(f->chat.requests.size(), asked + 1);
        const QList<Turn> turns = f->chat.requests.last().conversation.turns;
        QCOMPARE(turns.size(), choice == u"Retry"_s ? 1 : 3);
        if (choice != u"Retry"_s) {
            QCOMPARE(std::get<ModelTurn>(turns[1]).answer.text(), u"half an"_s);
            QCOMPARE(std::get<Prompt>(turns[2]).text,
                     choice == u"Keep"_s
                         ? u"two"_s
                         : u"Go on from where your answer ended, without repeating it."_s);
        }
        f->answer(u"a whole one"_s);
        QTRY_VERIFY(f->transcript().contains(u"a whole one"_s));
        QCOMPARE(f->transcript().contains(u"half an"_s), choice != u"Retry"_s);
        QVERIFY(!chooseTarget(*f->view(), u"Continue"_s));
    }
};

QTEST_MAIN(tst_Conversations)
#include "tst_conversations.moc"
