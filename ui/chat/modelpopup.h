// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/modelrows.h"

#include <QFrame>

class QLineEdit;
class QListView;

namespace Maestro {

//! The models of every account, grouped, favourites first, with a field that narrows them down. A
//! model that is not in a list is asked for by typing its whole name.
class ModelPopup : public QFrame
{
    Q_OBJECT

public:
    ModelPopup(const QList<ChatTarget> &targets, const std::optional<ChosenTarget> &chosen,
               QWidget *parent);

    //! Where context sizes and prices are from; without it there are none.
    void setFactsOf(const ModelRows::FactsOf &factsOf);
    void setFavourites(const QStringList &favourites);

Q_SIGNALS:
    void modelChosen(const Maestro::ChosenTarget &target);
    //! The person changed them.
    void favouritesChanged(const QStringList &favourites);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void search(const QString &words);
    void select(int row);
    void choose(const QModelIndex &index);
    void toggleFavourite(const QModelIndex &index);
    void moveSelection(int key);
    bool takeKey(const QKeyEvent &event);

    QLineEdit *m_filter;
    QListView *m_list;
    ModelRows m_rows;
};

} // namespace Maestro
