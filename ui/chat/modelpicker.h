// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/chattargets.h"

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
    void openList();

Q_SIGNALS:
    void modelChosen(const Maestro::ChosenTarget &target);

private:
    void refresh();

    QList<ChatTarget> m_targets;
    std::optional<ChosenTarget> m_chosen;
};

} // namespace Maestro
