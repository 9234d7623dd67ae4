// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatsession.h"
#include "ui/chat/chatactions.h"
#include "ui/chat/chattargets.h"

#include <QMainWindow>

class QStackedWidget;
class QVBoxLayout;

namespace Maestro {

class AccountButton;
class Composer;
class ErrorBanner;
class ModelPicker;
class Panel;
class TranscriptView;
class UsageStrip;
class Welcome;

//! The chat: a conversation, where to write, and what it costs. It shows the session and asks it;
//! whom the session asks is decided by whoever hears targetChosen.
class ChatWindow : public QMainWindow
{
    Q_OBJECT

public:
    //! `session` must outlive the window.
    explicit ChatWindow(ChatSession &session, QWidget *parent = nullptr);
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
    const std::optional<ChosenTarget> &chosenTarget() const { return m_chosen; }

    //! For what goes wrong outside of an answer.
    void showError(const Error &error);
    //! Gives a notice of somebody else its place over the conversation.
    void addNotice(QWidget *notice);
    //! Whether models may call tools; toolsToggled() says so.
    void setToolsAllowed(bool allowed);
    //! Puts the cursor where one writes.
    void focusComposer();

Q_SIGNALS:
    //! Comes before the first prompt, and whenever the choice changes.
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
    void quitRequested();
    void toolsToggled(bool allowed);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeFooter();
    void connectSession();
    void connectActions();
    void connectParts();

    void choose(const ChosenTarget &target);
    void pick(const ChosenTarget &target);
    const ChatTarget *currentTarget() const;
    void showTarget();
    void send(const QString &text, const QList<Attachment> &attachments);
    void hold(const QString &text);
    void sendHeld();
    void retry();
    void goOn();
    void signInFromBanner();
    void onAnswerFinished(const std::optional<Error> &error);
    void onAnsweringChanged(bool answering);
    void showConversation();
    void copyLastAnswer();
    void zoom(int steps);

    ChatSession &m_session;
    QList<ChatTarget> m_targets;
    std::optional<ChosenTarget> m_chosen;
    ChatActions m_actions;
    int m_zoom = 0;
    bool m_isOpening = false;
    //! A question that goes out as soon as its account is open; it stays in the composer till then.
    std::optional<QString> m_held;

    QVBoxLayout *m_notices;
    Panel *m_practiceStrip;
    ModelPicker *m_modelPicker;
    AccountButton *m_account;
    ErrorBanner *m_banner;
    QStackedWidget *m_pages;
    Welcome *m_welcome;
    TranscriptView *m_transcript;
    Composer *m_composer;
    UsageStrip *m_usage;
};

} // namespace Maestro
