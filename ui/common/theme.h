// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QPalette>

namespace Maestro {

//! Which of the two palettes is shown; System goes by the lightness of the desktop's own.
enum class Appearance { System, Light, Dark };

//! As it stands in a settings file; System where it says nothing that is known.
Appearance appearanceOf(const QString &name);
QString nameOf(Appearance appearance);

//! What a person may choose of how the program looks.
struct Look
{
    Appearance appearance = Appearance::System;
    int zoom = 0; //!< points that text to be read is larger than usual

    friend bool operator==(const Look &, const Look &) = default;
};

//! Every colour of the program, by what it is for.
struct ThemeColors
{
    QColor canvas; //!< behind everything
    QColor surface; //!< what is written on
    QColor raised; //!< hovered rows, chips
    QColor border;
    QColor strongBorder;
    QColor text;
    QColor muted;
    QColor accent;
    QColor accentHover;
    QColor onAccent;
    QColor accentSoft;
    QColor prompt; //!< the person's own words
    QColor code;
    QColor danger;
    QColor dangerSoft;
    QColor success;
    QColor practice; //!< the practice provider's strip
    QColor onPractice;
};

//! The colours that go with a palette: the light set or the dark one.
const ThemeColors &themeColors(const QPalette &palette);
//! The palette made of our colours. PlaceholderText is the muted text, Link the accent, BrightText
//! the colour of errors and LinkVisited that of success, so that labels can follow a change of
//! theme by their role.
QPalette themePalette(Appearance appearance, const QPalette &system);
//! Multiples of the 8 pixel grid, grown with the program's font.
int gridSteps(double steps);

} // namespace Maestro
