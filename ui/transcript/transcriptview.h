// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/partpainter.h"
#include "ui/transcript/pendingmessages.h"
#include "ui/transcript/roombelow.h"
#include "ui/transcript/transcriptcolumn.h"
#include "ui/transcript/transcriptselection.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QTimer>
#include <QUrl>

class QPushButton;

namespace Maestro {

class Announcer;
class CodeColoring;

//! A conversation to read: prompts in bubbles, answers under them. It has a layout of its own:
//! what is seen is laid out, the rest is estimated, and what comes in costs the same however long
//! the conversation is. Nothing a model says is read as HTML, loaded or opened.
class TranscriptView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    //! Here: what is found already is found again, if it still fits.
    enum class Direction { Here, Forward, Backward };

    //! Something that can be chosen, at its place.
    struct TargetPlace
    {
        PartPlace at;
        int target = 0;

        friend auto operator<=>(const TargetPlace &, const TargetPlace &) = default;
    };

    explicit TranscriptView(QWidget *parent = nullptr,
                            const AnswerClock::Now &now = AnswerClock::steadyNow);
    ~TranscriptView() override;

    //! `files` are the names of those that went along.
    void addPrompt(const QString &prompt, const QStringList &files = {});
    void beginAnswer();
    //! Takes away what was answered to the last prompt.
    void dropAnswers();
    void addToAnswer(const StreamMessages &messages);
    void endAnswer();
    //! What a call of an answer returned.
    void addResult(const FunctionResult &result);
    //! The call waits for the person's word, or no longer.
    void setCallWaiting(const QString &callId, bool waiting);
    void clearConversation();
    //! Shows a conversation that was kept; nothing of it is read before it is seen.
    void showConversation(const Conversation &conversation);
    //! Under an interrupted answer that is the last: Continue, Retry and Keep.
    void setOffersActions(bool offers);
    //! Prompts and answers before this one are not sent any more: they are pale, and a line says
    //! so.
    void setFirstSent(qsizetype entry);
    qsizetype firstSent() const { return m_firstSent; }
    //! What can be done with each of the messages, as buttons under it; messageActionChosen() says
    //! so.
    void setFooters(const QList<QList<Target>> &footers);
    //! Puts the keyboard where such a button is, if it is.
    void focusFooter(qsizetype entry, Target::Kind kind);

    //! Goes to the next place of a text, from the selection on, and marks all of them; false if
    //! there is none. An empty text ends the marking.
    bool find(const QString &text, Direction direction);
    //! The same for the next place of any of them.
    bool find(const QStringList &words, Direction direction);
    //! Goes to the first of these words in an entry, or to its beginning, and marks all of them.
    void reveal(qsizetype entry, const QStringList &words);

    void select(const TextPlace &from, const TextPlace &to);
    //! The letter at a point of the viewport.
    TextPlace textPlaceAt(QPointF inViewport);
    bool hasSelection() const { return m_selection.hasSelection(); }
    QString selectedText();
    void selectAll();
    void copy();
    //! Everything that is shown, as text.
    QString toPlainText();

    TranscriptColumn &column() { return m_column; }
    TranscriptSelection &selection() { return m_selection; }
    //! Where a part is in the viewport.
    QRect partRect(PartPlace place) const;
    //! As if it were chosen with the mouse, or with Enter.
    void choose(PartPlace place, int target);
    //! What can be chosen near what is seen, in the order in which Tab goes through it.
    QList<TargetPlace> targetsNear();
    //! That at a point of the viewport.
    std::optional<TargetPlace> targetAt(QPointF inViewport);
    //! Where it is in the viewport.
    QRect targetRect(const TargetPlace &place);
    const std::optional<TargetPlace> &focusedTarget() const { return m_focused; }
    void focusTarget(const TargetPlace &place);
    //! Brings a place into view.
    void showPlace(const TextPlace &place);

Q_SIGNALS:
    //! Copied by an action of the transcript, to be said in passing.
    void codeCopied();
    //! The person wants to go there: see linkVerdict() for whether they may at once.
    void linkChosen(const QUrl &url, const QString &text);
    //! The address under the pointer, or of the link that has the focus; empty for none.
    void linkShown(const QString &address);
    void continueRequested();
    void retryRequested();
    void keepRequested();
    void findRequested();
    void messageActionChosen(qsizetype entry, Maestro::Target::Kind kind);
    //! More of an answer is there to read, or something else has changed.
    void contentChanged();
    void selectionChanged();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct SidewaysDrag
    {
        PartPlace at;
        int fromX = 0;
        int scrolledBy = 0;
    };

