// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/chatwindow.h"

#include "ui/chat/accountbutton.h"
#include "ui/chat/answerpanels.h"
#include "ui/chat/attachmentstrip.h"
#include "ui/chat/chatcolumn.h"
#include "ui/chat/composer.h"
#include "ui/chat/infoboxes.h"
#include "ui/chat/modelpicker.h"
#include "ui/usage/usagestrip.h"
#include "ui/chat/welcome.h"
#include "ui/common/errorbanner.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/transcript/findbar.h"
#include "ui/transcript/linkquestion.h"
#include "ui/transcript/transcriptview.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr int SmallestZoom = -4;
constexpr int GreatestZoom = 12;
constexpr int PassingMs = 4000;

} // namespace

ChatWindow::ChatWindow(ChatSession &session, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_actions(makeChatActions(this))
    , m_notices(new QVBoxLayout)
    , m_practiceStrip(makePracticeStrip(this))
    , m_modelPicker(new ModelPicker(this))
    , m_account(new AccountButton(this))
    , m_banner(new ErrorBanner(this))
    , m_pages(new QStackedWidget(this))
    , m_welcome(new Welcome(this))
    , m_transcript(new TranscriptView(this))
    , m_composer(new Composer(this))
    , m_usage(new UsageStrip(session.meter(), this))
{
    setWindowTitle(tr("Maestro"));
    setWindowIcon(applicationIcon());
    fillMenuBar(*menuBar(), m_actions);
    addActions(m_actions.all());
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_transcript);

    auto *body = new QWidget(this);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(1));
    layout->addWidget(makeHeader());
    layout->addLayout(inColumn(m_practiceStrip));
    layout->addLayout(m_notices);
    layout->addLayout(inColumn(m_banner));
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeFooter());
    setCentralWidget(body);
    // It has its place from the start, so that nothing moves when it speaks.
    statusBar()->setSizeGripEnabled(false);
    resize(gridSteps(132), gridSteps(100));
    setAcceptDrops(true);

    connectSession();
    connectActions();
    connectParts();
    showTarget();
    showConversation();
    m_composer->focusText();
}

ChatWindow::~ChatWindow() = default;

QWidget *ChatWindow::makeHeader()
{
    auto *header = new QWidget(this);
    auto *fresh = new QToolButton(header);
    fresh->setDefaultAction(m_actions.newConversation);
    fresh->setAccessibleName(tr("New conversation"));
    fresh->setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(gridSteps(2), gridSteps(0.5), gridSteps(2), 0);
    layout->addWidget(m_modelPicker);
    layout->addStretch();
    layout->addWidget(m_account);
    layout->addWidget(fresh);
    setTabOrder(m_modelPicker, m_account);
    setTabOrder(m_account, fresh);
    return header;
}

QWidget *ChatWindow::makeFooter()
{
    auto *footer = new QWidget(this);
    auto *layout = new QVBoxLayout(footer);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(1));
    layout->addLayout(inColumn(new AnswerPanels(m_session, footer)));
    layout->addLayout(inColumn(m_composer));
    layout->addLayout(inColumn(m_usage));
    return footer;
}

void ChatWindow::connectSession()
{
    connect(&m_session, &ChatSession::promptAdded, this, [this](const Prompt &prompt) {
        m_transcript->addPrompt(prompt.text, namesOf(prompt.attachments));
    });
    connect(&m_session, &ChatSession::promptAdded, this, &ChatWindow::showConversation);
    connect(&m_session, &ChatSession::answersDropped, m_transcript, &TranscriptView::dropAnswers);
    connect(&m_session, &ChatSession::answerStarted, m_transcript, &TranscriptView::beginAnswer);
    connect(&m_session, &ChatSession::answerReceived, m_transcript, &TranscriptView::addToAnswer);
    connect(&m_session, &ChatSession::toolRan, m_transcript, &TranscriptView::addResult);
    connect(&m_session, &ChatSession::answerFinished, this, &ChatWindow::onAnswerFinished);
    connect(&m_session, &ChatSession::answeringChanged, this, &ChatWindow::onAnsweringChanged);
    connect(&m_session, &ChatSession::cleared, m_transcript, &TranscriptView::clearConversation);
    connect(&m_session, &ChatSession::cleared, m_usage, &UsageStrip::clear);
    connect(&m_session, &ChatSession::cleared, m_banner, &ErrorBanner::dismiss);
    connect(&m_session, &ChatSession::cleared, this, &ChatWindow::showConversation);
}

