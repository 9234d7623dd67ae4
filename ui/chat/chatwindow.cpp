// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/chatwindow.h"

#include "ui/chat/attachmentstrip.h"
#include "ui/chat/chatcolumn.h"
#include "ui/chat/chatheader.h"
#include "ui/chat/chatpage.h"
#include "ui/chat/chatpages.h"
#include "ui/chat/composer.h"
#include "ui/chat/infoboxes.h"
#include "ui/chat/lookchooser.h"
#include "ui/chat/savingnotice.h"
#include "ui/chat/setupdialog.h"
#include "ui/common/errorbanner.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/conversations/sidebar.h"
#include "ui/inspector/inspector.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QSplitter>
#include <QStatusBar>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr int PassingMs = 4000;
constexpr double SidebarSteps = 32;

} // namespace

ChatWindow::ChatWindow(OpenChats &chats, ChatStore &store, QWidget *parent)
    : QMainWindow(parent)
    , m_chats(chats)
    , m_actions(makeChatActions(this))
    , m_look(new LookChooser(m_actions, this))
    , m_notices(new QVBoxLayout)
    , m_sidebar(new Sidebar(store, this))
    , m_saving(new SavingNotice(this))
    , m_practiceStrip(makePracticeStrip(this))
    , m_header(new ChatHeader(m_actions, this))
    , m_pages(new ChatPages(chats, this))
{
    setWindowIcon(applicationIcon());
    fillMenuBar(*menuBar(), m_actions);
    addActions(m_actions.all());
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_sidebar);
    splitter->addWidget(makeBody());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({gridSteps(SidebarSteps), gridSteps(132)});
    m_sidebar->setMinimumWidth(gridSteps(22));
    setCentralWidget(splitter);
    // It has its place from the start, so that nothing moves when it speaks.
    statusBar()->setSizeGripEnabled(false);
    resize(gridSteps(132 + SidebarSteps), gridSteps(100));
    setAcceptDrops(true);

    connectChats();
    connectActions();
    connectParts();
    connectSidebar();
    connectPages();
    onShownChanged();
    focusComposer();
}

ChatWindow::~ChatWindow() = default;

QWidget *ChatWindow::makeBody()
{
    auto *body = new QWidget(this);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(1));
    layout->addWidget(m_header);
    layout->addLayout(inColumn(m_practiceStrip));
    layout->addLayout(inColumn(m_saving));
    layout->addLayout(m_notices);
    layout->addWidget(m_pages, 1);
    return body;
}

void ChatWindow::connectChats()
{
    connect(&m_chats, &OpenChats::activityChanged, this, &ChatWindow::showState);
    connect(&m_chats, &OpenChats::openFailed, this, &ChatWindow::showError);
    connect(&m_chats, &OpenChats::openFailed, this,
            [this] { m_sidebar->setCurrent(m_chats.shown().record.conversation()); });
    connect(&m_chats, &OpenChats::failed, m_saving, &SavingNotice::showFailure);
    connect(&m_chats, &OpenChats::recovered, m_saving, &QWidget::hide);
    connect(m_saving, &SavingNotice::retryRequested, &m_chats, &OpenChats::flush);
}

void ChatWindow::connectActions()
{
    connect(m_actions.newConversation, &QAction::triggered, this, [this] {
        m_chats.begin();
        focusComposer();
    });
    connect(m_actions.temporary, &QAction::triggered, this, &ChatWindow::toggleTemporary);
    connect(m_actions.searchConversations, &QAction::triggered, this, [this] {
        m_actions.sidebar->setChecked(true);
        m_sidebar->focusSearch();
    });
    connect(m_actions.sidebar, &QAction::toggled, m_sidebar, &QWidget::setVisible);
    connect(m_actions.copyLastAnswer, &QAction::triggered, this, &ChatWindow::copyLastAnswer);
    connect(m_actions.find, &QAction::triggered, this, [this] { shownPage().openFindBar(); });
    connect(m_actions.attach, &QAction::triggered, this,
            [this] { shownPage().composer().chooseFiles(); });
    connect(m_actions.tools, &QAction::toggled, this, &ChatWindow::toolsToggled);
    connect(m_actions.stop, &QAction::triggered, this, [this] { m_chats.shown().session.stop(); });
    connect(m_actions.quit, &QAction::triggered, this, &ChatWindow::quitRequested);
    connect(m_actions.addAccount, &QAction::triggered, this, &ChatWindow::signInRequested);
    connect(m_actions.accounts, &QAction::triggered, this, &ChatWindow::accountsRequested);
    connect(m_actions.focusComposer, &QAction::triggered, this, &ChatWindow::focusComposer);
    connect(m_actions.pickModel, &QAction::triggered, m_header, &ChatHeader::openModels);
    connect(m_actions.setup, &QAction::triggered, this, &ChatWindow::openSetup);
    connect(m_look, &LookChooser::chosen, m_pages,
            [this](const Look &look) { m_pages->setZoom(look.zoom); });
    connect(m_look, &LookChooser::chosen, this, &ChatWindow::lookChosen);
    connect(m_actions.shortcuts, &QAction::triggered, this,
            [this] { showShortcutList(this, m_actions); });
    connect(m_actions.connectionCheck, &QAction::triggered, this,
            &ChatWindow::connectionCheckRequested);
    connect(m_actions.inspect, &QAction::triggered, this, &ChatWindow::inspect);
    connect(m_actions.about, &QAction::triggered, this, [this] { showAboutMaestro(this); });
}

