// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollBar>

namespace Maestro {

//! Is painted again only when its handle has moved by a pixel, and not whenever what it scrolls has
//! become a little longer.
class CalmScrollBar : public QScrollBar
{
public:
    using QScrollBar::QScrollBar;

protected:
    void sliderChange(SliderChange change) override;

private:
    QRect handle() const;

    QRect m_shown;
};

} // namespace Maestro
