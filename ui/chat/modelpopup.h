// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/chattargets.h"

#include <QFrame>

class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace Maestro {

//! The models of every account, grouped, with a field that narrows them down. A model that is not
//! in a list is asked for by typing its whole name.
class ModelPopup : public QFrame
{
    Q_OBJECT

public:
    ModelPopup(const QList<ChatTarget> &targets, const std::optional<ChosenTarget> &chosen,
               QWidget *parent);

Q_SIGNALS:
    void modelChosen(const Maestro::ChosenTarget &target);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fill();
    void addRow(QTreeWidgetItem *group, const ChatTarget &target, const QString &model,
                const QString &text);
    void selectFirst();
    void choose(QTreeWidgetItem *item);
    void moveSelection(int key);

    QList<ChatTarget> m_targets;
    std::optional<ChosenTarget> m_chosen;
    QLineEdit *m_filter;
    QTreeWidget *m_list;
};

} // namespace Maestro
