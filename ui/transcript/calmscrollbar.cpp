// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/calmscrollbar.h"

#include <QStyle>
#include <QStyleOptionSlider>

#include <utility>

namespace Maestro {

void CalmScrollBar::sliderChange(SliderChange change)
{
    const QRect now = handle();
    const bool isMoved = std::exchange(m_shown, now) != now;
    if (isMoved || (change != SliderRangeChange && change != SliderValueChange)) {
        QScrollBar::sliderChange(change);
    }
}

QRect CalmScrollBar::handle() const
{
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect handle
        = style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, this);
    // Without anything to scroll, none is painted.
    return maximum() > minimum() ? handle : QRect();
}

} // namespace Maestro
