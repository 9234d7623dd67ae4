// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/chatstoredouble.h"
#include "ui/conversations/conversationdelegate.h"
#include "ui/conversations/conversationmodel.h"
#include "ui/conversations/sidebar.h"
#include "ui/conversations/undobar.h"
#include "widgetwalk.h"

#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

QDateTime daysAgo(int days) { return QDateTime::currentDateTimeUtc().addDays(-days); }

struct Fixture
{
    ChatStoreDouble store;
    Sidebar sidebar{store};
    QSignalSpy opened{&sidebar, &Sidebar::openRequested};

    Fixture()
    {
        store.add({.id = 1, .title = u"Bread"_s, .changed = daysAgo(3)},
                  u"How long does sourdough rise?"_s);
        store.add({.id = 2, .title = u"Stripe"_s, .changed = daysAgo(0)},
                  u"Webhooks and their signatures"_s);
        store.add({.id = 3, .title = u"Taxes"_s, .changed = daysAgo(500), .isPinned = true},
                  u"What is a sour deal?"_s);
        sidebar.resize(280, 500);
        sidebar.show();
        sidebar.reload();
        if (!QTest::qWaitForWindowActive(&sidebar)
            || !QTest::qWaitFor([this] { return titles().size() == 3; })) {
            qFatal("the list does not show");
        }
    }
    QListView *list() { return sidebar.findChild<QListView *>(); }
    QLineEdit *search() { return sidebar.findChild<QLineEdit *>(); }
    QStringList titles()
    {
        QStringList titles;
        for (int row = 0; row < list()->model()->rowCount(); ++row) {
            titles.append(list()->model()->index(row, 0).data().toString());
        }
        return titles;
    }
    QModelIndex index(int row) { return list()->model()->index(row, 0); }
    void click(int row)
    {
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                          list()->visualRect(index(row)).center());
    }
    QAction *menuAction(int row, const QString &text)
    {
        Q_EMIT list()->customContextMenuRequested(list()->visualRect(index(row)).center());
        auto *menu = sidebar.findChild<QMenu *>();
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            if (action->text() == text) {
                return action;
            }
        }
        return nullptr;
    }
};

} // namespace

