// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/openchats.h"
#include "ui/chat/chatactions.h"
#include "ui/chat/chattargets.h"
#include "ui/common/theme.h"

#include <QMainWindow>
#include <QPointer>

class QVBoxLayout;

namespace Maestro {

class ChatHeader;
class ChatPage;
class ChatPages;
class Inspector;
class LookChooser;
class ModelPicker;
class Panel;
class SavingNotice;
class Sidebar;
class TargetChoice;

//! The window: the stored conversations, and a page for each that is open. It shows them and asks
//! them; whom they ask is decided by whoever hears targetChosen.
class ChatWindow : public QMainWindow
{
    Q_OBJECT

public:
    //! Both must outlive the window.
    ChatWindow(OpenChats &chats, ChatStore &store, QWidget *parent = nullptr);
    ~ChatWindow() override;

    //! Says that the accounts are still being read, until setTargets(). A question that is sent
    //! meanwhile is held until then.
    void showOpening();
    //! The accounts and models there are now. What was chosen stays chosen while it is among them;
    //! else `preferred` is, else the first, and targetChosen says so. Sends what was held, if it
    //! can go now.
    void setTargets(const QList<ChatTarget> &targets,
                    const std::optional<AccountKey> &preferred = {});
    //! Chooses an account, one that was just added for example. Its default model, if `model` is
    //! empty.
    void chooseTarget(const AccountKey &account, const QString &api = {},
                      const QString &model = {});
    const std::optional<ChosenTarget> &chosenTarget() const;

    //! The stored conversations can be read now.
    void showConversations();
    //! For what goes wrong outside of an answer.
    void showError(const Error &error);
    //! There is a network again: offers to ask again what failed without one, and asks nothing.
    void showOnline();
    //! To be read in passing.
    void showMessage(const QString &text);
    //! Gives a notice of somebody else its place over the conversation.
    void addNotice(QWidget *notice);
    //! Whether models may call tools; toolsToggled() says so.
    void setToolsAllowed(bool allowed);
    //! What is chosen of it later, lookChosen() says.
    void setLook(const Look &look);
    //! Puts the cursor where one writes.
    void focusComposer();
    ChatPage &shownPage() const;
    //! Which shows what is known of models, and which of them are liked.
    ModelPicker &modelPicker() const;

Q_SIGNALS:
    //! Whom the conversation that is shown asks: comes before its first prompt, whenever the choice
    //! changes, and when another conversation is shown.
    void targetChosen(const Maestro::AccountKey &account, const QString &api, const QString &model);
    //! The person chose this account, or one of its models.
    void accountPicked(const Maestro::AccountKey &account);
    //! There is a question for an account that is locked; it is held until setTargets() brings it
    //! unlocked.
    void unlockRequested();
    //! To any account, in a way that is to be chosen.
    void signInRequested();
    //! As the account that is asked, whose sign-in has ended.
    void signInAgainRequested(const Maestro::AccountKey &account);
    void openAiSignInRequested();
    void apiKeyRequested();
    void practiceRequested();
    void signOutRequested(const Maestro::AccountKey &account);
    void accountsRequested();
    //! A page of the provider, in the browser.
    void usagePageRequested(const QUrl &page);
    //! A link of an answer was chosen, and may be opened.
    void linkOpened(const QUrl &page);
    void connectionCheckRequested();
    //! The window is to be closed, or the program to end: nothing is closed yet.
    void quitRequested();
    void toolsToggled(bool allowed);
    void lookChosen(const Maestro::Look &look);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *makeBody();
    void connectChats();
    void connectActions();
    void connectParts();
    void connectSidebar();
    void connectPages();

    void onShownChanged();
    void onChoiceMade(const std::optional<ChosenTarget> &before);
    void showTarget();
    void showState();
    void send(const QString &text, const QList<Attachment> &attachments);
    void hold(const QString &text);
    void sendHeld();
    void signInFromBanner();
    void toggleTemporary();
    void openSetup();
    void copyLastAnswer();
    void inspect();

    OpenChats &m_chats;
    ChatActions m_actions;
    TargetChoice *m_choice;
    LookChooser *m_look;
    //! A question that goes out as soon as its account is open; it stays in the composer till then.
    std::optional<QString> m_held;

    QVBoxLayout *m_notices;
    Sidebar *m_sidebar;
    SavingNotice *m_saving;
    Panel *m_practiceStrip;
    ChatHeader *m_header;
    ChatPages *m_pages;
    QPointer<Inspector> m_inspector;
};

} // namespace Maestro
