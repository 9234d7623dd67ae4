// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatfixture.h"
#include "ui/chat/modelpicker.h"
#include "ui/chat/modelpopup.h"
#include "ui/chat/modelrowpainter.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

ChatTarget target(const QString &provider, const QStringList &models)
{
    return {.account = {.key = {provider, AccountKey::Type::ApiKey, u"1"_s}},
            .api = {},
            .providerName = provider,
            .models = models};
}

ChosenTarget chosen(const QString &provider, const QString &model)
{
    return {{provider, AccountKey::Type::ApiKey, u"1"_s}, {}, model};
}

std::optional<ModelFacts> facts(const QString &, const QString &model)
{
    if (model == u"gpt-5.4"_s) {
        return ModelFacts{.contextTokens = 1'050'000,
                          .prices = {.input = Dollars{2'500'000}, .output = Dollars{15'000'000}}};
    }
    return model == u"gpt-5.6"_s ? std::optional(ModelFacts{.contextTokens = 400'000})
                                 : std::nullopt;
}

//! What can be read, a row a line; a heading ends with a colon, ✓ is chosen and ★ a favourite.
QStringList read(const QAbstractItemModel &model)
{
    QStringList lines;
    for (int i = 0; i < model.rowCount(); ++i) {
        const QModelIndex row = model.index(i, 0);
        QString line = row.data().toString();
        if (const QString detail = row.data(ModelRows::DetailRole).toString(); !detail.isEmpty()) {
            line += u" | "_s + detail;
        }
        line += row.data(ModelRows::HeadingRole).toBool() ? u":"_s : QString();
        line += row.data(ModelRows::ChosenRole).toBool() ? u" ✓"_s : QString();
        line += row.data(ModelRows::FavouriteRole).toBool() ? u" ★"_s : QString();
        lines.append(line);
    }
    return lines;
}

struct OpenPopup
{
    QWidget window;
    QPointer<ModelPopup> popup;
    QSignalSpy chosenSpy;
    QSignalSpy favouritesSpy;

    explicit OpenPopup(const QList<ChatTarget> &targets,
                       const std::optional<ChosenTarget> &current = {})
        : popup(new ModelPopup(targets, current, &window))
        , chosenSpy(popup, &ModelPopup::modelChosen)
        , favouritesSpy(popup, &ModelPopup::favouritesChanged)
    {
        popup->setFactsOf(facts);
        popup->show();
    }
    QLineEdit *filter() const { return popup->findChild<QLineEdit *>(); }
    QListView *list() const { return popup->findChild<QListView *>(); }
    QString current() const { return list()->currentIndex().data().toString(); }
    QStringList rows() const { return read(*list()->model()); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(filter(), key, modifiers);
    }
};

} // namespace

class tst_ModelPopup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void listsWhatIsKnownOfEachModel()
    {
        OpenPopup f(
            {target(u"openai"_s, {u"gpt-5.6"_s, u"gpt-5.4"_s}), target(u"gemini"_s, {u"g"_s})},
            chosen(u"openai"_s, u"gpt-5.4"_s));
        QCOMPARE(f.rows(),
                 (QStringList{u"openai  ·  openai API key:"_s, u"gpt-5.6 | 400k"_s,
                              u"gpt-5.4 | 1.05M  ·  $2.50 in · $15 out ✓"_s,
                              u"gemini  ·  gemini API key:"_s, u"g"_s}));
        QCOMPARE(f.current(), u"gpt-5.4"_s);
        f.press(Qt::Key_Return);
        QCOMPARE(f.chosenSpy.size(), 1);
        QCOMPARE(f.chosenSpy[0][0].value<ChosenTarget>(), chosen(u"openai"_s, u"gpt-5.4"_s));
        QTRY_VERIFY(!f.popup);
    }

    void searchesForEveryWord_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("enters");
        QTest::addColumn<int>("choices");

        QTest::newRow("a part") << u"mini"_s << u"gpt-5.4-mini"_s << 3;
        QTest::newRow("any case") << u"MINI"_s << u"gpt-5.4-mini"_s << 3;
        QTest::newRow("two words") << u"5.4 gpt"_s << u"gpt-5.4-mini"_s << 2;
        QTest::newRow("a provider") << u"gemini flash"_s << u"flash"_s << 1;
        QTest::newRow("a whole name before one that has it") << u"gpt-5.4"_s << u"gpt-5.4"_s << 3;
        QTest::newRow("none of them") << u"brand-new"_s << u"brand-new"_s << 2;
        QTest::newRow("no name at all") << u"brand new"_s << QString() << 0;
    }

    void searchesForEveryWord()
    {
        QFETCH(QString, words);
        QFETCH(QString, enters);
        QFETCH(int, choices);
        OpenPopup f({target(u"openai"_s, {u"gpt-5.4-mini"_s, u"gpt-5.4"_s}),
                     target(u"gemini"_s, {u"flash"_s})},
                    chosen(u"openai"_s, u"gpt-5.4-mini"_s));
        QAbstractItemModelTester tester(f.list()->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTest::keyClicks(f.filter(), words);
        const int found = static_cast<int>(f.rows().filter(QRegularExpression(u"[^:]$"_s)).size());
        QCOMPARE(found, choices);
        f.press(Qt::Key_Return);
        QCOMPARE(f.chosenSpy.size(), enters.isEmpty() ? 0 : 1);
        if (enters.isEmpty()) {
            QCOMPARE(f.rows(), QStringList{u"No model has all of these words.:"_s});
        } else {
            QCOMPARE(f.chosenSpy[0][0].value<ChosenTarget>().model, enters);
        }
    }

    void keepsFavouritesAtTheTop()
    {
        OpenPopup f({target(u"openai"_s, {u"a"_s, u"b"_s})}, chosen(u"openai"_s, u"a"_s));
        f.popup->setFavourites({u"openai/gone"_s, u"gemini/b"_s});
        QCOMPARE(f.rows().size(), 3);
        f.press(Qt::Key_Down);
        f.press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(f.rows(),
                 (QStringList{u"Favourites:"_s, u"b ★"_s, u"openai  ·  openai API key:"_s, u"a ✓"_s,
                              u"b ★"_s}));
        // The row is still the one that was there, and what is not in a list is not forgotten.
        QCOMPARE(f.current(), u"b"_s);
        QCOMPARE(f.list()->currentIndex().row(), 4);
        QCOMPARE(f.favouritesSpy.last()[0].toStringList(),
                 (QStringList{u"openai/gone"_s, u"gemini/b"_s, u"openai/b"_s}));
        f.press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(f.rows().size(), 3);
        QCOMPARE(f.current(), u"b"_s);
        QVERIFY(f.chosenSpy.isEmpty());
        QCOMPARE(f.filter()->text(), QString());
    }

    void takesAClickOnTheStarForAFavourite()
    {
        OpenPopup f({target(u"openai"_s, {u"a"_s, u"b"_s})});
        const QRect row = f.list()->visualRect(f.list()->model()->index(2, 0));
        const QPoint star = ModelRowPainter::starRect(row, Qt::LeftToRight).center();
        QTest::mouseClick(f.list()->viewport(), Qt::LeftButton, {}, star);
        QCOMPARE(f.favouritesSpy.size(), 1);
        QVERIFY(f.chosenSpy.isEmpty());
        QVERIFY(f.popup);
        QTest::mouseClick(f.list()->viewport(), Qt::LeftButton, {},
                          f.list()->visualRect(f.list()->model()->index(1, 0)).center());
        QCOMPARE(f.chosenSpy.size(), 1);
        QCOMPARE(f.chosenSpy[0][0].value<ChosenTarget>().model, u"b"_s);
    }

    void movesPastHeadings()
    {
        OpenPopup f({target(u"openai"_s, {u"a"_s}), target(u"gemini"_s, {u"b"_s, u"c"_s})});
        QCOMPARE(f.current(), u"a"_s);
        f.press(Qt::Key_Up);
        QCOMPARE(f.current(), u"a"_s);
        f.press(Qt::Key_Down);
        QCOMPARE(f.current(), u"b"_s);
        f.press(Qt::Key_PageDown);
        QCOMPARE(f.current(), u"c"_s);
        f.press(Qt::Key_Down);
        QCOMPARE(f.current(), u"c"_s);
        f.press(Qt::Key_PageUp);
        QCOMPARE(f.current(), u"a"_s);
        f.press(Qt::Key_Escape);
        QTRY_VERIFY(!f.popup);
        QVERIFY(f.chosenSpy.isEmpty());
    }

    void saysWhyThereAreNoModels()
    {
        ChatTarget server = target(u"compatible"_s, {});
        ChatTarget broken = target(u"openai"_s, {u"a"_s});
        broken.unavailable = Error{Error::Kind::NoOrganization, u"There is no key for it."_s};
        OpenPopup f({server, broken});
        QCOMPARE(f.rows()[1], u"It lists no models. Type the name of the one to ask.:"_s);
        QCOMPARE(f.rows()[3], u"There is no key for it.:"_s);
        QCOMPARE(f.current(), u"a"_s);
        QTest::keyClicks(f.filter(), u"llama"_s);
        f.press(Qt::Key_Return);
        QCOMPARE(f.chosenSpy[0][0].value<ChosenTarget>(), chosen(u"compatible"_s, u"llama"_s));
    }

    void hasNoPauseWithAThousandModels()
    {
        QStringList models;
        for (int i = 0; i < 1000; ++i) {
            models.append(u"vendor-%1/model-%2"_s.arg(i % 37).arg(i));
        }
        QElapsedTimer clock;
        clock.start();
        OpenPopup f({target(u"openai"_s, models), target(u"compatible"_s, models)});
        f.popup->grab();
        const auto opened = clock.restart();
        qint64 slowest = 0;
        for (const char key : {'m', 'o', 'd', 'e', 'l', '-', '9', '9', '9'}) {
            clock.restart();
            QTest::keyClick(f.filter(), key);
            f.popup->grab();
            slowest = std::max(slowest, clock.elapsed());
        }
        qInfo("2,000 rows: opened in %lld ms, a key in %lld ms at most", opened, slowest);
        // Far above what was measured; it is the pause that a person would see.
        QVERIFY(opened < 1000);
        QVERIFY(slowest < 500);
        f.press(Qt::Key_Return);
        QCOMPARE(f.chosenSpy[0][0].value<ChosenTarget>().model, u"vendor-0/model-999"_s);
    }

    void switchesInTheMiddleOfAConversation()
    {
        ChatFixture f;
        f.window.setTargets({target(u"openai"_s, {u"gpt"_s}), target(u"gemini"_s, {u"flash"_s})});
        f.ask(u"One"_s);
        f.chat.stream->say({Content{0, u"1"_s}});
        QTest::keyClick(&f.window, Qt::Key_M, Qt::ControlModifier);
        auto *popup = f.window.findChild<ModelPopup *>();
        QTest::keyClicks(popup->findChild<QLineEdit *>(), u"flash"_s);
        QTest::keyClick(popup->findChild<QLineEdit *>(), Qt::Key_Return);
        // The answer that comes in goes on.
        QVERIFY(f.session.isAnswering());
        f.chat.stream->end(complete());
        QCOMPARE(f.window.chosenTarget()->model, u"flash"_s);
        QVERIFY(f.transcript().contains(u"One"_s));
        f.ask(u"Two"_s);
        QCOMPARE(f.chat.requests.last().conversation.turns.size(), 3);
    }
};

QTEST_MAIN(tst_ModelPopup)
#include "tst_modelpopup.moc"
