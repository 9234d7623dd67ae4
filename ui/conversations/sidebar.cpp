// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversations/sidebar.h"

#include "core/after.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"
#include "ui/conversations/conversationdelegate.h"
#include "ui/conversations/conversationmodel.h"
#include "ui/conversations/undobar.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Between two keys of somebody who types.
constexpr int PauseMs = 120;

} // namespace

Sidebar::Sidebar(ChatStore &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new ConversationModel(this))
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_empty(makeLabel({}, LabelLook::Muted, this))
    , m_undo(new UndoBar(this))
{
    setAccessibleName(tr("Conversations"));
    m_search->setPlaceholderText(tr("Search conversations"));
    m_search->setAccessibleName(tr("Search conversations"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themeIcon(u"search"_s, IconTint::Muted), QLineEdit::LeadingPosition);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ConversationDelegate(m_list));
    m_list->setAccessibleName(tr("Conversations"));
    m_list->setUniformItemSizes(true); // of ten thousand only those that are seen are asked
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setContentsMargins(gridSteps(2), gridSteps(4), gridSteps(2), 0);
    m_pause.setSingleShot(true);
    m_pause.setInterval(PauseMs);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(1), gridSteps(1), 0, gridSteps(1));
    layout->setSpacing(gridSteps(1));
    layout->addWidget(m_search);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_undo);

    auto *remove
        = new QShortcut(QKeySequence::Delete, m_list, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, [this] { this->remove(m_list->currentIndex()); });
    connect(&m_store, &ChatStore::listChanged, this, &Sidebar::reload);
    connect(&m_pause, &QTimer::timeout, this, &Sidebar::search);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_pause.start(); });
    connect(m_list, &QListView::clicked, this, &Sidebar::open);
    connect(m_list, &QListView::activated, this, &Sidebar::open);
    connect(m_list, &QListView::customContextMenuRequested, this, &Sidebar::openMenu);
    connect(m_model, &ConversationModel::titleEdited, this,
            [this](ChatId conversation, const QString &title) {
                say(m_store.setTitle(conversation, title));
            });
    connect(m_undo, &UndoBar::undoRequested, this,
            [this](ChatId conversation) { say(m_store.restore(conversation)); });
    showEmptiness();
}

void Sidebar::reload() { search(); }

void Sidebar::search()
{
    m_pause.stop();
    const quint64 asked = ++m_asked;
    if (const QString words = m_search->text().trimmed(); !words.isEmpty()) {
        after(this, m_store.search(words), [=, this](const Result<QList<SearchHit>> &hits) {
            if (asked != m_asked) {
                return;
            }
            if (hits) {
                m_found = words;
                showHits(*hits);
            } else {
                Q_EMIT failed(hits.error());
            }
        });
        return;
    }
    after(this, m_store.list(), [this, asked](const Result<QList<ConversationEntry>> &entries) {
        if (asked != m_asked) {
            return;
        }
        if (entries) {
            showList(*entries);
        } else {
            Q_EMIT failed(entries.error());
        }
    });
}

template <typename Rows>
void Sidebar::showRows(const Rows &rows, void (ConversationModel::*take)(const Rows &))
{
    if (isRenaming()) {
        m_pause.start(); // a title that is being typed is not to be lost
        return;
    }
    m_isLoaded = true;
    // Whoever looks at the end of the list goes on looking at it, whatever comes in at its top.
    const int scrolled = m_list->verticalScrollBar()->value();
    m_list->setAutoScroll(false);
    (m_model->*take)(rows);
    showCurrent();
    showEmptiness();
    m_list->doItemsLayout();
    m_list->verticalScrollBar()->setValue(scrolled);
    m_list->setAutoScroll(true);
}

void Sidebar::showList(const QList<ConversationEntry> &entries)
{
    showRows(entries, &ConversationModel::setEntries);
}

void Sidebar::showHits(const QList<SearchHit> &hits)
{
    showRows(hits, &ConversationModel::setHits);
}

void Sidebar::setAnswering(const QSet<ChatId> &conversations)
{
    m_model->setAnswering(conversations);
}

bool Sidebar::isRenaming() const { return m_list->viewport()->findChild<QLineEdit *>() != nullptr; }

void Sidebar::showEmptiness()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_list->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    m_empty->setText(!m_isLoaded ? QString()
                         : m_model->isSearch()
                         ? tr("Nothing found for “%1”.").arg(m_search->text().trimmed())
                         : tr("Your conversations will be listed here."));
}

void Sidebar::setCurrent(ChatId conversation)
{
    m_current = conversation;
    showCurrent();
}

void Sidebar::showCurrent()
{
    const QModelIndex index = m_model->find(m_current);
    if (index.isValid()) {
        m_list->setCurrentIndex(index);
    } else {
        m_list->clearSelection();
        m_list->setCurrentIndex({});
    }
}

void Sidebar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void Sidebar::open(const QModelIndex &index)
{
    if (index.isValid() && m_model->isSearch() && m_model->hit(index).message != 0) {
        Q_EMIT foundChosen(m_model->hit(index), m_found.simplified().split(u' '));
    } else if (index.isValid() && m_model->entry(index).id != m_current) {
        Q_EMIT openRequested(m_model->entry(index).id);
    }
}

void Sidebar::openMenu(const QPoint &place)
{
    const QModelIndex index = m_list->indexAt(place);
    if (!index.isValid()) {
        return;
    }
    const ConversationEntry entry = m_model->entry(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(themeIcon(u"pin"_s), entry.isPinned ? tr("&Unpin") : tr("&Pin")),
            &QAction::triggered, this,
            [this, entry] { say(m_store.setPinned(entry.id, !entry.isPinned)); });
    QAction *rename = menu->addAction(tr("&Rename…"));
    rename->setShortcut(Qt::Key_F2);
    connect(rename, &QAction::triggered, this, [this, id = entry.id] {
        if (const QModelIndex row = m_model->find(id); row.isValid()) {
            m_list->edit(row);
        }
    });
    QAction *remove = menu->addAction(tr("&Delete"));
    remove->setShortcut(QKeySequence::Delete);
    connect(remove, &QAction::triggered, this,
            [this, id = entry.id] { this->remove(m_model->find(id)); });
    menu->popup(m_list->viewport()->mapToGlobal(place));
}

void Sidebar::remove(const QModelIndex &index)
{
    if (!index.isValid()) {
        return;
    }
    const ConversationEntry entry = m_model->entry(index);
    say(m_store.remove(entry.id));
    m_undo->offer(entry.id, index.data().toString());
    if (entry.id == m_current) {
        Q_EMIT currentRemoved();
    }
}

void Sidebar::say(const ChatStore::Done &done)
{
    after(this, done, [this](const std::optional<Error> &error) {
        if (error) {
            Q_EMIT failed(*error);
            reload();
        }
    });
}

void Sidebar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        m_list->doItemsLayout();
    }
}

} // namespace Maestro