void ChatWindow::connectParts()
{
    connect(m_header, &ChatHeader::targetPicked, this, &ChatWindow::pick);
    connect(m_header, &ChatHeader::signInRequested, this, &ChatWindow::signInRequested);
    connect(m_header, &ChatHeader::signOutRequested, this, &ChatWindow::signOutRequested);
    connect(m_header, &ChatHeader::usagePageRequested, this, &ChatWindow::usagePageRequested);
    connect(m_header, &ChatHeader::accountsRequested, this, &ChatWindow::accountsRequested);
}

void ChatWindow::connectSidebar()
{
    connect(m_sidebar, &Sidebar::openRequested, &m_chats, &OpenChats::open);
    connect(m_sidebar, &Sidebar::foundChosen, m_pages, &ChatPages::showFound);
    connect(m_sidebar, &Sidebar::currentRemoved, this, [this] { m_chats.begin(); });
    connect(m_sidebar, &Sidebar::failed, this, &ChatWindow::showError);
}

void ChatWindow::connectPages()
{
    connect(m_pages, &ChatPages::shownChanged, this, &ChatWindow::onShownChanged);
    connect(m_pages, &ChatPages::changed, this, &ChatWindow::showState);
    connect(m_pages, &ChatPages::sendRequested, this, &ChatWindow::send);
    connect(m_pages, &ChatPages::signInAgainRequested, this, &ChatWindow::signInFromBanner);
    connect(m_pages, &ChatPages::noticed, this, &ChatWindow::showMessage);
    connect(m_pages, &ChatPages::addressShown, statusBar(),
            [this](const QString &address) { statusBar()->showMessage(address); });
    connect(m_pages, &ChatPages::linkOpened, this, &ChatWindow::linkOpened);
    connect(m_pages, &ChatPages::openAiSignInRequested, this, &ChatWindow::openAiSignInRequested);
    connect(m_pages, &ChatPages::apiKeyRequested, this, &ChatWindow::apiKeyRequested);
    connect(m_pages, &ChatPages::practiceRequested, this, &ChatWindow::practiceRequested);
}

void ChatWindow::onShownChanged()
{
    m_held.reset();
    m_isPicked = false;
    const Ledger *ledger = m_chats.shown().ledger.get();
    m_header->setLedger(ledger);
    if (m_inspector) {
        m_inspector->setSession(m_chats.shown().session);
    }
    if (const auto wished = wishedTarget(); wished || m_chosen) {
        choose(wished.value_or(*m_chosen));
    }
    showTarget();
    showState();
}

void ChatWindow::inspect()
{
    if (!m_inspector) {
        m_inspector = new Inspector(m_chats.shown().session, this);
        m_inspector->setAttribute(Qt::WA_DeleteOnClose);
        m_inspector->show();
    }
    m_inspector->raise();
    m_inspector->activateWindow();
}

void ChatWindow::addNotice(QWidget *notice) { m_notices->addLayout(inColumn(notice)); }

void ChatWindow::showConversations() { m_sidebar->reload(); }

void ChatWindow::showOpening()
{
    m_isOpening = true;
    showTarget();
}

std::optional<ChosenTarget> ChatWindow::wishedTarget() const
{
    const ChatSetup &setup = m_chats.shown().record.setup();
    return m_isPicked || setup.model.isEmpty()
        ? std::nullopt
        : choiceOf(m_targets, setup.account, {}, setup.model);
}

void ChatWindow::setTargets(const QList<ChatTarget> &targets,
                            const std::optional<AccountKey> &preferred)
{
    m_targets = targets;
    m_header->setTargets(targets);
    const bool wasOpening = std::exchange(m_isOpening, false);
    auto choice = wishedTarget();
    if (!choice) {
        choice = choiceAmong(targets, m_chosen, preferred);
    }
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
        m_isPicked = true;
        choose(*choice);
    }
}

