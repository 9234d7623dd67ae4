// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/chatcolumn.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ChatColumn)
};

//! As wide as the transcript's column.
constexpr double ColumnSteps = 104;

} // namespace

QHBoxLayout *inColumn(QWidget *widget)
{
    widget->setMaximumWidth(gridSteps(ColumnSteps));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(gridSteps(2), 0, gridSteps(2), 0);
    row->addStretch(1);
    row->addWidget(widget, 1000);
    row->addStretch(1);
    return row;
}

Panel *makePracticeStrip(QWidget *parent)
{
    auto *strip = new Panel(Panel::Tone::Practice, parent);
    QLabel *text
        = makeLabel(Tr::tr("Practice provider – answers come from this computer, not from a model"),
                    LabelLook::Strong, strip);
    text->setForegroundRole(QPalette::WindowText);
    auto *layout = new QHBoxLayout(strip);
    layout->setContentsMargins(gridSteps(2), gridSteps(0.75), gridSteps(2), gridSteps(0.75));
    layout->addWidget(
        makeIconLabel(themeIcon(u"practice"_s, IconTint::OnPractice), gridSteps(2.5), strip));
    layout->addWidget(text, 1);
    return strip;
}

Panel *makeTemporaryStrip(QWidget *parent)
{
    auto *strip = new Panel(Panel::Tone::Notice, parent);
    QLabel *text = makeLabel(
        Tr::tr("Temporary conversation – nothing of it is written down, and it ends when you leave "
               "it"),
        LabelLook::Body, strip);
    auto *layout = new QHBoxLayout(strip);
    layout->setContentsMargins(gridSteps(2), gridSteps(0.75), gridSteps(2), gridSteps(0.75));
    layout->addWidget(makeIconLabel(themeIcon(u"hide"_s), gridSteps(2.5), strip));
    layout->addWidget(text, 1);
    strip->hide();
    return strip;
}

} // namespace Maestro
