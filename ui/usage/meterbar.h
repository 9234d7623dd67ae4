// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QRectF>

class QPainter;

namespace Maestro {

struct ThemeColors;

enum class MeterTone { Usual, Warning };

//! A round-ended bar, of which a share from 0 to 1 is filled from where one begins to read.
void paintMeterBar(QPainter &painter, const QRectF &bar, double share, MeterTone tone,
                   Qt::LayoutDirection direction, const ThemeColors &colors);

} // namespace Maestro