void ChatWindow::choose(const ChosenTarget &target)
{
    ErrorBanner &banner = shownPage().banner();
    const bool isSame = m_chosen && m_chosen->account == target.account;
    const bool isOther = m_chosen != target;
    m_chosen = target;
    if (isSame && banner.awaitsSignIn()) {
        banner.showSignedIn(); // the question is still there, and can be asked again
    } else if (isOther) {
        // What was wrong was wrong with another choice.
        banner.dismiss();
    }
    showTarget();
    Q_EMIT targetChosen(target.account, target.api, target.model);
}

void ChatWindow::pick(const ChosenTarget &target)
{
    m_isPicked = true;
    choose(target);
    if (m_chats.shown().record.conversation() != 0) {
        keepChoice();
    }
    Q_EMIT accountPicked(target.account);
}

//! The conversation is gone on with as it was asked last.
void ChatWindow::keepChoice()
{
    RecordedChat &record = m_chats.shown().record;
    ChatSetup setup = record.setup();
    setup.account = m_chosen->account;
    setup.model = m_chosen->model;
    record.setSetup(setup);
}

const ChatTarget *ChatWindow::currentTarget() const { return findTarget(m_targets, m_chosen); }

void ChatWindow::showTarget()
{
    const ChatTarget *target = currentTarget();
    m_header->setChosen(m_chosen);
    m_practiceStrip->setVisible(target != nullptr && target->isPractice);
    shownPage().welcome().setStage(m_isOpening             ? Welcome::Stage::Opening
                                       : target != nullptr ? Welcome::Stage::SignedIn
                                                           : Welcome::Stage::SignedOut);
    shownPage().banner().setCanRetry(target != nullptr && !target->unavailable);
}

void ChatWindow::showState()
{
    const OpenChat &chat = m_chats.shown();
    const bool isEmpty = shownPage().isEmpty();
    m_actions.copyLastAnswer->setEnabled(!isEmpty);
    m_actions.find->setEnabled(!isEmpty);
    m_actions.stop->setEnabled(chat.session.isAnswering());
    m_actions.temporary->setChecked(chat.record.isTemporary());
    m_sidebar->setCurrent(chat.record.conversation());
    m_sidebar->setAnswering(m_chats.answering());
    const QString &title = chat.record.title();
    setWindowTitle(title.isEmpty() ? tr("Maestro") : tr("%1 – Maestro").arg(title));
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
    keepChoice();
    shownPage().submit(text, attachments);
}

void ChatWindow::hold(const QString &text)
{
    shownPage().banner().dismiss();
    m_held = text;
    showMessage(tr("Your question goes out as soon as your sign-ins are open."));
    if (!m_isOpening) {
        Q_EMIT unlockRequested();
    }
}

void ChatWindow::sendHeld()
{
    const QString held = *std::exchange(m_held, std::nullopt);
    const Composer &composer = shownPage().composer();
    // What was changed meanwhile is a draft again, and waits for its own Enter.
    if (held == composer.text()) {
        send(held, composer.attachments());
    }
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

void ChatWindow::openSetup()
{
    OpenChat &chat = m_chats.shown();
    auto *dialog = new SetupDialog(chat.record.setup(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SetupDialog::chosen, &chat.record,
            [&chat](const ChatSetup &setup) { chat.setSetup(setup); });
    connect(&chat.record, &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

void ChatWindow::toggleTemporary()
{
    m_chats.begin(m_chats.shown().record.isTemporary() ? RecordedChat::Keep::Stored
                                                       : RecordedChat::Keep::Temporary);
    showState(); // it was checked by being chosen
    focusComposer();
}

void ChatWindow::showError(const Error &error) { shownPage().showError(error); }

void ChatWindow::showMessage(const QString &text) { statusBar()->showMessage(text, PassingMs); }

void ChatWindow::setLook(const Look &look)
{
    m_look->setLook(look);
    m_pages->setZoom(m_look->look().zoom);
}

void ChatWindow::setToolsAllowed(bool allowed) { m_actions.tools->setChecked(allowed); }

void ChatWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (AttachmentStrip::canTake(*event->mimeData())) {
        event->acceptProposedAction();
    }
}

void ChatWindow::dropEvent(QDropEvent *event)
{
    shownPage().composer().attach(*event->mimeData());
    event->acceptProposedAction();
    focusComposer();
}

ChatPage &ChatWindow::shownPage() const { return m_pages->shown(); }

ModelPicker &ChatWindow::modelPicker() const { return m_header->models(); }

void ChatWindow::focusComposer() { shownPage().focusComposer(); }

void ChatWindow::copyLastAnswer()
{
    if (const QString text = shownPage().lastAnswer(); !text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
        showMessage(tr("Answer copied"));
    }
}

void ChatWindow::closeEvent(QCloseEvent *event)
{
    event->ignore(); // until what was said is on the disk
    Q_EMIT quitRequested();
}

} // namespace Maestro
