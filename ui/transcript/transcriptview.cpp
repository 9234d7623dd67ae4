// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcriptview.h"

#include "core/overloaded.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/transcript/accessibletranscript.h"
#include "ui/transcript/announcer.h"
#include "ui/transcript/calmscrollbar.h"
#include "ui/transcript/codecoloring.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! One repaint a frame on a usual screen, however many pieces arrive; a little less, so that what
//! has just missed one is not late for the next.
constexpr int FrameMs = 15;
//! Pieces that follow one another sooner wait for the next: a hundred a second come in fifty
//! frames, and not in nearly seventy.
constexpr qint64 GatherMs = 12;
//! How much earlier than that one may come after one that was late.
constexpr qint64 MostEarlyMs = FrameMs / 2;
constexpr int SecondMs = 1000;
//! How often what the reader does not see is taken up.
constexpr int UnseenFrameMs = 200;
//! A frame that took long is followed by a pause of this many times as long.
constexpr qint64 PausePerFrame = 2;

} // namespace

TranscriptView::TranscriptView(QWidget *parent, const AnswerClock::Now &now)
    : QAbstractScrollArea(parent)
    , m_now(now)
    , m_column(TranscriptLook(font(), palette()))
    , m_selection(m_column)
    , m_frame(this)
    , m_thinking(this)
    , m_idle(this)
    , m_newText(new QPushButton(this))
    , m_coloring(new CodeColoring(m_column, this))
    , m_announcer(new Announcer(*this))
    , m_selectionScroll(this)
{
    AccessibleTranscript::install();
    setAccessibleName(tr("Conversation"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBar(new CalmScrollBar(Qt::Vertical, this));
    // It paints all of its background itself, at once with what is on it.
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setAutoFillBackground(false);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    verticalScrollBar()->setSingleStep(gridSteps(5));

    m_newText->setText(tr("New text"));
    m_newText->setIcon(themeIcon(u"arrow-down"_s, IconTint::OnAccent));
    m_newText->setToolTip(tr("Go to the end and stay there (Ctrl+End)"));
    m_newText->setAccessibleName(tr("Go to the new text"));
    m_newText->setDefault(true);
    m_newText->hide();
    connect(m_coloring, &CodeColoring::colored, this, &TranscriptView::onColored);

    connect(m_newText, &QPushButton::clicked, this, &TranscriptView::scrollToEnd);

    m_frame.setObjectName(u"frame"_s);
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &TranscriptView::showPending);
    m_thinking.setObjectName(u"thinking"_s);
    m_thinking.setInterval(SecondMs);
    m_thinking.setTimerType(Qt::PreciseTimer); // no second is left out
    connect(&m_thinking, &QTimer::timeout, this, &TranscriptView::countThinking);
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &TranscriptView::layOutNearby);
    m_selectionScroll.setObjectName(u"selectionScroll"_s);
    m_selectionScroll.setInterval(FrameMs);
    connect(&m_selectionScroll, &QTimer::timeout, this, &TranscriptView::scrollWhileSelecting);
}

TranscriptView::~TranscriptView() = default;

void TranscriptView::appendEntry(std::unique_ptr<TranscriptEntry> entry)
{
    const bool wasSettled = !m_changed;
    m_column.append(std::move(entry));
    if (wasSettled) {
        m_changed = PartPlace{m_column.count() - 1, 0};
    }
}

void TranscriptView::addPrompt(const QString &prompt, const QStringList &files)
{
    m_answerIsLast = false;
    offerActions();
    appendEntry(std::make_unique<TranscriptEntry>(EntryContent::ofPrompt(prompt, files)));
    scrollToEnd();
    Q_EMIT contentChanged();
}