class tst_Sidebar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsPinnedOnesFirstAndThenTheNewest()
    {
        Fixture f;
        QCOMPARE(f.titles(), QStringList({u"Taxes"_s, u"Stripe"_s, u"Bread"_s}));
    }

    void saysWhen_data()
    {
        QTest::addColumn<QDateTime>("when");
        QTest::addColumn<QString>("text");
        const QTime time(14, 2);
        QTest::newRow("today") << QDateTime({2026, 11, 22}, time) << u"14:02"_s;
        QTest::newRow("yesterday") << QDateTime({2026, 11, 21}, time) << u"Sat"_s;
        QTest::newRow("six days ago") << QDateTime({2026, 11, 16}, time) << u"Mon"_s;
        QTest::newRow("a week ago") << QDateTime({2026, 11, 15}, time) << u"15 Nov"_s;
        QTest::newRow("another year") << QDateTime({2025, 11, 15}, time) << u"15 Nov 2025"_s;
        QTest::newRow("tomorrow, by another clock")
            << QDateTime({2026, 11, 23}, time) << u"23 Nov"_s;
    }
    void saysWhen()
    {
        QFETCH(QDateTime, when);
        QTEST(whenText(when, QDateTime({2026, 11, 22}, QTime(23, 0))), "text");
    }

    void opensByMouseAndKeyboard()
    {
        Fixture f;
        f.click(1);
        QCOMPARE(f.opened.takeFirst().at(0).value<ChatId>(), 2);
        f.sidebar.setCurrent(2);
        f.click(1); // it is open
        QCOMPARE(f.opened.size(), 0);
        f.list()->setFocus();
        QTest::keyClick(f.list(), Qt::Key_Down);
        QTest::keyClick(f.list(), Qt::Key_Return);
        QCOMPARE(f.opened.takeFirst().at(0).value<ChatId>(), 1);
    }

    void keepsTheOpenOneMarkedWhateverChanges()
    {
        Fixture f;
        f.sidebar.setCurrent(1);
        QCOMPARE(f.list()->currentIndex().data().toString(), u"Bread"_s);
        f.store.add({.id = 4, .title = u"New"_s, .changed = daysAgo(-1)});
        QTRY_COMPARE(f.titles().size(), 4);
        QCOMPARE(f.list()->currentIndex().data().toString(), u"Bread"_s);
        f.sidebar.setCurrent(0);
        QVERIFY(!f.list()->currentIndex().isValid());
    }

    void findsWhatWasSaid()
    {
        Fixture f;
        QTest::keyClicks(f.search(), u"sour"_s);
        QTRY_COMPARE(f.titles(), QStringList({u"Bread"_s, u"Taxes"_s}));
        QCOMPARE(f.index(0).data(ConversationModel::SnippetRole).toString(),
                 u"How long does sourdough rise?"_s);
        QVERIFY(f.store.searches.size() <= 4); // and only once if one types fast
        QSignalSpy found(&f.sidebar, &Sidebar::foundChosen);
        f.click(0);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0][0].value<SearchHit>().conversation.id, 1);
        QCOMPARE(found[0][1].toStringList(), QStringList(u"sour"_s));
        QVERIFY(f.opened.isEmpty()); // whoever shows the place opens it
        QTest::keyClicks(f.search(), u"xyz"_s);
        QTRY_VERIFY(isShown(f.sidebar, u"Nothing found for “sourxyz”."_s));
        f.search()->clear();
        QTRY_COMPARE(f.titles().size(), 3);
    }

    void showsWhatWasAskedLastWhateverComesFirst()
    {
        Fixture f;
        f.store.holds = true;
        f.search()->setText(u"sour"_s);
        QTRY_COMPARE(f.store.searches.size(), 1);
        f.search()->setText(u"webhooks"_s);
        QTRY_COMPARE(f.store.searches.size(), 2);
        f.store.release();
        QTRY_COMPARE(f.titles(), QStringList(u"Stripe"_s));
    }

    void renames()
    {
        Fixture f;
        f.list()->setFocus();
        f.list()->setCurrentIndex(f.index(2));
        QTest::keyClick(f.list(), Qt::Key_F2);
        auto *editor = f.list()->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        QCOMPARE(editor->text(), u"Bread"_s);
        editor->setText(u"  Sour\tdough "_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(f.store.entry(1).title, u"Sour dough"_s);
        QTRY_COMPARE(f.titles().last(), u"Sour dough"_s);
    }

    void keepsATitleThatIsNotOne()
    {
        Fixture f;
        QVERIFY(!f.list()->model()->setData(f.index(2), u"   "_s));
        QCOMPARE(f.store.entry(1).title, u"Bread"_s);
    }

    void losesNoTitleThatIsBeingTyped()
    {
        Fixture f;
        f.list()->setFocus();
        f.list()->setCurrentIndex(f.index(2));
        QTest::keyClick(f.list(), Qt::Key_F2);
        f.store.add({.id = 4, .title = u"New"_s, .changed = daysAgo(-1)});
        QCoreApplication::processEvents();
        auto *editor = f.list()->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->setText(u"Rolls"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(f.store.entry(1).title, u"Rolls"_s);
        QTRY_COMPARE(f.titles().size(), 4);
    }

    void pins()
    {
        Fixture f;
        QAction *pin = f.menuAction(2, u"&Pin"_s);
        QVERIFY(pin);
        pin->trigger();
        QTRY_VERIFY(f.store.entry(1).isPinned);
        QTRY_COMPARE(f.titles(), QStringList({u"Bread"_s, u"Taxes"_s, u"Stripe"_s}));
    }

    void deletesAndBringsBack()
    {
        Fixture f;
        QSignalSpy removed(&f.sidebar, &Sidebar::currentRemoved);
        f.sidebar.setCurrent(2);
        f.list()->setFocus();
        QTest::keyClick(f.list(), Qt::Key_Delete);
        QTRY_COMPARE(f.titles(), QStringList({u"Taxes"_s, u"Bread"_s}));
        QCOMPARE(removed.size(), 1);
        auto *undo = f.sidebar.findChild<UndoBar *>();
        QVERIFY(undo->isVisible());
        QAbstractButton *button = findButton(f.sidebar, u"Undo"_s);
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(f.titles().size(), 3);
        QVERIFY(!undo->isVisible());
        QVERIFY(!f.store.isRemoved(2));
    }

    void saysWhatCouldNotBeDone()
    {
        Fixture f;
        QSignalSpy failed(&f.sidebar, &Sidebar::failed);
        f.store.fault = Error{Error::Kind::Configuration, u"The disk is full."_s};
        f.list()->model()->setData(f.index(2), u"Rolls"_s);
        QTRY_VERIFY(!failed.isEmpty());
    }

    void marksOneThatBroughtTheProgramDown()
    {
        Fixture f;
        f.store.add({.id = 4, .title = u"Broken"_s, .changed = daysAgo(-1), .isSuspect = true});
        QTRY_COMPARE(f.titles().size(), 4);
        QVERIFY(f.index(1).data(Qt::AccessibleTextRole).toString().contains(u"unexpectedly"_s));
    }

    void isEmptyWithAWord()
    {
        ChatStoreDouble store;
        Sidebar sidebar(store);
        sidebar.show();
        sidebar.reload();
        QTRY_VERIFY(isShown(sidebar, u"Your conversations will be listed here."_s));
    }

    void showsTenThousand()
    {
        ChatStoreDouble store;
        {
            const QSignalBlocker blocker(&store);
            for (int i = 1; i <= 10'000; ++i) {
                store.add({.id = i, .title = u"Conversation %1"_s.arg(i), .changed = daysAgo(i)});
            }
        }
        Sidebar sidebar(store);
        sidebar.show();
        sidebar.reload();
        auto *list = sidebar.findChild<QListView *>();
        QTRY_COMPARE(list->model()->rowCount(), 10'000);
        list->scrollToBottom();
        QVERIFY(list->visualRect(list->model()->index(9'999, 0)).isValid());
    }

    void hasANameForEverything()
    {
        Fixture f;
        QCOMPARE(namelessWidgets(f.sidebar), QStringList());
        QCOMPARE(richLabels(f.sidebar), QStringList());
    }
};

QTEST_MAIN(tst_Sidebar)
#include "tst_sidebar.moc"
