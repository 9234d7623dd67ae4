// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/chatactions.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ChatActions)
};

QAction *make(QObject *parent, const QString &text, const QString &tip,
              const QList<QKeySequence> &shortcuts)
{
    auto *action = new QAction(text, parent);
    action->setToolTip(tip);
    action->setStatusTip(tip);
    action->setShortcuts(shortcuts);
    return action;
}

QActionGroup *makeAppearances(QObject *parent)
{
    auto *group = new QActionGroup(parent);
    const auto add = [group](Appearance appearance, const QString &text, const QString &tip) {
        QAction *action = make(group, text, tip, {});
        action->setCheckable(true);
        action->setChecked(appearance == Appearance::System);
        action->setData(QVariant::fromValue(appearance));
        group->addAction(action);
    };
    add(Appearance::System, Tr::tr("As the &system"), Tr::tr("Light or dark, as the desktop is"));
    add(Appearance::Light, Tr::tr("&Light"), Tr::tr("Dark text on a light ground"));
    add(Appearance::Dark, Tr::tr("&Dark"), Tr::tr("Light text on a dark ground"));
    return group;
}

} // namespace

QList<QAction *> ChatActions::all() const
{
    return {newConversation,
            temporary,
            searchConversations,
            sidebar,
            copyLastAnswer,
            find,
            stop,
            attach,
            tools,
            inspect,
            quit,
            addAccount,
            accounts,
            zoomIn,
            zoomOut,
            zoomReset,
            shortcuts,
            focusComposer,
            pickModel,
            connectionCheck,
            about,
            setup};
}

