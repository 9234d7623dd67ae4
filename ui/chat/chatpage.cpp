// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/chatpage.h"

#include "ui/chat/answerpanels.h"
#include "ui/chat/branches.h"
#include "ui/chat/chatcolumn.h"
#include "ui/chat/composer.h"
#include "ui/chat/promptediting.h"
#include "ui/chat/queuestrip.h"
#include "ui/common/errorbanner.h"
#include "ui/common/theme.h"
#include "ui/transcript/findbar.h"
#include "ui/transcript/linkquestion.h"
#include "ui/transcript/transcriptview.h"
#include "ui/usage/usagebar.h"

#include <QEvent>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

ChatPage::ChatPage(OpenChat &chat, QWidget *parent)
    : QWidget(parent)
    , m_chat(chat)
    , m_temporary(makeTemporaryStrip(this))
    , m_banner(new ErrorBanner(this))
    , m_stack(new QStackedWidget(this))
    , m_welcome(new Welcome(this))
    , m_transcript(new TranscriptView(this))
    , m_findBar(new FindBar(*m_transcript))
    , m_branches(new Branches(chat, *m_transcript, this))
    , m_queue(new QueueStrip(chat.queue, this))
    , m_composer(new Composer(this))
    , m_editing(new PromptEditing(*m_composer, this))
    , m_usage(new UsageBar(chat.session.meter(), this))
{
    m_stack->addWidget(m_welcome);
    m_stack->addWidget(m_transcript);
    m_transcript->viewport()->installEventFilter(this);
    auto *panels = new AnswerPanels(chat.session, this);
    connect(panels, &AnswerPanels::callAnswered, m_transcript,
            [this](const QString &callId) { m_transcript->setCallWaiting(callId, false); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(1));
    layout->addLayout(inColumn(m_temporary));
    layout->addLayout(inColumn(m_banner));
    layout->addWidget(m_stack, 1);
    for (QWidget *each : {static_cast<QWidget *>(panels), static_cast<QWidget *>(m_queue),
                          static_cast<QWidget *>(m_editing), static_cast<QWidget *>(m_composer),
                          static_cast<QWidget *>(m_usage)}) {
        layout->addLayout(inColumn(each));
    }
    m_usage->setLedger(chat.ledger.get());
    connectSession();
    connectRecord();
    connectParts();
    showEmptiness();
}

ChatPage::~ChatPage() = default;

void ChatPage::connectSession()
{
    const ChatSession &session = m_chat.session;
    connect(&session, &ChatSession::promptAdded, this, [this](const Prompt &prompt) {
        m_transcript->addPrompt(prompt.text, namesOf(prompt.attachments));
    });
    connect(&session, &ChatSession::promptAdded, this, &ChatPage::showEmptiness);
    connect(&session, &ChatSession::promptAdded, m_banner, &ErrorBanner::dismiss);
    connect(&session, &ChatSession::answersDropped, m_transcript, &TranscriptView::dropAnswers);
    connect(&session, &ChatSession::answerStarted, m_transcript, &TranscriptView::beginAnswer);
    connect(&session, &ChatSession::answerStarted, this, &ChatPage::showWhatIsSent);
    connect(&session, &ChatSession::answerReceived, m_transcript, &TranscriptView::addToAnswer);
    connect(&session, &ChatSession::toolRan, m_transcript, &TranscriptView::addResult);
    connect(&session, &ChatSession::toolPermissionAsked, this,
            [this](const ToolQuestion &question) {
                m_transcript->setCallWaiting(question.callId, true);
            });
    connect(&session, &ChatSession::answerFinished, this, &ChatPage::onAnswerFinished);
    connect(&session, &ChatSession::answeringChanged, this, &ChatPage::onAnsweringChanged);
    connect(&session, &ChatSession::conversationSet, this, &ChatPage::onConversationSet);
    connect(&session, &ChatSession::cleared, m_transcript, &TranscriptView::clearConversation);
    connect(&session, &ChatSession::cleared, m_usage, &UsageBar::clear);
    connect(&session, &ChatSession::cleared, m_banner, &ErrorBanner::dismiss);
    connect(&session, &ChatSession::cleared, this, &ChatPage::showEmptiness);
}

void ChatPage::connectRecord()
{
    connect(&m_chat.record, &RecordedChat::opened, this, &ChatPage::onOpened);
    connect(&m_chat.record, &RecordedChat::draftRestored, m_composer, &Composer::restore);
    connect(m_composer, &Composer::changed, this, &ChatPage::onComposerChanged);
    connect(&m_chat.queue, &PromptQueue::changed, this, &ChatPage::onComposerChanged);
}

void ChatPage::connectParts()
{
    connect(m_welcome, &Welcome::promptChosen, m_composer, &Composer::setText);
    connect(m_welcome, &Welcome::promptChosen, this, &ChatPage::focusComposer);
    connect(m_composer, &Composer::sendRequested, this, &ChatPage::sendRequested);
    connect(m_composer, &Composer::attachmentRefused, this, &ChatPage::showError);
    connect(m_composer, &Composer::stopRequested, &m_chat.session, &ChatSession::stop);
    connect(m_composer, &Composer::editLastRequested, m_branches, &Branches::editLast);
    connect(m_branches, &Branches::editRequested, this, &ChatPage::beginEdit);
    connect(m_editing, &PromptEditing::ended, this, [this] {
        m_chat.record.setChanging({});
        onComposerChanged();
    });
    connect(m_branches, &Branches::noticed, this, &ChatPage::noticed);
    connect(m_queue, &QueueStrip::editRequested, this, &ChatPage::editQueued);
    connect(m_banner, &ErrorBanner::retryRequested, this, &ChatPage::retry);
    connect(m_banner, &ErrorBanner::continueRequested, this, &ChatPage::goOn);
    connect(m_banner, &ErrorBanner::signInRequested, this, &ChatPage::signInRequested);
    connect(m_transcript, &TranscriptView::retryRequested, this, &ChatPage::retry);
    connect(m_transcript, &TranscriptView::continueRequested, this, &ChatPage::goOn);
    connect(m_transcript, &TranscriptView::keepRequested, this, [this] {
        m_transcript->setOffersActions(false);
        focusComposer();
    });
    connect(m_transcript, &TranscriptView::codeCopied, this,
            [this] { Q_EMIT noticed(tr("Code copied")); });
    connect(m_transcript, &TranscriptView::linkShown, this, &ChatPage::addressShown);
    connect(m_transcript, &TranscriptView::linkChosen, this,
            [this](const QUrl &url, const QString &text) {
                followLink(this, url, text, [this](const QUrl &page) { Q_EMIT linkOpened(page); });
            });
}

void ChatPage::submit(const QString &text, const QList<Attachment> &attachments)
{
    const bool canAsk = !m_chat.session.isAnswering() && m_chat.record.isWhole();
    if (m_editing->isActive()) {
        if (canAsk) {
            m_chat.record.edit(m_editing->finish(), text, attachments);
        } else {
            Q_EMIT noticed(tr("Stop the answer, or wait for it, to change what was said."));
        }
        return;
    }
    m_composer->clear();
    if (!canAsk) {
        m_sendsWhenWhole = !m_chat.session.isAnswering();
        m_chat.queue.add({text, attachments});
    } else {
        m_chat.session.send(text, attachments);
    }
}

void ChatPage::beginEdit(ChatId message, const Prompt &words)
{
    // What comes back after it is what is there now.
    if (m_composer->isReading()) {
        Q_EMIT noticed(tr("Wait until the files have been read, to change what was said."));
    } else {
        m_editing->begin(message, words);
    }
}

void ChatPage::retry()
{
    m_banner->dismiss();
    m_chat.session.retry();
    focusComposer();
}

void ChatPage::goOn()
{
    m_banner->dismiss();
    m_chat.session.send(tr("Go on from where your answer ended, without repeating it."));
    focusComposer();
}

void ChatPage::onOpened()
{
    const bool isStored = m_chat.record.conversation() != 0;
    m_temporary->setVisible(m_chat.record.isTemporary());
    if (!m_chat.record.isWhole()) {
        showTurns();
    }
    if (const Prompt draft = m_chat.record.draft(); draft != Prompt{}) {
        m_composer->restore(draft);
    }
    if (const auto changing = m_chat.record.changing()) {
        m_editing->resume(*changing);
    }
    m_awaitsPaint = isStored;
    if (isStored && isEmpty()) { // there is nothing to paint
        m_awaitsPaint = false;
        Q_EMIT painted();
    }
    showEmptiness();
}

void ChatPage::onConversationSet()
{
    showTurns();
    // Whoever goes back to a message may be about to ask again.
    const auto sayWhatIsMissing = [this] {
        const QList<Turn> &turns = m_chat.session.conversation().turns;
        if (!m_chat.session.isAnswering() && !turns.isEmpty()
            && std::holds_alternative<Prompt>(turns.last())) {
            showError({Error::Kind::Interrupted, tr("No answer to your last message is here."),
                       tr("Ask again, or write another message.")});
        }
    };
    QMetaObject::invokeMethod(this, sayWhatIsMissing, Qt::QueuedConnection);
    if (std::exchange(m_sendsWhenWhole, false)) {
        m_chat.queue.sendFirst();
    }
    goToFound();
}

void ChatPage::showFound(ChatId message, const QStringList &words)
{
    m_found = Found{message, words};
    // A page that has only just been made has no size before that.
    QMetaObject::invokeMethod(this, &ChatPage::goToFound, Qt::QueuedConnection);
}

void ChatPage::goToFound()
{
    if (!m_found || !m_chat.record.isWhole()) {
        return; // onConversationSet() comes here again
    }
    const Found found = *std::exchange(m_found, std::nullopt);
    const ConversationTree &tree = m_chat.record.tree();
    const qsizetype entry = m_branches->entryOf(found.message);
    if (entry >= 0 && entry < m_transcript->column().count()) {
        m_transcript->reveal(entry, found.words);
        m_findBar->showFound(found.words);
    } else if (m_chat.session.isAnswering()) {
        Q_EMIT noticed(tr("That is in another version of what was said. Stop the answer, or wait "
                          "for it, to see it."));
    } else if (tree.find(found.message) && !tree.path().contains(found.message)) {
        m_found = found;
        m_chat.record.select(found.message);
        Q_EMIT noticed(tr("It is in another version of what was said, which is shown now: %1")
                           .arg(m_branches->versionText(found.message)));
    }
}

void ChatPage::showTurns()
{
    QScrollBar *bar = m_transcript->verticalScrollBar();
    const int toEnd = bar->maximum() - bar->value();
    m_banner->dismiss();
    // While the beginning is being read, the end is there.
    const bool isWhole = m_chat.record.isWhole();
    m_transcript->showConversation({{},
                                    shownTurns(isWhole ? m_chat.session.conversation().turns
                                                       : m_chat.record.tree().chosen().turns)});
    m_transcript->setOffersActions(true);
    m_branches->refresh();
    if (toEnd > 0) {
        bar->setValue(bar->maximum() - toEnd);
    }
    showEmptiness();
}

void ChatPage::showWhatIsSent()
{
    const ChatSession &session = m_chat.session;
    const QList<Turn> notSent
        = shownTurns(session.conversation().turns.first(session.plan().firstSent));
    // What calls returned is part of the answer that called.
    m_transcript->setFirstSent(std::count_if(notSent.begin(), notSent.end(), [](const Turn &turn) {
        return !std::holds_alternative<FunctionResult>(turn);
    }));
}

void ChatPage::onAnswerFinished(const std::optional<Error> &error)
{
    // What can be done about an error stands beside it.
    m_transcript->setOffersActions(!error);
    m_transcript->endAnswer();
    if (error) {
        showError(*error);
        m_banner->setCanContinue(!m_chat.session.answer().text().isEmpty());
    }
}

void ChatPage::onAnsweringChanged(bool answering)
{
    m_composer->setAnswering(answering);
    m_queue->setAnswering(answering);
    if (answering) {
        m_usage->start();
    } else if (!m_chat.session.conversation().turns.isEmpty()) {
        m_usage->stop();
    }
}

void ChatPage::onComposerChanged()
{
    m_usage->setDraft(m_composer->text(), m_composer->attachments());
    if (const auto changing = m_editing->changing()) {
        m_chat.record.setChanging(changing); // the draft is what comes back after it
    } else {
        keepDraft();
    }
    m_chat.record.setReadsFiles(m_composer->isReading());
}

void ChatPage::keepDraft()
{
    // What waits its turn is kept as the draft it would be without this window.
    QStringList texts;
    QList<Attachment> files;
    for (const Prompt &prompt : m_chat.queue.prompts()) {
        texts.append(prompt.text);
        files.append(prompt.attachments);
    }
    if (const QString text = m_composer->text(); !text.isEmpty()) {
        texts.append(text);
    }
    files.append(m_composer->attachments());
    m_chat.record.setDraft({texts.join(u"\n\n"_s), files});
}

void ChatPage::editQueued(qsizetype index)
{
    const Prompt prompt = m_chat.queue.take(index);
    m_composer->restore(prompt);
    focusComposer();
}

void ChatPage::showEmptiness()
{
    m_stack->setCurrentWidget(isEmpty() ? static_cast<QWidget *>(m_welcome) : m_transcript);
    Q_EMIT emptinessChanged();
}

bool ChatPage::isEmpty() const
{
    return m_chat.session.conversation().turns.isEmpty() && m_chat.record.tree().isEmpty();
}

void ChatPage::showError(const Error &error) { m_banner->showError(error); }

void ChatPage::onOtherChoice(const QString &model)
{
    if (!model.isEmpty() && !m_banner->isHidden() && m_chat.session.isUnanswered()) {
        m_banner->showOtherChoice(model);
    } else {
        m_banner->dismiss();
    }
}

void ChatPage::focusComposer() { m_composer->focusText(); }

void ChatPage::openFindBar() { m_findBar->open(); }

void ChatPage::setTextFont(const QFont &font)
{
    m_transcript->setFont(font);
    m_composer->setFont(font);
}

bool ChatPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && m_awaitsPaint) {
        m_awaitsPaint = false;
        // It has not been painted before this event is over.
        QMetaObject::invokeMethod(this, &ChatPage::painted, Qt::QueuedConnection);
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Maestro
