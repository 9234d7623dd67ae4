// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/modelpicker.h"

#include "ui/chat/modelpopup.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

using namespace Qt::StringLiterals;

namespace Maestro {

ModelPicker::ModelPicker(QWidget *parent)
    : QPushButton(parent)
{
    setToolTip(tr("Choose the model (Ctrl+M)"));
    setIcon(themeIcon(u"chevron-down"_s, IconTint::Muted));
    // The arrow stands where a combo box has it.
    setLayoutDirection(layoutDirection() == Qt::LeftToRight ? Qt::RightToLeft : Qt::LeftToRight);
    connect(this, &QPushButton::clicked, this, &ModelPicker::openList);
    refresh();
}

void ModelPicker::setTargets(const QList<ChatTarget> &targets)
{
    m_targets = targets;
    refresh();
}

void ModelPicker::setChosen(const std::optional<ChosenTarget> &chosen)
{
    m_chosen = chosen;
    refresh();
}

void ModelPicker::refresh()
{
    // A model's name may hold an ampersand, and is no shortcut.
    const bool hasModel = m_chosen && !m_chosen->model.isEmpty();
    QString model = hasModel ? m_chosen->model : tr("No model yet");
    setAccessibleName(tr("Model: %1").arg(model));
    setText(model.replace(u'&', u"&&"_s));
    setEnabled(!m_targets.isEmpty());
}

void ModelPicker::openList()
{
    if (!isEnabled()) {
        return;
    }
    auto *popup = new ModelPopup(m_targets, m_chosen, this);
    popup->setLayoutDirection(parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight);
    popup->setFactsOf(m_factsOf);
    popup->setFavourites(m_favourites);
    connect(popup, &ModelPopup::modelChosen, this, &ModelPicker::modelChosen);
    connect(popup, &ModelPopup::favouritesChanged, this, [this](const QStringList &favourites) {
        m_favourites = favourites;
        Q_EMIT favouritesChanged(favourites);
    });
    popup->move(mapToGlobal(QPoint(0, height() + gridSteps(0.5))));
    popup->show();
    popup->setFocus();
}

} // namespace Maestro
