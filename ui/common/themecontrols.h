// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QRectF>

class QPainter;
class QStyle;
class QStyleOption;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QWidget;

namespace Maestro {

//! A rounded box whose border lies inside `rect`, sharp on the pixels of any screen.
void drawBox(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &border,
             double width = 1.0);

enum class ChoiceShape { Box, Ring };
//! What can be ticked, or chosen among others.
void drawChoice(const QStyleOption *option, QPainter *painter, ChoiceShape shape);
//! A field for a number, around the line it is written in.
void drawSpinBox(const QStyleOptionSpinBox &option, QPainter *painter, const QStyle *style,
                 const QWidget *widget);
//! What lies behind the name on a tab.
void drawTab(const QStyleOptionTab &option, QPainter *painter);

} // namespace Maestro
