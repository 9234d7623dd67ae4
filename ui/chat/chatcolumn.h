// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/panel.h"

class QHBoxLayout;

namespace Maestro {

//! Puts a widget in the middle, no wider than the column that one reads in.
QHBoxLayout *inColumn(QWidget *widget);
//! Says for as long as it is shown that no model answers here.
Panel *makePracticeStrip(QWidget *parent);
//! Says for as long as it is shown that the conversation is not kept.
Panel *makeTemporaryStrip(QWidget *parent);

} // namespace Maestro