void ChatWindow::connectActions()
{
    connect(m_actions.newConversation, &QAction::triggered, &m_session, &ChatSession::clear);
    connect(m_actions.newConversation, &QAction::triggered, this, &ChatWindow::focusComposer);
    connect(m_actions.copyLastAnswer, &QAction::triggered, this, &ChatWindow::copyLastAnswer);
    connect(m_actions.attach, &QAction::triggered, m_composer, &Composer::chooseFiles);
    connect(m_actions.tools, &QAction::toggled, this, &ChatWindow::toolsToggled);
    connect(m_actions.stop, &QAction::triggered, &m_session, &ChatSession::stop);
    connect(m_actions.quit, &QAction::triggered, this, &ChatWindow::quitRequested);
    connect(m_actions.addAccount, &QAction::triggered, this, &ChatWindow::signInRequested);
    connect(m_actions.accounts, &QAction::triggered, this, &ChatWindow::accountsRequested);
    connect(m_actions.focusComposer, &QAction::triggered, this, &ChatWindow::focusComposer);
    connect(m_actions.pickModel, &QAction::triggered, m_modelPicker, &ModelPicker::openList);
    connect(m_actions.zoomIn, &QAction::triggered, this, [this] { zoom(m_zoom + 1); });
    connect(m_actions.zoomOut, &QAction::triggered, this, [this] { zoom(m_zoom - 1); });
    connect(m_actions.zoomReset, &QAction::triggered, this, [this] { zoom(0); });
    connect(m_actions.shortcuts, &QAction::triggered, this,
            [this] { showShortcutList(this, m_actions); });
    connect(m_actions.connectionCheck, &QAction::triggered, this,
            &ChatWindow::connectionCheckRequested);
    connect(m_actions.about, &QAction::triggered, this, [this] { showAboutMaestro(this); });
}

void ChatWindow::connectParts()
{
    connect(m_modelPicker, &ModelPicker::modelChosen, this, &ChatWindow::pick);
    connect(m_account, &AccountButton::accountChosen, this, &ChatWindow::pick);
    connect(m_account, &AccountButton::addRequested, this, &ChatWindow::signInRequested);
    connect(m_account, &AccountButton::signOutRequested, this, &ChatWindow::signOutRequested);
    connect(m_account, &AccountButton::usagePageRequested, this, &ChatWindow::usagePageRequested);
    connect(m_account, &AccountButton::accountsRequested, this, &ChatWindow::accountsRequested);
    connect(m_welcome, &Welcome::signInRequested, this, &ChatWindow::openAiSignInRequested);
    connect(m_welcome, &Welcome::apiKeyRequested, this, &ChatWindow::apiKeyRequested);
    connect(m_welcome, &Welcome::practiceRequested, this, &ChatWindow::practiceRequested);
    connect(m_welcome, &Welcome::promptChosen, m_composer, &Composer::setText);
    connect(m_welcome, &Welcome::promptChosen, this, &ChatWindow::focusComposer);
    connect(m_composer, &Composer::sendRequested, this, &ChatWindow::send);
    connect(m_composer, &Composer::attachmentRefused, this, &ChatWindow::showError);
    connect(m_composer, &Composer::stopRequested, &m_session, &ChatSession::stop);
    connect(m_banner, &ErrorBanner::retryRequested, this, &ChatWindow::retry);
    connect(m_banner, &ErrorBanner::continueRequested, this, &ChatWindow::goOn);
    connect(m_banner, &ErrorBanner::signInRequested, this, &ChatWindow::signInFromBanner);
    connect(m_transcript, &TranscriptView::codeCopied, this,
            [this] { statusBar()->showMessage(tr("Code copied"), PassingMs); });
    auto *findBar = new FindBar(*m_transcript);
    connect(m_actions.find, &QAction::triggered, findBar, &FindBar::open);
    connect(m_transcript, &TranscriptView::linkShown, statusBar(),
            [this](const QString &address) { statusBar()->showMessage(address); });
    connect(m_transcript, &TranscriptView::linkChosen, this,
            [this](const QUrl &url, const QString &text) {
                followLink(this, url, text, [this](const QUrl &page) { Q_EMIT linkOpened(page); });
            });
}

void ChatWindow::addNotice(QWidget *notice) { m_notices->addLayout(inColumn(notice)); }

void ChatWindow::showOpening()
{
    m_isOpening = true;
    showTarget();
}

void ChatWindow::setTargets(const QList<ChatTarget> &targets,
                            const std::optional<AccountKey> &preferred)
{
    m_targets = targets;
    m_modelPicker->setTargets(targets);
    const bool wasOpening = std::exchange(m_isOpening, false);
    const auto choice = choiceAmong(targets, m_chosen, preferred);
    if (choice && choice != m_chosen) {
        choose(*choice);
    }
    m_chosen = choice;
    showTarget();
    const ChatTarget *target = currentTarget();
    // Who has been asked to unlock is not asked again.
    if (m_held && (wasOpening || !target || !target->isLocked)) {
        sendHeld();
    }
}

void ChatWindow::chooseTarget(const AccountKey &account, const QString &api, const QString &model)
{
    if (const auto choice = choiceOf(m_targets, account, api, model)) {
        choose(*choice);
    }
}

void ChatWindow::choose(const ChosenTarget &target)
{
    const bool isSame = m_chosen && m_chosen->account == target.account;
    m_chosen = target;
    if (isSame && m_banner->awaitsSignIn()) {
        m_banner->showSignedIn(); // the question is still there, and can be asked again
    } else {
        // What was wrong was wrong with another choice.
        m_banner->dismiss();
    }
    showTarget();
    Q_EMIT targetChosen(target.account, target.api, target.model);
}

