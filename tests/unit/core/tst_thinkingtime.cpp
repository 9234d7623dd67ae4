// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/thinkingtime.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Fixture
{
    std::chrono::milliseconds now = 77s;
    ThinkingTime time{[this] { return now; }};

    //! What becomes of the messages, which come so much after those before.
    StreamMessages after(std::chrono::milliseconds passed, const StreamMessages &messages)
    {
        now += passed;
        return time.timed(messages);
    }
};

Reasoning took(int part, std::chrono::milliseconds time) { return {.part = part, .took = time}; }

} // namespace

class tst_ThinkingTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lastsUntilSomethingElseComes_data()
    {
        QTest::addColumn<StreamMessage>("next");
        QTest::newRow("text") << StreamMessage(Content{0, u"So"_s});
        QTest::newRow("a call") << StreamMessage(FunctionCall{});
        QTest::newRow("a refusal") << StreamMessage(Refusal{u"No"_s});
        QTest::newRow("the end") << StreamMessage(Done{});
    }
    void lastsUntilSomethingElseComes()
    {
        QFETCH(StreamMessage, next);
        Fixture f;
        const StreamMessages first{Reasoning{0, u"Hm"_s}};
        QVERIFY(f.after(5s, first) == first);
        const StreamMessages second{Reasoning{1, u"m"_s}};
        QVERIFY(f.after(1200ms, second) == second);
        QVERIFY(f.after(300ms, {next}) == StreamMessages({took(1, 1500ms), next}));
        QVERIFY(f.after(1s, {next}) == StreamMessages{next});
    }

    void goesOnWhileNothingElseIsSaid()
    {
        Fixture f;
        (void)f.after(0s, {Reasoning{0, u"Hm"_s}});
        const StreamMessages others{Usage{.input = 1}, StreamFault{}, Citation{}, Content{0, {}},
                                    Reasoning{0, {}}};
        QVERIFY(f.after(1s, others) == others);
        const StreamMessages end{Done{}};
        QVERIFY(f.after(1s, end) == StreamMessages({took(0, 2s), end.first()}));
    }

    void beginsAnewAfterSomethingElse()
    {
        Fixture f;
        (void)f.after(0s, {Reasoning{0, u"Hm"_s}});
        (void)f.after(1s, {Content{0, u"So"_s}});
        (void)f.after(10s, {Reasoning{0, u"But"_s}});
        const StreamMessages end{Done{}};
        QVERIFY(f.after(2s, end) == StreamMessages({took(0, 2s), end.first()}));
    }

    void tellsNothingWhereNothingWasThought()
    {
        Fixture f;
        const StreamMessages messages{Reasoning{0, {}}, Content{0, u"So"_s}, Done{}};
        QVERIFY(f.after(1s, messages) == messages);
        QVERIFY(f.after(1s, {}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_ThinkingTime)
#include "tst_thinkingtime.moc"
