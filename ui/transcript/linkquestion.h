// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QUrl>

#include <functional>

class QWidget;

namespace Maestro {

//! A link of a model was chosen: opens it, asks first if it may lead elsewhere than it seems, or
//! says why it does not.
void followLink(QWidget *parent, const QUrl &url, const QString &text,
                const std::function<void(const QUrl &)> &open);

} // namespace Maestro
