// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/conversationtree.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_ConversationTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAPathWhileNothingIsEdited();
    void branchesWhereSomethingIsAskedAgain();
    void goesToTheNewestMessageOfABranch();
    void beginsAnewWithoutLosingTheOldBeginning();
    void takesALostParentForABeginning();
    void cannotBeMadeACircle();
    void replacesAMessageInItsPlace();
    void choosesNothingThatIsNotThere();
    void knowsWhatHasNotBeenRead();
    void leavesOutAnswersInWhichNothingCame();
    void answersCallsThatNobodyAnswered();
    void keepsResultsThatAreThere();
    void isOneValue();
    void namesEverythingDifferently();
};

namespace {

ConversationNode prompt(ChatId id, ChatId parent)
{
    return {.id = id, .parent = parent, .turn = Prompt{QString::number(id)}};
}

Answer answered(const StreamMessages &messages)
{
    Answer answer;
    for (const StreamMessage &message : messages) {
        answer.fold(message);
    }
    return answer;
}

ConversationNode answer(ChatId id, ChatId parent, const StreamMessages &messages)
{
    return {.id = id,
            .parent = parent,
            .kind = ConversationNode::Kind::Answer,
            .turn = ModelTurn{u"openai"_s, answered(messages)}};
}

ConversationNode answer(ChatId id, ChatId parent)
{
    return answer(id, parent, {Content{0, QString::number(id)}});
}

FunctionCall wholeCall(int call, const QString &id)
{
    return {FunctionCall::Phase::Complete, call, id, u"clock"_s, u"{}"_s};
}

//! 1 is answered by 2, then 3 by 4; 5 is another answer to 1, 6 another prompt in the place of 3.
ConversationTree branched()
{
    ConversationTree tree;
    for (const ConversationNode &node :
         {prompt(1, 0), answer(2, 1), prompt(3, 2), answer(4, 3), answer(5, 1), prompt(6, 2)}) {
        tree.insert(node);
    }
    tree.setLeaf(4);
    return tree;
}

using Ids = QList<ChatId>;

} // namespace

void tst_ConversationTree::isAPathWhileNothingIsEdited()
{
    ConversationTree tree;
    QVERIFY(tree.isEmpty());
    QCOMPARE(tree.path(), Ids());
    tree.insert(prompt(1, 0));
    tree.setLeaf(1);
    tree.insert(answer(2, 1));
    QCOMPARE(tree.path(), Ids{1}); // being there does not choose it
    tree.setLeaf(2);
    QCOMPARE(tree.path(), (Ids{1, 2}));
    QCOMPARE(tree.siblings(2), Ids{2});
}

void tst_ConversationTree::branchesWhereSomethingIsAskedAgain()
{
    const ConversationTree tree = branched();
    QCOMPARE(tree.path(), (Ids{1, 2, 3, 4}));
    QCOMPARE(tree.siblings(2), (Ids{2, 5}));
    QCOMPARE(tree.siblings(6), (Ids{3, 6}));
    QCOMPARE(tree.siblings(4), Ids{4});
    QCOMPARE(tree.pathTo(6), (Ids{1, 2, 6}));
    QCOMPARE(tree.size(), 6);
}

void tst_ConversationTree::goesToTheNewestMessageOfABranch()
{
    ConversationTree tree = branched();
    tree.select(5);
    QCOMPARE(tree.path(), (Ids{1, 5}));
    tree.select(2);
    QCOMPARE(tree.path(), (Ids{1, 2, 6}));
    tree.select(3);
    QCOMPARE(tree.path(), (Ids{1, 2, 3, 4}));
}

void tst_ConversationTree::beginsAnewWithoutLosingTheOldBeginning()
{
    ConversationTree tree = branched();
    tree.setLeaf(0);
    QCOMPARE(tree.path(), Ids());
    tree.insert(prompt(7, 0));
    tree.setLeaf(7);
    QCOMPARE(tree.path(), Ids{7});
    QCOMPARE(tree.siblings(7), (Ids{1, 7}));
}

void tst_ConversationTree::takesALostParentForABeginning()
{
    ConversationTree tree;
    tree.insert(prompt(9, 8));
    tree.setLeaf(9);
    QCOMPARE(tree.path(), Ids{9});
    QCOMPARE(tree.find(9)->parent, 0);
}

void tst_ConversationTree::cannotBeMadeACircle()
{
    ConversationTree tree;
    tree.insert(prompt(1, 2));
    tree.insert(prompt(2, 1));
    tree.insert(prompt(1, 2)); // once more, now that there is a 2
    tree.insert(prompt(3, 3));
    tree.select(1);
    QCOMPARE(tree.path(), (Ids{1, 2}));
    QCOMPARE(tree.pathTo(3), Ids{3});
}

