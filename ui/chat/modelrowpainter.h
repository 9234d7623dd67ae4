// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStyledItemDelegate>

namespace Maestro {

//! Paints a row of ModelRows on one line: a mark, the name, what is known of it, a star.
class ModelRowPainter : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    //! Where the star of a row is, which can be clicked.
    static QRect starRect(const QRect &row, Qt::LayoutDirection direction);
};

} // namespace Maestro
