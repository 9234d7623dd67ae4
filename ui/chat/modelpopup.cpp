// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/modelpopup.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr int TargetRole = Qt::UserRole;

} // namespace

ModelPopup::ModelPopup(const QList<ChatTarget> &targets, const std::optional<ChosenTarget> &chosen,
                       QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_targets(targets)
    , m_chosen(chosen)
    , m_filter(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_TranslucentBackground);
    setAccessibleName(tr("Choose a model"));
    m_filter->setPlaceholderText(tr("Search, or type a model's name"));
    m_filter->setAccessibleName(tr("Search models"));
    m_filter->addAction(themeIcon(u"search"_s, IconTint::Muted), QLineEdit::LeadingPosition);
    m_filter->setClearButtonEnabled(false);
    m_list->setAccessibleName(tr("Models"));
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setIndentation(gridSteps(1));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformRowHeights(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(1), gridSteps(1), gridSteps(1), gridSteps(1));
    layout->addWidget(m_filter);
    layout->addWidget(m_list);
    setFixedSize(gridSteps(44), gridSteps(46));
    setFocusProxy(m_filter);

    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &ModelPopup::fill);
    connect(m_list, &QTreeWidget::itemClicked, this, &ModelPopup::choose);
    fill();
}

void ModelPopup::fill()
{
    m_list->clear();
    const QString wanted = m_filter->text().trimmed();
    for (const ChatTarget &target : std::as_const(m_targets)) {
        auto *group
            = new QTreeWidgetItem(m_list, {target.providerName + u"  ·  "_s + displayName(target)});
        group->setFlags(Qt::ItemIsEnabled);
        group->setForeground(0, themeColors(palette()).muted);
        for (const QString &model : target.models) {
            if (model.contains(wanted, Qt::CaseInsensitive)) {
                addRow(group, target, model, model);
            }
        }
        if (!wanted.isEmpty() && !target.models.contains(wanted)) {
            addRow(group, target, wanted, tr("Use “%1”").arg(wanted));
        }
    }
    m_list->expandAll();
    selectFirst();
}

void ModelPopup::addRow(QTreeWidgetItem *group, const ChatTarget &target, const QString &model,
                        const QString &text)
{
    auto *row = new QTreeWidgetItem(group, {text});
    const ChosenTarget value{target.account.key, target.api, model};
    row->setData(0, TargetRole, QVariant::fromValue(value));
    if (m_chosen && value == *m_chosen) {
        row->setIcon(0, themeIcon(u"check"_s, IconTint::Accent));
        m_list->setCurrentItem(row);
    }
}

void ModelPopup::selectFirst()
{
    if (m_list->currentItem() && m_list->currentItem()->parent()) {
        m_list->scrollToItem(m_list->currentItem(), QAbstractItemView::PositionAtCenter);
        return;
    }
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        if (QTreeWidgetItem *group = m_list->topLevelItem(i); group->childCount() > 0) {
            m_list->setCurrentItem(group->child(0));
            return;
        }
    }
}

void ModelPopup::choose(QTreeWidgetItem *item)
{
    if (item && item->parent()) {
        const auto target = item->data(0, TargetRole).value<ChosenTarget>();
        close();
        Q_EMIT modelChosen(target);
    }
}

void ModelPopup::moveSelection(int key)
{
    const int step = key == Qt::Key_Up || key == Qt::Key_PageUp ? -1 : 1;
    const int count = key == Qt::Key_PageUp || key == Qt::Key_PageDown ? 10 : 1;
    QTreeWidgetItem *item = m_list->currentItem();
    for (int moved = 0; item && moved < count;) {
        item = step > 0 ? m_list->itemBelow(item) : m_list->itemAbove(item);
        if (item && item->parent()) {
            m_list->setCurrentItem(item);
            ++moved;
        }
    }
}

bool ModelPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        switch (key) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            moveSelection(key);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(m_list->currentItem());
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void ModelPopup::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = themeColors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.border);
    painter.setBrush(colors.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), gridSteps(1.25),
                            gridSteps(1.25));
}

} // namespace Maestro
