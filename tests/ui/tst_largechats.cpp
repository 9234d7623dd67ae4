// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is far larger than usual. How long it takes is printed, not judged: see tests/bench.

#include "keptfixture.h"
#include "support/chatvalues.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QGuiApplication>
#include <QScrollBar>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype Megabyte = 1'000'000;

//! Markdown of about that length, in which every paragraph is another.
QString longText(qsizetype length, int seed)
{
    QString text;
    text.reserve(length + 200);
    for (int i = 0; text.size() < length; ++i) {
        text += u"## Part %1 of %2\n\nSome words with **strong** ones, `code` and a "
                "[link](https://x.example/%1).\n\n- one\n- two of %2\n\n"_s.arg(i)
                    .arg(seed);
    }
    return text;
}

} // namespace

class tst_LargeChats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAMessageOfAMegabyte()
    {
        const QTemporaryDir folder;
        KeptFixture f(folder);
        const QString text
            = u"The beginning of it.\n\n"_s + longText(Megabyte, 1) + u"The very end of it."_s;
        (void)f.store.save(1, u"Large"_s, {});
        (void)f.store.save(1, {.id = 10, .turn = Prompt{u"Write a lot."_s}});
        (void)f.store.save(
            1,
            {.id = 11,
             .parent = 10,
             .kind = ConversationNode::Kind::Answer,
             .turn = ModelTurn{u"openai"_s,
                               Test::answerOf({Content{0, text}, Done{Done::Ending::Complete}})}});
        f.settle();
        QTRY_COMPARE(f.titles(), QStringList(u"Large"_s));
        QElapsedTimer timer;
        timer.start();
        f.open(u"Large"_s);
        QTRY_COMPARE(f.view()->column().count(), 2);
        QVERIFY(!f.view()->viewport()->grab().isNull());
        qInfo("a message of %lld letters is shown after %lld ms", text.size(), timer.elapsed());
        QVERIFY(f.view()->verticalScrollBar()->value() == f.view()->verticalScrollBar()->maximum());
        const PartPlace last = f.view()->column().lastPart();
        QVERIFY(f.view()->partRect(last).intersects(f.view()->viewport()->rect()));
        // All of it is there, and it can be answered.
        timer.restart();
        QVERIFY(f.view()->find(u"The beginning of it."_s, TranscriptView::Direction::Forward));
        QVERIFY(f.sees(f.view()->selection().begin()));
        QVERIFY(f.view()->find(u"The very end of it."_s, TranscriptView::Direction::Forward));
        qInfo("its beginning and its end are found in %lld ms", timer.elapsed());
        f.ask(u"Thank you."_s);
        QCOMPARE(f.chat.requests.last().conversation.turns.size(), 3);
    }

    void startsWithADatabaseOfFiftyMegabytes()
    {
        constexpr int Conversations = 50;
        const QTemporaryDir folder;
        {
            KeptFixture f(folder);
            for (ChatId chat = 1; chat <= Conversations; ++chat) {
                const QString text = longText(Megabyte / 2, static_cast<int>(chat))
                    + u"The word of number %1 is plover%1."_s.arg(chat);
                (void)f.store.save(chat, u"Number %1"_s.arg(chat), {});
                (void)f.store.save(chat, {.id = chat * 10, .turn = Prompt{text}});
            }
            QVERIFY(!await(f.store.flush()));
        }
        const qint64 size = QFileInfo(folder.filePath(u"conversations.db"_s)).size();
        QVERIFY2(size > 50 * Megabyte, qPrintable(QString::number(size)));
        QElapsedTimer timer;
        timer.start();
        KeptFixture f(folder);
        QTRY_COMPARE(f.titles().size(), Conversations);
        qInfo("with %lld MB of conversations, the list is there after %lld ms", size / Megabyte,
              timer.elapsed());
        timer.restart();
        f.search(u"plover17"_s);
        QTRY_COMPARE_WITH_TIMEOUT(f.titles(), QStringList(u"Number 17"_s), 30'000);
        qInfo("a word is found after %lld ms", timer.elapsed());
        timer.restart();
        f.chooseRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(f.view()->selectedText(), u"plover17"_s, 30'000);
        QVERIFY(f.sees(f.view()->selection().begin()));
        qInfo("its place is shown after %lld ms", timer.elapsed());
    }

    void takesAHugePasteAsAFile()
    {
        const QTemporaryDir folder;
        KeptFixture f(folder);
        const QString huge = longText(10 * Megabyte, 1);
        QGuiApplication::clipboard()->setText(huge);
        QElapsedTimer timer;
        timer.start();
        f.edit()->paste();
        QVERIFY(isShown(f.window, u"Attach as a file"_s)
                || findButton(f.window, u"Attach as a file"_s));
        qInfo("what to do with a paste of %lld MB is asked after %lld ms", huge.size() / Megabyte,
              timer.elapsed());
        timer.restart();
        f.click(u"Attach as a file"_s);
        QCOMPARE(f.page().composer().attachments().size(), 1);
        qInfo("it is a file after %lld ms", timer.elapsed());
        QVERIFY(f.edit()->toPlainText().isEmpty());
        timer.restart();
        f.ask(u"What is that?"_s);
        qInfo("and goes out after %lld ms", timer.elapsed());
        const auto &prompt = std::get<Prompt>(f.chat.requests.last().conversation.turns.last());
        QCOMPARE(prompt.attachments.size(), 1);
        QCOMPARE(prompt.attachments.first().bytes, huge.toUtf8());
    }
};

QTEST_MAIN(tst_LargeChats)
#include "tst_largechats.moc"
