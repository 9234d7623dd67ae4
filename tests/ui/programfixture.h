// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "maestroapp.h"
#include "practice/practiceperson.h"
#include "ui/chat/composer.h"
#include "ui/chat/modelpopup.h"
#include "ui/common/errorbanner.h"
#include "ui/signin/signinwizard.h"
#include "ui/transcript/transcriptview.h"
#include "widgetwalk.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <chrono>

namespace Maestro {

using namespace Qt::StringLiterals;

//! Fast, and yet slow enough for an answer to be seen while it comes.
inline constexpr PracticeProvider::Pace FastPace{40, std::chrono::milliseconds(2)};

//! The person's browser, and the person in front of it.
class Browser : public QObject
{
    Q_OBJECT

public:
    enum class Person { Allows, Denies, IsAway };

    Browser() { QDesktopServices::setUrlHandler(u"http"_s, this, "open"); }
    ~Browser() override { QDesktopServices::unsetUrlHandler(u"http"_s); }

    Person person = Person::Allows;
    int opened = 0;

    Q_INVOKABLE void open(const QUrl &address)
    {
        ++opened;
        if (person != Person::IsAway) {
            auto *visitor = new PracticePerson(this);
            visitor->visit(address,
                           person == Person::Allows ? PracticePerson::Decision::Allow
                                                    : PracticePerson::Decision::Deny);
        }
    }
};

inline ChatWindow *theWindow()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<ChatWindow *>(widget)) {
            return window;
        }
    }
    qFatal("the program has no window");
}

//! The texts of all labels that can be seen.
inline QStringList shownTexts(QWidget &root)
{
    QStringList texts;
    for (const QLabel *label : root.findChildren<QLabel *>()) {
        if (label->isVisible()) {
            texts.append(label->text());
        }
    }
    return texts;
}

inline bool showsEstimates(QWidget &root)
{
    const QStringList texts = shownTexts(root);
    return std::any_of(texts.begin(), texts.end(),
                       [](const QString &text) { return text.startsWith(u'~'); });
}

//! The whole program, and the person at it.
struct ProgramFixture
{
    Browser browser;
    QTemporaryDir ownDirectory;
    MaestroApp app;
    ChatWindow &window = *theWindow();

    //! With a directory that another start may find again.
    explicit ProgramFixture(const QString &directory = {}, const Configuration &configuration = {})
        : app(configuration, std::nullopt, FastPace,
              directory.isEmpty() ? ownDirectory.path() : directory)
    {
        app.show();
        if (!QTest::qWaitForWindowActive(&window)
            || !QTest::qWaitFor([this] { return !isShown(window, Opening); })) {
            qFatal("the window does not show");
        }
    }
    static inline const QString Opening
        = u"Opening your sign-ins. You can write below meanwhile."_s;

    ComposerEdit *edit() { return window.findChild<ComposerEdit *>(); }
    ErrorBanner *banner() { return window.findChild<ErrorBanner *>(); }
    TranscriptView *view() { return window.findChild<TranscriptView *>(); }
    QString transcript() { return view()->toPlainText(); }
    SignInWizard *wizard() { return window.findChild<SignInWizard *>(); }
    bool isAnswering() { return findButton(window, u"Stop"_s) != nullptr; }

    void click(QWidget &root, const QString &name)
    {
        QAbstractButton *button = findButton(root, name);
        QVERIFY2(button, qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    //! Goes there with Tab alone.
    void tabTo(const QString &name)
    {
        QStringList reached;
        for (int i = 0; i < 40; ++i) {
            QWidget *focused = QApplication::focusWidget();
            QVERIFY(focused);
            reached.append(focused->accessibleName());
            if (focused->accessibleName() == name) {
                return;
            }
            QTest::keyClick(focused, Qt::Key_Tab);
        }
        QFAIL(qPrintable(name + u" is not among "_s + reached.join(u", "_s)));
    }
    void pressSpace() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); }
    //! Into the field that has the focus, and Enter.
    void type(const QString &text)
    {
        QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    void waitForWizard()
    {
        QVERIFY(wizard());
        QTRY_VERIFY(wizard()->isActiveWindow());
    }
    //! What stood before the window has closed, and the person is back in it.
    void waitForWindow()
    {
        QTRY_VERIFY(!wizard() && !window.findChild<ModelPopup *>());
        // A window manager does that; there is none here.
        window.activateWindow();
        QTRY_VERIFY(window.isActiveWindow());
    }
    void signIn()
    {
        click(window, u"Try the practice provider"_s);
        QTRY_VERIFY(wizard() && findButton(*wizard(), u"Finish"_s));
        click(*wizard(), u"Finish"_s);
        waitForWindow();
    }
    void ask(const QString &text)
    {
        edit()->setFocus();
        QTest::keyClicks(edit(), text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    void pickModel(const QString &model)
    {
        QTest::keyClick(&window, Qt::Key_M, Qt::ControlModifier);
        auto *popup = window.findChild<ModelPopup *>();
        QVERIFY(popup);
        auto *filter = popup->findChild<QLineEdit *>();
        QTest::keyClicks(filter, model);
        QTest::keyClick(filter, Qt::Key_Return);
        waitForWindow();
        QCOMPARE(window.chosenTarget()->model, model);
    }
    void takeScreenshot(const QString &name)
    {
        const QString theme = QString::fromUtf8(QTest::currentDataTag()).section(u' ', -1);
        QDir folder(QStringLiteral(MAESTRO_SCREENSHOTS));
        QVERIFY(folder.mkpath(u"."_s));
        const QString path = folder.filePath(u"program-%1-%2.png"_s.arg(name, theme));
        QWidget &shown = wizard() ? static_cast<QWidget &>(*wizard()) : window;
        QVERIFY2(shown.grab().save(path), qPrintable(path));
    }
};

} // namespace Maestro
