// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QLabel>

namespace Maestro {

//! A rounded box in the theme's colours.
class Panel : public QFrame
{
    Q_OBJECT

public:
    enum class Tone { Surface, Raised, Notice, Danger, Practice };

    explicit Panel(Tone tone, QWidget *parent = nullptr);

    void setTone(Tone tone);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone;
};

//! How a label reads.
enum class LabelLook { Body, Strong, Muted, Small, Title, Heading, Danger };

//! A label that wraps and never takes its text for HTML.
QLabel *makeLabel(const QString &text, LabelLook look, QWidget *parent = nullptr);
//! A label that shows an icon and says nothing to a screen reader.
QLabel *makeIconLabel(const QIcon &icon, int size, QWidget *parent = nullptr);

} // namespace Maestro