void tst_ConversationTree::replacesAMessageInItsPlace()
{
    ConversationTree tree = branched();
    tree.insert(answer(2, 0, {Content{0, u"whole"_s}}));
    QCOMPARE(tree.path(), (Ids{1, 2, 3, 4}));
    QCOMPARE(tree.find(2)->parent, 1);
    QCOMPARE(std::get<ModelTurn>(*tree.find(2)->turn).answer.text(), u"whole"_s);
    QCOMPARE(tree.siblings(2), (Ids{2, 5}));
}

void tst_ConversationTree::choosesNothingThatIsNotThere()
{
    ConversationTree tree = branched();
    tree.select(99);
    QCOMPARE(tree.leaf(), 0);
    QVERIFY(!tree.find(99));
    QCOMPARE(tree.siblings(99), Ids());
    tree.setTurn(99, Prompt{u"x"_s});
    QCOMPARE(tree.size(), 6);
}

void tst_ConversationTree::knowsWhatHasNotBeenRead()
{
    ConversationTree tree = branched();
    ConversationNode unread = prompt(3, 2);
    unread.turn.reset();
    tree.insert(unread);
    QCOMPARE(tree.unread(), Ids{3});
    tree.setTurn(3, Prompt{u"read"_s});
    QCOMPARE(tree.unread(), Ids());
    QCOMPARE(tree.chosen().turns[2], Turn(Prompt{u"read"_s}));
}

void tst_ConversationTree::leavesOutAnswersInWhichNothingCame()
{
    ConversationTree tree;
    for (const ConversationNode &node :
         {prompt(1, 0), answer(2, 1, {Usage{.input = 3}, Done{Done::Ending::Failed}}), prompt(3, 2),
          answer(4, 3, {Done{Done::Ending::Complete}})}) {
        tree.insert(node);
    }
    tree.select(1);
    QCOMPARE(tree.path(), (Ids{1, 2, 3, 4}));
    QCOMPARE(tree.chosen().ids, (Ids{1, 3, 4}));
}

void tst_ConversationTree::answersCallsThatNobodyAnswered()
{
    ConversationTree tree;
    for (const ConversationNode &node :
         {prompt(1, 0),
          answer(2, 1,
                 {wholeCall(0, u"a"_s), wholeCall(1, u"b"_s),
                  FunctionCall{FunctionCall::Phase::Begin, 2, u"cut off"_s, u"clock"_s, {}}}),
          ConversationNode{.id = 3,
          .parent = 2,
          .kind = ConversationNode::Kind::Result,
          .turn = FunctionResult{u"a"_s, u"clock"_s, u"noon"_s}}}) {
        tree.insert(node);
    }
    tree.select(1);
    // The program ended here, and is asked on.
    const FunctionResult lost{u"b"_s, u"clock"_s, u"Maestro ended before this was run."_s, true};
    QCOMPARE(tree.chosen().ids, (Ids{1, 2, 3, 0}));
    QCOMPARE(std::get<FunctionResult>(tree.chosen().turns[3]), lost);
    tree.insert(prompt(4, 3));
    tree.setLeaf(4);
    QCOMPARE(tree.chosen().ids, (Ids{1, 2, 3, 0, 4}));
}

void tst_ConversationTree::keepsResultsThatAreThere()
{
    ConversationTree tree;
    // Gemini's calls have no ids.
    for (const ConversationNode &node :
         {prompt(1, 0), answer(2, 1, {wholeCall(0, {}), wholeCall(1, {})}),
          ConversationNode{.id = 3,
          .parent = 2,
          .kind = ConversationNode::Kind::Result,
          .turn = FunctionResult{{}, u"clock"_s, u"noon"_s}},
          ConversationNode{.id = 4,
          .parent = 3,
          .kind = ConversationNode::Kind::Result,
          .turn = FunctionResult{{}, u"clock"_s, u"later"_s}},
          answer(5, 4)}) {
        tree.insert(node);
    }
    tree.select(1);
    QCOMPARE(tree.chosen().ids, (Ids{1, 2, 3, 4, 5}));
}

void tst_ConversationTree::isOneValue()
{
    ConversationTree tree = branched();
    const ConversationTree copy = tree;
    QVERIFY(tree == copy);
    tree.select(5);
    QVERIFY(!(tree == copy));
    QCOMPARE(copy.path(), (Ids{1, 2, 3, 4}));
}

void tst_ConversationTree::namesEverythingDifferently()
{
    ChatId last = 0;
    for (int i = 0; i < 10000; ++i) {
        const ChatId id = newChatId();
        QVERIFY(id > last);
        last = id;
    }
    // The time is in it.
    QVERIFY(qAbs((last >> 20) - QDateTime::currentMSecsSinceEpoch()) < 60000);
}

QTEST_GUILESS_MAIN(tst_ConversationTree)
#include "tst_conversationtree.moc"