ChatActions makeChatActions(QObject *parent)
{
    ChatActions a{};
    a.newConversation = make(parent, Tr::tr("&New conversation"),
                             Tr::tr("Begin a new conversation"), {QKeySequence::New});
    a.newConversation->setIcon(themeIcon(u"new-conversation"_s));
    a.temporary = make(parent, Tr::tr("New &temporary conversation"),
                       Tr::tr("Begin a conversation that is never written down"),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)});
    a.temporary->setCheckable(true);
    a.searchConversations
        = make(parent, Tr::tr("&Search conversations…"), Tr::tr("Find words in all conversations"),
               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)});
    a.sidebar = make(parent, Tr::tr("Show &conversations"), Tr::tr("List all conversations"),
                     {QKeySequence(Qt::Key_F9)});
    a.sidebar->setIcon(themeIcon(u"sidebar"_s));
    a.sidebar->setCheckable(true);
    a.sidebar->setChecked(true);
    a.copyLastAnswer = make(parent, Tr::tr("&Copy last answer"),
                            Tr::tr("Copy the last answer as it was written"),
                            {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    a.copyLastAnswer->setIcon(themeIcon(u"copy"_s));
    a.find = make(parent, Tr::tr("&Find…"), Tr::tr("Find words in this conversation"),
                  {QKeySequence::Find});
    a.find->setIcon(themeIcon(u"search"_s));
    a.stop = make(parent, Tr::tr("&Stop"), Tr::tr("Stop the answer; what came stays"),
                  {QKeySequence(Qt::Key_Escape)});
    a.stop->setIcon(themeIcon(u"stop"_s));
    a.stop->setEnabled(false);
    a.attach = make(parent, Tr::tr("&Attach files…"),
                    Tr::tr("Send pictures, PDF or text files along"), {QKeySequence::Open});
    a.attach->setIcon(themeIcon(u"attach"_s));
    a.tools = make(parent, Tr::tr("Let models use &tools"),
                   Tr::tr("The time, files you attached, and pages of the internet, for each of "
                          "which you are asked"),
                   {});
    a.tools->setCheckable(true);
    a.quit = make(parent, Tr::tr("&Quit"), Tr::tr("Quit Maestro"),
                  {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    a.quit->setMenuRole(QAction::QuitRole);
    a.addAccount = make(parent, Tr::tr("&Add account…"), Tr::tr("Sign in, or use an API key"), {});
    a.addAccount->setIcon(themeIcon(u"add"_s));
    a.accounts = make(parent, Tr::tr("A&ccounts…"),
                      Tr::tr("See every account, where its secret lives, and change it"), {});
    a.accounts->setIcon(themeIcon(u"person"_s));
    a.focusComposer = make(parent, Tr::tr("&Write a message"), Tr::tr("Go to the text field"),
                           {QKeySequence(Qt::CTRL | Qt::Key_L)});
    a.pickModel = make(parent, Tr::tr("Choose &model…"), Tr::tr("Choose the model that is asked"),
                       {QKeySequence(Qt::CTRL | Qt::Key_M)});
    a.appearance = makeAppearances(parent);
    a.setup = make(parent, Tr::tr("&Instructions and parameters…"),
                   Tr::tr("What the model is told before everything, and how it answers"),
                   {QKeySequence(Qt::CTRL | Qt::Key_I)});
    a.setup->setIcon(themeIcon(u"sliders"_s));
    a.zoomIn = make(parent, Tr::tr("Zoom &in"), Tr::tr("Make the text larger"),
                    {QKeySequence::ZoomIn, QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    a.zoomOut = make(parent, Tr::tr("Zoom &out"), Tr::tr("Make the text smaller"),
                     {QKeySequence::ZoomOut});
    a.zoomReset = make(parent, Tr::tr("&Reset zoom"), Tr::tr("Show the text in its usual size"),
                       {QKeySequence(Qt::CTRL | Qt::Key_0)});
    a.shortcuts = make(parent, Tr::tr("&Keyboard shortcuts"),
                       Tr::tr("Show every keyboard shortcut"), {QKeySequence(Qt::Key_F1)});
    a.connectionCheck
        = make(parent, Tr::tr("&Connection check…"),
               Tr::tr("See whether this computer and its network have what Maestro needs"), {});
    a.inspect = make(parent, Tr::tr("&What is sent…"),
                     Tr::tr("See the last request exactly as it was sent, but for the key"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I)});
    a.about = make(parent, Tr::tr("&About Maestro"), Tr::tr("Version and licence"), {});
    a.about->setMenuRole(QAction::AboutRole);
    return a;
}

void fillMenuBar(QMenuBar &menuBar, const ChatActions &actions)
{
    QMenu *conversation = menuBar.addMenu(Tr::tr("&Conversation"));
    conversation->addAction(actions.newConversation);
    conversation->addAction(actions.temporary);
    conversation->addAction(actions.searchConversations);
    conversation->addSeparator();
    conversation->addAction(actions.copyLastAnswer);
    conversation->addAction(actions.find);
    conversation->addAction(actions.stop);
    conversation->addSeparator();
    conversation->addAction(actions.attach);
    conversation->addAction(actions.tools);
    conversation->addAction(actions.inspect);
    conversation->addAction(actions.setup);
    conversation->addSeparator();
    conversation->addAction(actions.quit);
    QMenu *account = menuBar.addMenu(Tr::tr("&Account"));
    account->addAction(actions.addAccount);
    account->addAction(actions.accounts);
    account->addSeparator();
    account->addAction(actions.pickModel);
    QMenu *view = menuBar.addMenu(Tr::tr("&View"));
    view->addAction(actions.focusComposer);
    view->addAction(actions.sidebar);
    view->addSeparator();
    view->addAction(actions.zoomIn);
    view->addAction(actions.zoomOut);
    view->addAction(actions.zoomReset);
    view->addSeparator();
    QMenu *appearance = view->addMenu(Tr::tr("&Appearance"));
    appearance->addActions(actions.appearance->actions());
    QMenu *help = menuBar.addMenu(Tr::tr("&Help"));
    help->addAction(actions.shortcuts);
    help->addAction(actions.connectionCheck);
    help->addAction(actions.about);
    for (QMenu *menu : {conversation, account, view, appearance, help}) {
        menu->setToolTipsVisible(true);
    }
}

} // namespace Maestro