void TranscriptView::dropAnswers()
{
    m_room = {};
    m_frame.stop();
    m_pending.clear();
    while (!m_column.isEmpty() && !m_column.unfolded(m_column.count() - 1).content().isPrompt()) {
        m_column.removeLast();
    }
    m_answerIsLast = false;
    m_allChanged = true;
    followThinking();
    m_selection.keepInBounds();
    setFocused({});
    setHovered({});
    settle();
    Q_EMIT contentChanged();
}

void TranscriptView::beginAnswer()
{
    m_pending.clear();
    appendEntry(std::make_unique<TranscriptEntry>(EntryContent::ofAnswer(m_now)));
    m_answerIsLast = true;
    m_room.begin();
    m_announcer->begin();
    scrollToEnd();
}

void TranscriptView::addToAnswer(const StreamMessages &messages)
{
    m_pending.add(messages);
    scheduleFrame();
}

void TranscriptView::scheduleFrame()
{
    const bool isOneOfMany = m_sincePiece.isValid() && m_sincePiece.elapsed() < GatherMs;
    m_sincePiece.start();
    if (m_frame.isActive()) {
        return;
    }
    // The first piece after a pause is shown at once.
    const qint64 pause
        = m_following ? qMax<qint64>(FrameMs, PausePerFrame * m_lastFrameTook) : UnseenFrameMs;
    const qint64 passed = m_sinceFrame.isValid() ? m_sinceFrame.elapsed() : pause;
    if (passed + m_early >= pause) {
        m_planned.reset();
        showPending();
    } else {
        m_planned = isOneOfMany ? qMax(pause, passed + GatherMs) : pause;
        m_frame.start(static_cast<int>(qMax<qint64>(1, *m_planned - passed - m_early)));
    }
}

void TranscriptView::showPending()
{
    m_frame.stop();
    showMessages(m_pending.takeFrame());
    if (!m_pending.isEmpty()) {
        scheduleFrame();
    }
}

void TranscriptView::showMessages(const StreamMessages &messages)
{
    EntryContent *answer = lastAnswer();
    if (messages.isEmpty() || !answer) {
        if (m_changed) {
            settle();
        }
        return;
    }
    QElapsedTimer clock;
    clock.start();
    answer->take(messages);
    followThinking();
    refreshEntry(m_column.count() - 1);
    settle();
    if (!m_following && m_top < verticalScrollBar()->maximum()) {
        placeNewTextButton();
        m_newText->show();
    }
    m_lastFrameTook = clock.elapsed();
    // What was late by chance makes the next one no later; what is slow does.
    const qint64 late = m_planned ? m_sinceFrame.elapsed() - *m_planned : -m_early;
    const bool isSlow = PausePerFrame * m_lastFrameTook > FrameMs;
    m_early = isSlow ? 0 : qBound<qint64>(0, m_early + late, MostEarlyMs);
    m_sinceFrame.start();
    Q_EMIT contentChanged();
    m_announcer->announce(false);
}

EntryContent *TranscriptView::lastAnswer()
{
    for (qsizetype index = m_column.count() - 1; index >= 0; --index) {
        TranscriptEntry &entry = m_column.entry(index);
        if (entry.isUnfolded() && !entry.content().isPrompt()) {
            return &entry.content();
        }
        return nullptr;
    }
    return nullptr;
}

void TranscriptView::followThinking()
{
    const EntryContent *answer = lastAnswer();
    if (!answer || !answer->isThinking()) {
        m_thinking.stop();
    } else if (!m_thinking.isActive()) {
        m_thinking.start();
    }
}

void TranscriptView::countThinking()
{
    followThinking(); // something else may have been said meanwhile
    if (m_thinking.isActive()) {
        lastAnswer()->countThinking();
        refreshEntry(m_column.count() - 1);
        settle();
    }
}

void TranscriptView::refreshEntry(qsizetype index)
{
    const std::optional<PartPlace> changed = m_column.refresh(index);
    if (changed) {
        m_changed = qMin(m_changed.value_or(*changed), *changed);
        m_selection.keepInBounds();
    }
}

