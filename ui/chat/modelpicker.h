// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/modelrows.h"

#include <QPushButton>

namespace Maestro {

//! Shows which model is asked and opens the list of the others.
class ModelPicker : public QPushButton
{
    Q_OBJECT

public:
    explicit ModelPicker(QWidget *parent = nullptr);

    void setTargets(const QList<ChatTarget> &targets);
    void setChosen(const std::optional<ChosenTarget> &chosen);
    //! What the list says of models, and which of them come first.
    void setFactsOf(const ModelRows::FactsOf &factsOf) { m_factsOf = factsOf; }
    void setFavourites(const QStringList &favourites) { m_favourites = favourites; }
    void openList();

Q_SIGNALS:
    void modelChosen(const Maestro::ChosenTarget &target);
    //! To be kept with the settings.
    void favouritesChanged(const QStringList &favourites);

private:
    void refresh();

    QList<ChatTarget> m_targets;
    std::optional<ChosenTarget> m_chosen;
    ModelRows::FactsOf m_factsOf;
    QStringList m_favourites;
};

} // namespace Maestro