    // Streaming
    void showPending();
    void showMessages(const StreamMessages &messages);
    void scheduleFrame();
    void appendEntry(std::unique_ptr<TranscriptEntry> entry);
    void refreshEntry(qsizetype index);
    void offerActions();
    EntryContent *lastAnswer();
    void followThinking();
    void countThinking();

    // Layout and scrolling
    void settle();
    int settledTop();
    void layOutScreen(int top);
    void makeRoom();
    void onColored(PartPlace first);
    void updateAfterSettling(PartPlace reference, int referenceY);
    //! What looks otherwise since a part changed, in the viewport.
    QRect takeChanged(PartPlace first);
    void setAnchor(int top);
    void layOutNearby();
    void setFollowing(bool following);
    void scrollToEnd();
    void fitColumn();
    int contentHeight() const;
    int furthestTop() const;
    double columnWidth() const;
    int topMargin() const;
    int bottomMargin() const;
    int columnLeft() const;
    QRect columnStrip() const;
    QPointF toColumn(QPointF inViewport) const;
    void placeNewTextButton();
    void updatePart(PartPlace place);
    PartMarks marksOf(PartPlace place) const;
    void paintTrimmingLine(QPainter &painter, QRect above) const;

    // Input
    std::optional<TargetPlace> nextTarget(bool forward);
    void setFocused(const std::optional<TargetPlace> &focused);
    void setHovered(const std::optional<TargetPlace> &hovered);
    void onSelected();
    bool moveByKey(QKeyEvent *event);
    void putCaretWhereItIsSeen(int key);
    //! In the column with its margins, which must not be empty.
    double caretTop();
    void scrollSideways(PartPlace place, int by);
    bool beginSidewaysDrag(QPointF inViewport);
    void scrollWhileSelecting();
    void copyTable(PartPlace place);
    void copyCode(PartPlace place);

    AnswerClock::Now m_now;
    TranscriptColumn m_column;
    TranscriptSelection m_selection;
    bool m_answerIsLast = false; //!< nothing has been said since the last answer
    bool m_offersActions = false;
    qsizetype m_firstSent = 0;
    PendingMessages m_pending;
    QTimer m_frame;
    QElapsedTimer m_sincePiece;
    QElapsedTimer m_sinceFrame;
    qint64 m_lastFrameTook = 0;
    std::optional<qint64>
        m_planned; //!< when the frame that is waited for is to come after the last
    qint64 m_early = 0; //!< by which the next frame may come earlier, in milliseconds
    QTimer m_thinking; //!< runs while the model does
    QTimer m_idle;
    QPushButton *m_newText;
    bool m_following = true;

    int m_top = 0; //!< of the viewport, in the column with its margins
    PartPlace m_anchor; //!< the first part that is seen
    int m_anchorOffset = 0; //!< how much of it is over the viewport
    std::optional<PartPlace> m_changed; //!< since the last time all was settled
    int m_shownHeight = 0; //!< of the column, when it was last painted
    RoomBelow m_room;
    bool m_settling = false;
    bool m_allChanged = true;

    CodeColoring *m_coloring;
    Announcer *m_announcer;
    QStringList m_found;
    std::optional<TargetPlace> m_hovered;
    std::optional<TargetPlace> m_focused;
    std::optional<TargetPlace> m_pressed;
    std::optional<SidewaysDrag> m_sideways;
    QTimer m_selectionScroll;
    QPointF m_mouse;
    QElapsedTimer m_sinceDoubleClick;
    bool m_selecting = false;
};

} // namespace Maestro