void TranscriptView::endAnswer()
{
    m_room.end(!m_following);
    m_frame.stop();
    showMessages(m_pending.takeAll());
    EntryContent *answer = lastAnswer();
    if (!answer) {
        return;
    }
    answer->finish();
    followThinking();
    if (answer->isEmpty()) {
        m_column.removeLast();
        m_answerIsLast = false;
        m_allChanged = true;
        m_selection.keepInBounds();
        setFocused({});
        m_hovered.reset();
    } else {
        refreshEntry(m_column.count() - 1);
        offerActions();
    }
    settle();
    Q_EMIT contentChanged();
    m_announcer->announce(true);
}

void TranscriptView::addResult(const FunctionResult &result)
{
    m_frame.stop();
    showMessages(m_pending.takeAll());
    for (qsizetype index = m_column.count() - 1; index >= 0; --index) {
        if (m_column.unfolded(index).content().addResult(result)) {
            refreshEntry(index);
            settle();
            Q_EMIT contentChanged();
            return;
        }
        if (m_column.entry(index).content().isPrompt()) {
            return;
        }
    }
}

void TranscriptView::setCallWaiting(const QString &callId, bool waiting)
{
    m_frame.stop();
    showMessages(m_pending.takeAll());
    EntryContent *answer = lastAnswer();
    if (answer && answer->setCallWaiting(callId, waiting)) {
        refreshEntry(m_column.count() - 1);
        settle();
        Q_EMIT contentChanged();
    }
}

void TranscriptView::setOffersActions(bool offers)
{
    m_offersActions = offers;
    offerActions();
    settle();
}

void TranscriptView::offerActions()
{
    if (EntryContent *answer = lastAnswer()) {
        answer->setActions(m_offersActions && m_answerIsLast);
        refreshEntry(m_column.count() - 1);
    }
}

void TranscriptView::setFooters(const QList<QList<Target>> &footers)
{
    bool isChanged = false;
    for (qsizetype index = 0; index < qMin(footers.size(), m_column.count()); ++index) {
        if (m_column.entry(index).setFooter(footers[index])) {
            isChanged = true;
            if (m_column.entry(index).isUnfolded()) {
                refreshEntry(index);
            }
        }
    }
    if (isChanged) {
        settle();
        Q_EMIT contentChanged();
    }
}

void TranscriptView::clearConversation()
{
    m_room = {};
    m_frame.stop();
    m_pending.clear();
    m_column.clear();
    followThinking();
    m_selection.clear();
    m_answerIsLast = false;
    m_firstSent = 0;
    m_changed.reset();
    setHovered({});
    setFocused({});
    m_pressed.reset();
    m_sideways.reset();
    m_allChanged = true;
    m_anchor = {};
    m_anchorOffset = 0;
    m_found.clear();
    setFollowing(true);
    settle();
    Q_EMIT contentChanged();
}

void TranscriptView::showConversation(const Conversation &conversation)
{
    clearConversation();
    for (const Turn &turn : conversation.turns) {
        std::visit(Overloaded{
                       [this](const Prompt &prompt) {
                           m_column.append(std::make_unique<TranscriptEntry>(prompt));
                           m_answerIsLast = false;
                       },
                       [this](const ModelTurn &model) {
                           m_column.append(std::make_unique<TranscriptEntry>(model.answer));
                           m_answerIsLast = true;
                       },
                       [this](const FunctionResult &result) {
                           if (!m_column.isEmpty()) {
                               m_column.entry(m_column.count() - 1).addKeptResult(result);
                           }
                       },
                   },
                   turn);
    }
    scrollToEnd();
    Q_EMIT contentChanged();
}

void TranscriptView::setFirstSent(qsizetype entry)
{
    if (std::exchange(m_firstSent, entry) != entry) {
        viewport()->update();
    }
}

void TranscriptView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        m_column.setLook(TranscriptLook(font(), palette()));
        m_allChanged = true;
        fitColumn();
    }
}

} // namespace Maestro
