// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/themecontrols.h"

#include "ui/common/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace Maestro {

namespace {

bool isEnabled(const QStyleOption &option) { return option.state.testFlag(QStyle::State_Enabled); }

//! A mark like ⌃ or ⌄.
void drawChevron(QPainter *painter, const QRectF &rect, bool up, const QColor &color)
{
    const double width = gridSteps(0.875);
    const double height = width / 2;
    QRectF mark(0, 0, width, height);
    mark.moveCenter(rect.center());
    const double edge = up ? mark.bottom() : mark.top();
    const double tip = up ? mark.top() : mark.bottom();
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF({QPointF(mark.left(), edge), QPointF(mark.center().x(), tip),
                                     QPointF(mark.right(), edge)}));
}

} // namespace

void drawBox(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &border,
             double width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->setPen(border.isValid() ? QPen(border, width) : QPen(Qt::NoPen));
    const double inset = border.isValid() ? width / 2.0 : 0.0;
    const double radius = gridSteps(0.9);
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void drawChoice(const QStyleOption *option, QPainter *painter, ChoiceShape shape)
{
    const ThemeColors &colors = themeColors(option->palette);
    const bool isRing = shape == ChoiceShape::Ring;
    const bool isChosen = option->state.testAnyFlags(QStyle::State_On | QStyle::State_NoChange);
    const QColor ground = isEnabled(*option) ? colors.accent : colors.strongBorder;
    // The edge is all there is to see of an empty one, so it is as strong as words are.
    const QColor edge = isEnabled(*option) ? colors.muted : colors.strongBorder;
    const double size = qMin(option->rect.width(), option->rect.height()) - 1.0;
    QRectF box(0, 0, size, size);
    box.moveCenter(QRectF(option->rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(isChosen ? ground : edge, 1.2));
    painter->setBrush(isChosen ? ground : colors.surface);
    const double radius = isRing ? size / 2 : size / 4.5;
    painter->drawRoundedRect(box, radius, radius);
    const auto at = [&box](double x, double y) {
        return box.topLeft() + QPointF(x * box.width(), y * box.height());
    };
    if (isChosen && isRing) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.onAccent);
        painter->drawEllipse(box.center(), size / 5, size / 5);
    } else if (isChosen) {
        painter->setPen(
            QPen(colors.onAccent, size / 7.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolyline(option->state.testFlag(QStyle::State_NoChange)
                                  ? QPolygonF({at(0.28, 0.5), at(0.72, 0.5)})
                                  : QPolygonF({at(0.25, 0.52), at(0.43, 0.7), at(0.76, 0.32)}));
    }
    painter->restore();
}

void drawSpinBox(const QStyleOptionSpinBox &option, QPainter *painter, const QStyle *style,
                 const QWidget *widget)
{
    const ThemeColors &colors = themeColors(option.palette);
    const bool isFocused = option.state.testFlag(QStyle::State_HasFocus);
    drawBox(painter, option.rect, colors.surface, isFocused ? colors.accent : colors.border,
            isFocused ? 2.0 : 1.0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    for (const QStyle::SubControl part : {QStyle::SC_SpinBoxUp, QStyle::SC_SpinBoxDown}) {
        const bool isUp = part == QStyle::SC_SpinBoxUp;
        const auto step
            = isUp ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled;
        const bool canStep = isEnabled(option) && option.stepEnabled.testFlag(step);
        const bool isHovered = canStep && option.activeSubControls == part
            && option.state.testFlag(QStyle::State_MouseOver);
        drawChevron(painter, style->subControlRect(QStyle::CC_SpinBox, &option, part, widget), isUp,
                    isHovered     ? colors.text
                        : canStep ? colors.muted
                                  : colors.strongBorder);
    }
    painter->restore();
}

void drawTab(const QStyleOptionTab &option, QPainter *painter)
{
    const ThemeColors &colors = themeColors(option.palette);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QRect rect = option.rect;
    if (!isSelected && isEnabled(option) && option.state.testFlag(QStyle::State_MouseOver)) {
        drawBox(painter, rect.adjusted(1, 1, -1, -3), colors.raised, QColor());
    }
    if (isSelected) {
        painter->fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), colors.accent);
    }
}

} // namespace Maestro
