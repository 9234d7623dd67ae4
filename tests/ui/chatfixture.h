// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "scriptedchat.h"
#include "support/chatstoredouble.h"
#include "ui/chat/chatwindow.h"
#include "ui/chat/composer.h"
#include "ui/common/errorbanner.h"
#include "ui/transcript/transcriptview.h"
#include "widgetwalk.h"

#include <QTest>

namespace Maestro {

//! A chat window with one account, as a person has it before them.
template <typename Chat = ScriptedChat>
struct ChatFixture
{
    Chat chat;
    ChatStoreDouble store;
    OpenChats chats{chat, store};
    ChatWindow window{chats, store};
    ChatSession &session = chats.shown().session; //!< of the conversation it begins with

    ChatFixture()
    {
        using namespace Qt::StringLiterals;
        window.setTargets({{.account = {.key = {u"openai"_s, AccountKey::Type::ApiKey, u"1"_s}},
                            .api = u"responses"_s,
                            .providerName = u"OpenAI"_s,
                            .models = {u"gpt"_s}}});
        window.show();
        if (!QTest::qWaitForWindowActive(&window)) {
            qFatal("the window does not show");
        }
    }
    Composer *composer() { return window.template findChild<Composer *>(); }
    ComposerEdit *edit() { return window.template findChild<ComposerEdit *>(); }
    ErrorBanner *banner() { return window.template findChild<ErrorBanner *>(); }
    QString transcript() { return window.template findChild<TranscriptView *>()->toPlainText(); }
    //! What calls returned is folded, as it may be long.
    void unfoldResults()
    {
        auto *view = window.template findChild<TranscriptView *>();
        for (std::optional<PartPlace> at = PartPlace{}; at; at = view->column().next(*at)) {
            if (view->column().part(*at).role == Part::Role::CallFold) {
                view->choose(*at, 0);
            }
        }
    }
    void ask(const QString &text)
    {
        edit()->setPlainText(text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    void click(const QString &name)
    {
        QAbstractButton *button = findButton(window, name);
        QVERIFY2(button, qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
};

} // namespace Maestro
