// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/conversation.h"
#include "ui/transcript/transcriptformat.h"

#include <QTextBrowser>
#include <QTextCursor>
#include <QTimer>

#include <memory>
#include <vector>

class QPushButton;

namespace Maestro {

class AnswerWriter;

//! A conversation to read: prompts in bubbles, answers under them. Text only ever joins at its end,
//! at most once a frame; nothing a model says is read as HTML, loaded or opened.
class TranscriptView : public QTextBrowser
{
    Q_OBJECT

public:
    explicit TranscriptView(QWidget *parent = nullptr);
    ~TranscriptView() override;

    //! `files` are the names of those that went along.
    void addPrompt(const QString &prompt, const QStringList &files = {});
    //! What a tool returned to the answer that stands last.
    void addResult(const FunctionResult &result);
    void beginAnswer();
    //! Takes away what was answered to the last prompt.
    void dropAnswers();
    void addToAnswer(const StreamMessages &messages);
    void endAnswer();
    void clearConversation();

    //! The text of the code block whose "Copy code" is that number.
    QString codeText(int boxId) const;
    QVariant loadResource(int type, const QUrl &name) override;

Q_SIGNALS:
    //! Copied by an action of the transcript, to be said in passing.
    void codeCopied();

protected:
    //! Without the lines over blocks of code.
    QMimeData *createMimeDataFromSelection() const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showPending();
    void onAnchorClicked(const QUrl &url);
    void onRangeChanged(int minimum, int maximum);
    void onScrolled(int value);
    void setFollowing(bool following);
    void scrollToEnd();
    void fitColumn();
    void fitPrompts();
    void placeNewTextButton();
    double columnWidth() const;

    TranscriptFormat m_format;
    std::vector<std::unique_ptr<AnswerWriter>> m_answers;
    //! Where the answers to the last prompt begin, and which is the first of them.
    QTextCursor m_afterPrompt;
    size_t m_firstAnswer = 0;
    StreamMessages m_pending;
    QTimer m_frame;
    QPushButton *m_newText;
    bool m_following = true;
};

} // namespace Maestro
