// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/choicebutton.h"

#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace Maestro {

ChoiceButton::ChoiceButton(const QIcon &icon, const QString &title, const QString &description,
                           Rank rank, QWidget *parent)
    : QAbstractButton(parent)
    , m_description(description)
    , m_rank(rank)
{
    setIcon(icon);
    // An ampersand of a provider's name is no shortcut.
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(description);
    setToolTip(description);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QFont ChoiceButton::titleFont() const
{
    QFont title = font();
    title.setBold(true);
    return title;
}

QRect ChoiceButton::textRect(const QRect &inside) const
{
    return inside.adjusted(gridSteps(6.5), gridSteps(1.5), -gridSteps(2), -gridSteps(1.5));
}

int ChoiceButton::heightForWidth(int width) const
{
    const int textWidth = textRect(QRect(0, 0, width, 0)).width();
    const int title = QFontMetrics(titleFont()).height();
    const int description = m_description.isEmpty()
        ? 0
        : fontMetrics()
                .boundingRect(0, 0, textWidth, 10'000, Qt::TextWordWrap, m_description)
                .height()
            + gridSteps(0.25);
    return title + description + gridSteps(m_rank == Rank::Primary ? 4 : 3);
}

QSize ChoiceButton::sizeHint() const
{
    const int width = gridSteps(50);
    return {width, heightForWidth(width)};
}

QSize ChoiceButton::minimumSizeHint() const
{
    // Its height follows its width; what it would be at the narrowest must not stretch a page.
    return {gridSteps(24), sizeHint().height()};
}

void ChoiceButton::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = themeColors(palette());
    const bool primary = m_rank == Rank::Primary;
    const bool active = underMouse() || isDown();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = gridSteps(1.25);
    painter.setPen(primary ? QPen(Qt::NoPen)
                           : QPen(active ? colors.strongBorder : colors.border, 1));
    painter.setBrush(primary ? (active ? colors.accentHover : colors.accent)
                             : (active ? colors.raised : colors.surface));
    // Its edge stands where that of a text above it does.
    const double edge = primary ? 0 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(edge, edge, -edge, -edge), radius, radius);
    if (hasFocus()) {
        const double ring = primary ? 3 : 1;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(primary ? colors.onAccent : colors.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(ring, ring, -ring, -ring), radius - ring,
                                radius - ring);
    }
    const int side = gridSteps(3);
    icon().paint(&painter, QRect(gridSteps(2), (height() - side) / 2, side, side));

    const int titleHeight = QFontMetrics(titleFont()).height();
    const int spare = height() - heightForWidth(width());
    const QRect text
        = textRect(rect()).adjusted(0, spare / 2 + (primary ? gridSteps(0.5) : 0), 0, 0);
    painter.setPen(primary ? colors.onAccent : colors.text);
    painter.setFont(titleFont());
    painter.drawText(QRect(text.topLeft(), QSize(text.width(), titleHeight)),
                     Qt::AlignLeft | Qt::AlignVCenter, this->text());
    painter.setFont(font());
    painter.setPen(primary ? colors.onAccent : colors.muted);
    painter.drawText(text.adjusted(0, titleHeight + gridSteps(0.25), 0, gridSteps(1.5)),
                     Qt::TextWordWrap, m_description);
}

void ChoiceButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace Maestro
