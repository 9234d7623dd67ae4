// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/themestyle.h"

#include "ui/common/themecontrols.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QPainter>
#include <QPainterPath>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStyleOption>
#include <QTextCharFormat>
#include <QTextEdit>
#include <QWizard>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

bool isPrimary(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return button != nullptr && button->features.testFlag(QStyleOptionButton::DefaultButton)
        && button->state.testFlag(QStyle::State_Enabled);
}

//! A field of many lines, with a frame.
bool isTextArea(const QWidget *widget)
{
    const auto *frame = qobject_cast<const QFrame *>(widget);
    return frame && frame->frameShape() != QFrame::NoFrame
        && (qobject_cast<const QPlainTextEdit *>(frame) || qobject_cast<const QTextEdit *>(frame));
}

bool isFlat(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return button != nullptr && button->features.testFlag(QStyleOptionButton::Flat);
}

void drawPushButton(const QStyleOption *option, QPainter *painter)
{
    const ThemeColors &colors = themeColors(option->palette);
    const bool hovered = option->state.testFlag(QStyle::State_MouseOver)
        && option->state.testFlag(QStyle::State_Enabled);
    const bool pressed = option->state.testFlag(QStyle::State_Sunken);
    if (isPrimary(option)) {
        drawBox(painter, option->rect, hovered || pressed ? colors.accentHover : colors.accent,
                QColor());
    } else if (isFlat(option)) {
        drawBox(painter, option->rect, hovered || pressed ? colors.raised : QColor(), QColor());
    } else {
        drawBox(painter, option->rect, hovered || pressed ? colors.raised : colors.surface,
                colors.border);
    }
}

void drawToolButton(const QStyleOption *option, QPainter *painter)
{
    const ThemeColors &colors = themeColors(option->palette);
    const auto active = QStyle::State_MouseOver | QStyle::State_Sunken | QStyle::State_On;
    if (option->state.testAnyFlags(active) && option->state.testFlag(QStyle::State_Enabled)) {
        drawBox(painter, option->rect, colors.raised, QColor());
    }
}

void drawField(const QStyleOption *option, QPainter *painter)
{
    const ThemeColors &colors = themeColors(option->palette);
    const bool focused = option->state.testFlag(QStyle::State_HasFocus);
    drawBox(painter, option->rect, colors.surface, focused ? colors.accent : colors.border,
            focused ? 2.0 : 1.0);
}

void drawScrollBar(const QStyleOptionSlider &option, QPainter *painter, const QStyle *style,
                   const QWidget *widget)
{
    const ThemeColors &colors = themeColors(option.palette);
    const QRect handle
        = style->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, widget);
    if (option.maximum <= option.minimum) {
        return;
    }
    const bool active = option.state.testFlag(QStyle::State_MouseOver)
        || option.activeSubControls == QStyle::SC_ScrollBarSlider;
    const bool horizontal = option.orientation == Qt::Horizontal;
    const double gap = gridSteps(0.375);
    const QRectF bar = horizontal ? QRectF(handle).adjusted(2, gap, -2, -gap)
                                  : QRectF(handle).adjusted(gap, 2, -gap, -2);
    const double radius = qMin(bar.width(), bar.height()) / 2.0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(active ? colors.muted : colors.strongBorder);
    painter->drawRoundedRect(bar, radius, radius);
    painter->restore();
}

} // namespace

ThemeStyle::ThemeStyle(Appearance appearance, Motion motion)
    : QProxyStyle(u"Fusion"_s)
    , m_appearance(appearance)
    , m_motion(motion)
{ }

void ThemeStyle::polish(QPalette &palette) { palette = themePalette(m_appearance, palette); }

void ThemeStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QScrollBar *>(widget)) {
        widget->setAttribute(Qt::WA_Hover);
    }
}

