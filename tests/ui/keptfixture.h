// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "keptconversations.h"
#include "scriptedchat.h"
#include "storage/chats.h"
#include "storage/settings.h"
#include "support/await.h"
#include "transcriptreader.h"
#include "ui/chat/chatpage.h"
#include "ui/chat/chatwindow.h"
#include "ui/chat/composer.h"
#include "ui/common/errorbanner.h"
#include "ui/conversations/conversationmodel.h"
#include "ui/conversations/sidebar.h"
#include "ui/transcript/transcriptview.h"
#include "widgetwalk.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>

namespace Maestro {

using namespace Qt::StringLiterals;

//! The window over real files, and the person at it. Another one over the same folder is the next
//! start of the program.
struct KeptFixture
{
    QString folder;
    QTemporaryDir files = {};
    ScriptedChat chat;
    Chats store;
    Settings settings;
    OpenChats chats{chat, store};
    ChatWindow window{chats, store};
    KeptConversations kept{store, chats, settings, window};

    enum class Start { Wait, AskAtOnce };

    explicit KeptFixture(const QTemporaryDir &directory, Start start = Start::Wait)
        : folder(directory.path())
        , store(file())
        , settings(directory.filePath(u"settings.ini"_s))
    {
        window.setTargets({{.account = {.key = {u"openai"_s, AccountKey::Type::ApiKey, u"1"_s}},
                            .api = u"responses"_s,
                            .providerName = u"OpenAI"_s,
                            .models = {u"gpt"_s, u"gpt-mini"_s}}});
        kept.open();
        if (start == Start::AskAtOnce) {
            ask(u"at once"_s);
        }
        window.show();
        if (!QTest::qWaitForWindowActive(&window)) {
            qFatal("the window does not show");
        }
        settle();
    }
    QString file() const { return folder + u"/conversations.db"_s; }
    void settle()
    {
        for (int i = 0; i < 4; ++i) { // what is asked for may ask again
            (void)await(store.flush());
            QCoreApplication::processEvents();
        }
    }
    ChatPage &page() { return window.shownPage(); }
    ComposerEdit *edit() { return page().findChild<ComposerEdit *>(); }
    TranscriptView *view() { return page().findChild<TranscriptView *>(); }
    QString transcript() { return view()->toPlainText(); }
    ErrorBanner &banner() { return page().banner(); }
    QListView *list() { return window.findChild<Sidebar *>()->findChild<QListView *>(); }
    QStringList titles()
    {
        QStringList titles;
        for (int row = 0; row < list()->model()->rowCount(); ++row) {
            titles.append(list()->model()->index(row, 0).data().toString());
        }
        return titles;
    }
    void ask(const QString &text)
    {
        edit()->setPlainText(text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    void answer(const QString &text)
    {
        chat.stream->say({Content{0, text}});
        chat.stream->end(complete());
    }
    //! A file of the person's, outside of the program's folder.
    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(files.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return file.fileName();
    }
    //! Attaches a file to what is being written, and waits until it has been read.
    void attach(const QString &name, const QByteArray &bytes)
    {
        page().composer().attach({write(name, bytes)});
        QTRY_VERIFY(namesOf(page().composer().attachments()).contains(name));
    }
    void pressNew() { QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier); }
    //! Clicks a conversation in the list.
    void open(const QString &title)
    {
        QTRY_VERIFY2(titles().contains(title), qPrintable(titles().join(u'|')));
        const QModelIndex index
            = list()->model()->index(static_cast<int>(titles().indexOf(title)), 0);
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                          list()->visualRect(index).center());
        QTRY_COMPARE(chats.shown().record.title(), title);
    }
    //! Types it, and waits until what is listed was found.
    void search(const QString &words)
    {
        auto *field = window.findChild<Sidebar *>()->findChild<QLineEdit *>();
        field->setText(words);
        const QString first = words.section(u' ', 0, 0);
        QTRY_VERIFY_WITH_TIMEOUT(list()
                                     ->model()
                                     ->index(0, 0)
                                     .data(ConversationModel::SnippetRole)
                                     .toString()
                                     .contains(first, Qt::CaseInsensitive),
                                 30'000);
    }
    void chooseRow(int row)
    {
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                          list()->visualRect(list()->model()->index(row, 0)).center());
    }
    //! Whether a place of the transcript is on the screen.
    bool sees(const TextPlace &place)
    {
        const QRect part = view()->partRect(place.at);
        const QRectF caret = view()->column().caret(place);
        const double top = part.top() + caret.top() - view()->column().topOf(place.at);
        return top >= 0 && top + caret.height() <= view()->viewport()->height();
    }
    bool hasPaleButton(const QString &text)
    {
        for (std::optional<PartPlace> at = PartPlace{}; at; at = view()->column().next(*at)) {
            for (const Target &button : view()->column().part(*at).buttons) {
                if (button.text == text && button.isOff) {
                    return true;
                }
            }
        }
        return false;
    }
    //! Chooses what stands under the last message.
    void choose(Target::Kind kind)
    {
        Q_EMIT view()->messageActionChosen(view()->column().count() - 1, kind);
    }
    void click(const QString &name)
    {
        QAbstractButton *button = findButton(window, name);
        QVERIFY2(button, qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
};

} // namespace Maestro
