// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/panel.h"

#include "ui/common/theme.h"

#include <QIcon>
#include <QPainter>

namespace Maestro {

namespace {

//! Paints its icon itself, so that it is sharp on every screen and follows the theme.
class IconLabel : public QLabel
{
public:
    IconLabel(const QIcon &icon, int size, QWidget *parent)
        : QLabel(parent)
        , m_icon(icon)
    {
        setTextFormat(Qt::PlainText);
        setFixedSize(size, size);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_icon.paint(&painter, rect(), Qt::AlignCenter,
                     isEnabled() ? QIcon::Normal : QIcon::Disabled);
    }

private:
    QIcon m_icon;
};

double scaleOf(LabelLook look)
{
    switch (look) {
    case LabelLook::Title:
        return 1.7;
    case LabelLook::Heading:
        return 1.25;
    case LabelLook::Small:
        return 0.92;
    default:
        return 1.0;
    }
}

} // namespace

Panel::Panel(Tone tone, QWidget *parent)
    : QFrame(parent)
    , m_tone(tone)
{
    setFrameShape(QFrame::NoFrame);
}

void Panel::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Panel::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = themeColors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    switch (m_tone) {
    case Tone::Surface:
        painter.setPen(colors.border);
        painter.setBrush(colors.surface);
        break;
    case Tone::Raised:
        painter.setBrush(colors.raised);
        break;
    case Tone::Notice:
        painter.setPen(colors.border);
        painter.setBrush(colors.accentSoft);
        break;
    case Tone::Danger:
        painter.setPen(colors.danger);
        painter.setBrush(colors.dangerSoft);
        break;
    case Tone::Practice:
        painter.setBrush(colors.practice);
        break;
    }
    const double radius = gridSteps(1.25);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

QLabel *makeLabel(const QString &text, LabelLook look, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scaleOf(look));
    font.setBold(look == LabelLook::Strong || look == LabelLook::Title
                 || look == LabelLook::Heading);
    label->setFont(font);
    if (look == LabelLook::Muted || look == LabelLook::Small) {
        label->setForegroundRole(QPalette::PlaceholderText);
    } else if (look == LabelLook::Danger) {
        label->setForegroundRole(QPalette::BrightText);
    }
    label->setText(text);
    return label;
}

QLabel *makeIconLabel(const QIcon &icon, int size, QWidget *parent)
{
    return new IconLabel(icon, size, parent);
}

} // namespace Maestro
