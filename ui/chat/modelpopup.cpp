// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/modelpopup.h"

#include "ui/chat/modelrowpainter.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr int PageRows = 10;

} // namespace

ModelPopup::ModelPopup(const QList<ChatTarget> &targets, const std::optional<ChosenTarget> &chosen,
                       QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_filter(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_rows(targets, chosen)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Choose a model"));
    m_filter->setPlaceholderText(tr("Search, or type a model's name"));
    m_filter->setAccessibleName(tr("Search models"));
    m_filter->addAction(themeIcon(u"search"_s, IconTint::Muted), QLineEdit::LeadingPosition);
    m_list->setAccessibleName(tr("Models"));
    m_list->setModel(&m_rows);
    m_list->setItemDelegate(new ModelRowPainter(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    QLabel *hint
        = makeLabel(tr("Enter to choose  ·  Ctrl+D for a favourite"), LabelLook::Small, this);
    hint->setContentsMargins(gridSteps(1), 0, 0, 0);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(1), gridSteps(1), gridSteps(1), gridSteps(1));
    layout->addWidget(m_filter);
    layout->addWidget(m_list);
    layout->addWidget(hint);
    setFixedSize(gridSteps(58), gridSteps(52));
    setFocusProxy(m_filter);

    m_filter->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &ModelPopup::search);
    connect(m_list, &QListView::clicked, this, &ModelPopup::choose);
    select(m_rows.firstChoice());
}

void ModelPopup::setFactsOf(const ModelRows::FactsOf &factsOf)
{
    m_rows.setFactsOf(factsOf);
    select(m_rows.firstChoice());
}

void ModelPopup::setFavourites(const QStringList &favourites)
{
    m_rows.setFavourites(favourites);
    select(m_rows.firstChoice());
}

void ModelPopup::search(const QString &words)
{
    m_rows.setSearch(words);
    select(m_rows.firstChoice());
}

void ModelPopup::select(int row)
{
    const QModelIndex index = m_rows.index(row);
    m_list->setCurrentIndex(index);
    if (row <= 1) {
        m_list->scrollToTop(); // with the heading
    } else {
        m_list->scrollTo(index, QAbstractItemView::PositionAtCenter);
    }
}

void ModelPopup::choose(const QModelIndex &index)
{
    const QVariant target = index.data(ModelRows::TargetRole);
    if (target.isValid()) {
        close();
        Q_EMIT modelChosen(target.value<ChosenTarget>());
    }
}

void ModelPopup::toggleFavourite(const QModelIndex &index)
{
    const QVariant target = index.data(ModelRows::TargetRole);
    const int before = m_list->verticalScrollBar()->value();
    const int rows = m_rows.rowCount();
    if (!m_rows.toggleFavourite(index)) {
        return;
    }
    // The list stays where it is under the hand, and the row where it was.
    const int added = m_rows.rowCount() - rows;
    const int rowHeight = m_list->sizeHintForRow(0);
    const int row = std::clamp(index.row() + added, 0, m_rows.rowCount() - 1);
    m_list->setCurrentIndex(m_rows.index(
        m_rows.index(row).data(ModelRows::TargetRole) == target ? row : m_rows.firstChoice()));
    m_list->verticalScrollBar()->setValue(before + added * rowHeight);
    Q_EMIT favouritesChanged(m_rows.favourites());
}

void ModelPopup::moveSelection(int key)
{
    const int step = key == Qt::Key_Up || key == Qt::Key_PageUp ? -1 : 1;
    const int count = key == Qt::Key_PageUp || key == Qt::Key_PageDown ? PageRows : 1;
    int row = m_list->currentIndex().row();
    int moved = 0;
    for (int next = row + step; next >= 0 && next < m_rows.rowCount() && moved < count;
         next += step) {
        if (!m_rows.index(next).data(ModelRows::HeadingRole).toBool()) {
            row = next;
            ++moved;
        }
    }
    m_list->setCurrentIndex(m_rows.index(row));
    if (row <= 1) {
        m_list->scrollToTop();
    }
}

bool ModelPopup::takeKey(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        moveSelection(event.key());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_D:
        if (event.modifiers() == Qt::ControlModifier) {
            toggleFavourite(m_list->currentIndex());
            return true;
        }
        return false;
    default:
        return false;
    }
}

bool ModelPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        return takeKey(*static_cast<QKeyEvent *>(event));
    }
    const bool isMouse = event->type() == QEvent::MouseButtonPress
        || event->type() == QEvent::MouseButtonRelease
        || event->type() == QEvent::MouseButtonDblClick;
    if (watched == m_list->viewport() && isMouse) {
        const QPoint at = static_cast<QMouseEvent *>(event)->position().toPoint();
        const QModelIndex index = m_list->indexAt(at);
        const bool isStar = index.isValid()
            && ModelRowPainter::starRect(m_list->visualRect(index), layoutDirection()).contains(at);
        if (isStar && !index.data(ModelRows::HeadingRole).toBool()) {
            if (event->type() == QEvent::MouseButtonPress) {
                toggleFavourite(index);
            }
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void ModelPopup::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = themeColors(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.canvas);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.border);
    painter.setBrush(colors.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), gridSteps(1.25),
                            gridSteps(1.25));
}

} // namespace Maestro
