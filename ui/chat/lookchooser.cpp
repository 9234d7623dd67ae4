// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/lookchooser.h"

#include <QAction>
#include <QActionGroup>

namespace Maestro {

namespace {

constexpr int SmallestZoom = -4;
constexpr int GreatestZoom = 12;

} // namespace

LookChooser::LookChooser(const ChatActions &actions, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
{
    const auto zoom = [this](int steps) { choose({m_look.appearance, steps}); };
    connect(m_actions.zoomIn, &QAction::triggered, this, [=, this] { zoom(m_look.zoom + 1); });
    connect(m_actions.zoomOut, &QAction::triggered, this, [=, this] { zoom(m_look.zoom - 1); });
    connect(m_actions.zoomReset, &QAction::triggered, this, [=] { zoom(0); });
    connect(m_actions.appearance, &QActionGroup::triggered, this, [this](const QAction *action) {
        choose({action->data().value<Appearance>(), m_look.zoom});
    });
}

void LookChooser::setLook(const Look &look)
{
    m_look = {look.appearance, qBound(SmallestZoom, look.zoom, GreatestZoom)};
    const auto appearances = m_actions.appearance->actions();
    for (QAction *each : appearances) {
        each->setChecked(each->data().value<Appearance>() == look.appearance);
    }
}

void LookChooser::choose(const Look &look)
{
    const Look before = m_look;
    setLook(look);
    if (m_look != before) {
        Q_EMIT chosen(m_look);
    }
}

} // namespace Maestro