QPalette ThemeStyle::standardPalette() const
{
    return themePalette(m_appearance, QProxyStyle::standardPalette());
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    const ThemeColors &colors = themeColors(option->palette);
    switch (element) {
    case PE_PanelButtonCommand:
        drawPushButton(option, painter);
        return;
    case PE_PanelButtonTool:
        drawToolButton(option, painter);
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0) {
            drawField(option, painter);
        }
        return;
    case PE_FrameLineEdit:
        return;
    case PE_FrameFocusRect:
        drawBox(painter, option->rect, QColor(), colors.accent, 2.0);
        return;
    case PE_FrameDefaultButton:
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawChoice(option, painter, ChoiceShape::Box);
        return;
    case PE_IndicatorRadioButton:
        drawChoice(option, painter, ChoiceShape::Ring);
        return;
    case PE_PanelMenu:
        // Square: without a compositor a round one would have black corners.
        painter->fillRect(option->rect, colors.border);
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), colors.surface);
        return;
    case PE_FrameMenu:
        return;
    case PE_Frame:
        // What scrolls lies a little inside of it, so that it does not stand out at the corners.
        drawBox(painter, option->rect, isTextArea(widget) ? colors.surface : QColor(),
                colors.border);
        return;
    case PE_FrameTabWidget:
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1,
                          colors.border);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (element == CE_PushButtonLabel && button && isPrimary(button)) {
        QStyleOptionButton primary = *button;
        primary.palette.setColor(QPalette::ButtonText, themeColors(option->palette).onAccent);
        // The theme's icons have an On state for this ground.
        primary.state |= State_On;
        QProxyStyle::drawControl(element, &primary, painter, widget);
        return;
    }
    if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
        tab && element == CE_TabBarTabShape) {
        drawTab(*tab, painter);
        return;
    }
    if (element == CE_MenuBarEmptyArea || element == CE_MenuBarItem) {
        painter->fillRect(option->rect, option->palette.window());
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        button && control == CC_ToolButton) {
        // That a button opens a menu is said by its text and its icon.
        QStyleOptionToolButton plain = *button;
        plain.features &= ~QStyleOptionToolButton::HasMenu;
        QProxyStyle::drawComplexControl(control, &plain, painter, widget);
        return;
    }
    if (const auto *number = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        number && control == CC_SpinBox) {
        drawSpinBox(*number, painter, proxy(), widget);
        return;
    }
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control == CC_ScrollBar && slider) {
        drawScrollBar(*slider, painter, proxy(), widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect ThemeStyle::subElementRect(SubElement element, const QStyleOption *option,
                                 const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    switch (element) {
    case SE_LineEditContents:
        return rect.adjusted(gridSteps(0.75), 0, -gridSteps(0.5), 0);
    case SE_ShapedFrameContents:
        return isTextArea(widget) ? rect.adjusted(2, 2, -2, -2) : rect;
    case SE_CheckBoxFocusRect:
    case SE_RadioButtonFocusRect:
        return rect.adjusted(-3, -1, 3, 1);
    default:
        return rect;
    }
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                   const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return {qMax(result.width() + gridSteps(1.5), gridSteps(10)),
                qMax(size.height() + gridSteps(1.75), gridSteps(4.25))};
    case CT_LineEdit:
    case CT_ComboBox:
        return {result.width(), qMax(result.height(), gridSteps(4.25))};
    case CT_SpinBox: // the line in it has its height already
        return {result.width(), gridSteps(4.25)};
    case CT_CheckBox:
    case CT_RadioButton: // for the ring around the words
        return result + QSize(gridSteps(0.5), gridSteps(0.25));
    case CT_ToolButton:
        return result + QSize(gridSteps(0.75), gridSteps(0.5));
    case CT_ItemViewItem:
        return result + QSize(0, gridSteps(1));
    case CT_MenuItem:
        return result + QSize(gridSteps(1.5), gridSteps(0.75));
    case CT_MenuBarItem:
        return result + QSize(gridSteps(0.5), gridSteps(0.5));
    default:
        return result;
    }
}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                            const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return gridSteps(1.5);
    case PM_ScrollView_ScrollBarOverlap:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_MenuPanelWidth:
    case PM_MenuVMargin:
    case PM_MenuHMargin:
        return gridSteps(0.5);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return gridSteps(2);
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return gridSteps(2.25);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
    case PM_LineEditIconMargin:
        return gridSteps(1);
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return qobject_cast<const QWizard *>(widget)
            ? gridSteps(2.5)
            : QProxyStyle::pixelMetric(metric, option, widget);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_TextControl_FocusIndicatorTextCharFormat:
        // What is reached with Tab inside of a text looks focused like everything else.
        if (auto *wanted = qstyleoption_cast<QStyleHintReturnVariant *>(returnData);
            wanted && option) {
            QTextCharFormat focused;
            const QColor accent = themeColors(option->palette).accent;
            focused.setProperty(QTextFormat::OutlinePen, QPen(accent, 2));
            wanted->variant = focused;
            return 1;
        }
        break;
    case SH_Widget_Animation_Duration:
    case SH_Widget_Animate:
        if (m_motion == Motion::Reduced) {
            return 0;
        }
        break;
    default:
        break;
    }
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

} // namespace Maestro
