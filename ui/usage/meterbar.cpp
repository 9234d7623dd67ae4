// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/meterbar.h"

#include "ui/common/theme.h"

#include <QPainter>

#include <algorithm>

namespace Maestro {

void paintMeterBar(QPainter &painter, const QRectF &bar, double share, MeterTone tone,
                   Qt::LayoutDirection direction, const ThemeColors &colors)
{
    const double round = bar.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.border);
    painter.drawRoundedRect(bar, round, round);
    if (share <= 0) {
        return;
    }
    // A little is shown as a little, not as nothing.
    const double filled = std::clamp(bar.width() * share, bar.height(), bar.width());
    const double left = direction == Qt::RightToLeft ? bar.right() - filled : bar.left();
    painter.setBrush(tone == MeterTone::Warning ? colors.danger : colors.accent);
    painter.drawRoundedRect(QRectF(left, bar.top(), filled, bar.height()), round, round);
}

} // namespace Maestro