void ChatWindow::pick(const ChosenTarget &target)
{
    choose(target);
    Q_EMIT accountPicked(target.account);
}

const ChatTarget *ChatWindow::currentTarget() const { return findTarget(m_targets, m_chosen); }

void ChatWindow::showTarget()
{
    const ChatTarget *target = currentTarget();
    m_modelPicker->setChosen(m_chosen);
    m_account->show(m_targets, m_chosen);
    m_practiceStrip->setVisible(target != nullptr && target->isPractice);
    m_welcome->setStage(m_isOpening             ? Welcome::Stage::Opening
                            : target != nullptr ? Welcome::Stage::SignedIn
                                                : Welcome::Stage::SignedOut);
    m_banner->setCanRetry(target != nullptr && !target->unavailable);
}

void ChatWindow::send(const QString &text, const QList<Attachment> &attachments)
{
    m_held.reset();
    const ChatTarget *target = currentTarget();
    if (m_isOpening || (target && target->isLocked)) {
        hold(text);
        return;
    }
    if (const auto obstacle = findObstacle(target, m_chosen ? m_chosen->model : QString())) {
        showError(*obstacle);
        return;
    }
    m_banner->dismiss();
    m_composer->clear();
    m_session.send(text, attachments);
}

void ChatWindow::hold(const QString &text)
{
    m_banner->dismiss();
    m_held = text;
    statusBar()->showMessage(tr("Your question goes out as soon as your sign-ins are open."),
                             PassingMs);
    if (!m_isOpening) {
        Q_EMIT unlockRequested();
    }
}

void ChatWindow::sendHeld()
{
    const QString held = *std::exchange(m_held, std::nullopt);
    // What was changed meanwhile is a draft again, and waits for its own Enter.
    if (held == m_composer->text()) {
        send(held, m_composer->attachments());
    }
}

void ChatWindow::retry()
{
    m_banner->dismiss();
    m_session.retry();
    focusComposer();
}

void ChatWindow::goOn()
{
    m_banner->dismiss();
    m_session.send(tr("Go on from where your answer ended, without repeating it."));
    focusComposer();
}

void ChatWindow::signInFromBanner()
{
    const ChatTarget *target = currentTarget();
    if (target && !target->isPractice && target->account.keeping != Account::Keeping::Environment) {
        Q_EMIT signInAgainRequested(target->account.key);
    } else {
        Q_EMIT signInRequested();
    }
}

void ChatWindow::onAnswerFinished(const std::optional<Error> &error)
{
    m_transcript->endAnswer();
    if (error) {
        showError(*error);
        m_banner->setCanContinue(!m_session.answer().text().isEmpty());
    }
}

void ChatWindow::onAnsweringChanged(bool answering)
{
    m_composer->setAnswering(answering);
    m_actions.stop->setEnabled(answering);
    if (answering) {
        m_usage->start();
    } else if (!m_session.conversation().turns.isEmpty()) {
        m_usage->stop();
    }
}

void ChatWindow::showConversation()
{
    const bool empty = m_session.conversation().turns.isEmpty();
    m_pages->setCurrentWidget(empty ? static_cast<QWidget *>(m_welcome) : m_transcript);
    m_actions.copyLastAnswer->setEnabled(!empty);
    m_actions.find->setEnabled(!empty);
}

void ChatWindow::showError(const Error &error) { m_banner->showError(error); }

void ChatWindow::setToolsAllowed(bool allowed) { m_actions.tools->setChecked(allowed); }

void ChatWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (AttachmentStrip::canTake(*event->mimeData())) {
        event->acceptProposedAction();
    }
}

void ChatWindow::dropEvent(QDropEvent *event)
{
    m_composer->attach(*event->mimeData());
    event->acceptProposedAction();
    focusComposer();
}

void ChatWindow::focusComposer() { m_composer->focusText(); }

void ChatWindow::copyLastAnswer()
{
    const QList<Turn> &turns = m_session.conversation().turns;
    QString text = m_session.isAnswering() ? m_session.answer().text() : QString();
    for (auto turn = turns.rbegin(); text.isEmpty() && turn != turns.rend(); ++turn) {
        if (const auto *model = std::get_if<ModelTurn>(&*turn)) {
            text = model->answer.text();
        }
    }
    if (!text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
        statusBar()->showMessage(tr("Answer copied"), PassingMs);
    }
}

void ChatWindow::zoom(int steps)
{
    m_zoom = qBound(SmallestZoom, steps, GreatestZoom);
    QFont font = QApplication::font();
    font.setPointSizeF(qMax(4.0, font.pointSizeF() + m_zoom));
    m_transcript->setFont(font);
    m_composer->setFont(font);
}

void ChatWindow::closeEvent(QCloseEvent *event)
{
    QMainWindow::closeEvent(event);
    if (event->isAccepted()) {
        Q_EMIT quitRequested();
    }
}

} // namespace Maestro
