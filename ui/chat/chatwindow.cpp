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
#include "ui/chat/targetchoice.h"
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
    , m_choice(new TargetChoice(chats, this))
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
    connect(m_choice, &TargetChoice::made, this, &ChatWindow::onChoiceMade);
    connect(m_header, &ChatHeader::targetPicked, this, [this](const ChosenTarget &target) {
        m_choice->pick(target);
        Q_EMIT accountPicked(target.account);
    });
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
    const Ledger *ledger = m_chats.shown().ledger.get();
    m_header->setLedger(ledger);
    if (m_inspector) {
        m_inspector->setSession(m_chats.shown().session);
    }
    m_choice->follow();
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
    m_choice->expectTargets();
    showTarget();
}

void ChatWindow::setTargets(const QList<ChatTarget> &targets,
                            const std::optional<AccountKey> &preferred)
{
    const bool wasOpening = m_choice->isExpecting();
    m_header->setTargets(targets);
    m_choice->setTargets(targets, preferred);
    showTarget();
    const ChatTarget *target = m_choice->target();
    // Who has been asked to unlock is not asked again.
    if (m_held && (wasOpening || !target || !target->isLocked)) {
        sendHeld();
    }
}

void ChatWindow::chooseTarget(const AccountKey &account, const QString &api, const QString &model)
{
    m_choice->choose(account, api, model);
}

const std::optional<ChosenTarget> &ChatWindow::chosenTarget() const { return m_choice->chosen(); }

void ChatWindow::onChoiceMade(const std::optional<ChosenTarget> &before)
{
    const ChosenTarget &target = *m_choice->chosen();
    ErrorBanner &banner = shownPage().banner();
    if (before && before->account == target.account && banner.awaitsSignIn()) {
        banner.showSignedIn(); // the question is still there, and can be asked again
    } else if (before != target) {
        const bool canAsk = !findObstacle(m_choice->target(), target.model);
        shownPage().onOtherChoice(canAsk ? target.model : QString());
    }
    showTarget();
    Q_EMIT targetChosen(target.account, target.api, target.model);
}

void ChatWindow::showTarget()
{
    const ChatTarget *target = m_choice->target();
    m_header->setChosen(m_choice->chosen());
    m_practiceStrip->setVisible(target != nullptr && target->isPractice);
    shownPage().welcome().setStage(m_choice->isExpecting() ? Welcome::Stage::Opening
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
    const ChatTarget *target = m_choice->target();
    if (m_choice->isExpecting() || (target && target->isLocked)) {
        hold(text);
        return;
    }
    if (const auto obstacle
        = findObstacle(target, target ? m_choice->chosen()->model : QString())) {
        showError(*obstacle);
        return;
    }
    m_choice->keep();
    shownPage().submit(text, attachments);
}

void ChatWindow::hold(const QString &text)
{
    shownPage().banner().dismiss();
    m_held = text;
    showMessage(tr("Your question goes out as soon as your sign-ins are open."));
    if (!m_choice->isExpecting()) {
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
    const ChatTarget *target = m_choice->target();
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

void ChatWindow::showOnline() { m_pages->showOnline(); }

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
    if (const QString text = m_chats.shown().session.lastText(); !text.isEmpty()) {
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
