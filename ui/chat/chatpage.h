// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/openchats.h"
#include "ui/chat/welcome.h"

#include <QWidget>

class QStackedWidget;

namespace Maestro {

class Branches;
class Composer;
class ErrorBanner;
class FindBar;
class Panel;
class PromptEditing;
class QueueStrip;
class TranscriptView;
class UsageBar;

//! An open conversation: what was said, where to write, and what it costs. What is typed in it is
//! its own. One that is not shown goes on all the same.
class ChatPage : public QWidget
{
    Q_OBJECT

public:
    //! `chat` must outlive it.
    explicit ChatPage(OpenChat &chat, QWidget *parent = nullptr);
    ~ChatPage() override;

    OpenChat &chat() const { return m_chat; }
    Composer &composer() const { return *m_composer; }
    ErrorBanner &banner() const { return *m_banner; }
    Welcome &welcome() const { return *m_welcome; }
    bool isEmpty() const;

    //! Asks, or lets it wait until it can be asked.
    void submit(const QString &text, const QList<Attachment> &attachments);
    void showError(const Error &error);
    //! Another model is asked from now on, or none can be: what was wrong was wrong with the one
    //! before.
    void onOtherChoice(const QString &model);
    void focusComposer();
    void openFindBar();
    //! Goes to a message that was found, on whatever branch it is, and marks the words in it.
    void showFound(ChatId message, const QStringList &words);
    void setTextFont(const QFont &font);

Q_SIGNALS:
    void sendRequested(const QString &text, const QList<Maestro::Attachment> &attachments);
    void signInRequested();
    //! Its conversation has been painted for the first time.
    void painted();
    //! Whether it is empty.
    void emptinessChanged();
    //! To be said in passing.
    void noticed(const QString &text);
    void addressShown(const QString &address);
    void linkOpened(const QUrl &page);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectSession();
    void connectRecord();
    void connectParts();
    void beginEdit(ChatId message, const Prompt &words);
    void retry();
    void goOn();
    void showTurns();
    void onOpened();
    void onConversationSet();
    void showWhatIsSent();
    void onAnswerFinished(const std::optional<Error> &error);
    void onAnsweringChanged(bool answering);
    void onComposerChanged();
    void keepDraft();
    void editQueued(qsizetype index);
    void showEmptiness();
    void goToFound();

    OpenChat &m_chat;
    bool m_awaitsPaint = false;
    bool m_sendsWhenWhole = false;
    //! What is gone to as soon as all of the conversation has been read.
    struct Found
    {
        ChatId message = 0;
        QStringList words;
    };
    std::optional<Found> m_found;

    Panel *m_temporary;
    ErrorBanner *m_banner;
    QStackedWidget *m_stack;
    Welcome *m_welcome;
    TranscriptView *m_transcript;
    FindBar *m_findBar;
    Branches *m_branches;
    QueueStrip *m_queue;
    Composer *m_composer;
    PromptEditing *m_editing;
    UsageBar *m_usage;
};

} // namespace Maestro
