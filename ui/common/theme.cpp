// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/theme.h"

#include <QApplication>
#include <QFontMetrics>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Lightness (0–255) of a window colour below which a palette counts as dark.
constexpr int DarkBelow = 128;
//! The height of a line of text that the 8 pixel grid was drawn for.
constexpr double GridLineHeight = 17.0;

const ThemeColors &lightColors()
{
    static const ThemeColors colors{
        .canvas = QColor(0xf6f7f9),
        .surface = QColor(0xffffff),
        .raised = QColor(0xeceff4),
        .border = QColor(0xdce0e8),
        .strongBorder = QColor(0xb4bcca),
        .text = QColor(0x1b1f27),
        .muted = QColor(0x5c6474),
        .accent = QColor(0x4650dd),
        .accentHover = QColor(0x3942c4),
        .onAccent = QColor(0xffffff),
        .accentSoft = QColor(0xeceefd),
        .prompt = QColor(0xe6e9fb),
        .code = QColor(0xf1f3f6),
        .danger = QColor(0xb3261e),
        .dangerSoft = QColor(0xfdeeec),
        .success = QColor(0x1a7a48),
        .practice = QColor(0xffcf70),
        .onPractice = QColor(0x3a2500),
    };
    return colors;
}

const ThemeColors &darkColors()
{
    static const ThemeColors colors{
        .canvas = QColor(0x14161b),
        .surface = QColor(0x1b1e25),
        .raised = QColor(0x282c36),
        .border = QColor(0x323845),
        .strongBorder = QColor(0x525a6b),
        .text = QColor(0xe6e8ee),
        .muted = QColor(0x9ca4b3),
        .accent = QColor(0x949cff),
        .accentHover = QColor(0xaab0ff),
        .onAccent = QColor(0x0e1124),
        .accentSoft = QColor(0x262b48),
        .prompt = QColor(0x2a2f4c),
        .code = QColor(0x12141a),
        .danger = QColor(0xff8f86),
        .dangerSoft = QColor(0x3a2022),
        .success = QColor(0x62d49b),
        .practice = QColor(0x7d4d00),
        .onPractice = QColor(0xffedcf),
    };
    return colors;
}

QPalette paletteOf(const ThemeColors &c)
{
    QPalette palette;
    palette.setColor(QPalette::Window, c.canvas);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.surface);
    palette.setColor(QPalette::AlternateBase, c.raised);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.surface);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.danger);
    palette.setColor(QPalette::Light, c.raised);
    palette.setColor(QPalette::Midlight, c.raised);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Dark, c.strongBorder);
    palette.setColor(QPalette::Shadow, c.strongBorder);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.success);
    palette.setColor(QPalette::ToolTipBase, c.text);
    palette.setColor(QPalette::ToolTipText, c.surface);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        QColor faded = c.muted;
        faded.setAlphaF(0.6F);
        palette.setColor(QPalette::Disabled, role, faded);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.border);
    return palette;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < DarkBelow;
}

} // namespace

Appearance appearanceOf(const QString &name)
{
    return name == "light"_L1 ? Appearance::Light
        : name == "dark"_L1   ? Appearance::Dark
                              : Appearance::System;
}

QString nameOf(Appearance appearance)
{
    switch (appearance) {
    case Appearance::Light:
        return u"light"_s;
    case Appearance::Dark:
        return u"dark"_s;
    case Appearance::System:
        break;
    }
    return {};
}

const ThemeColors &themeColors(const QPalette &palette)
{
    return isDark(palette) ? darkColors() : lightColors();
}

QPalette themePalette(Appearance appearance, const QPalette &system)
{
    const bool dark
        = appearance == Appearance::System ? isDark(system) : appearance == Appearance::Dark;
    return paletteOf(dark ? darkColors() : lightColors());
}

int gridSteps(double steps)
{
    const double scale = qMax(1.0, QFontMetricsF(QApplication::font()).height() / GridLineHeight);
    return qRound(8.0 * steps * scale);
}

} // namespace Maestro
