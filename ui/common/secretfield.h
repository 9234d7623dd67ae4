// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QLineEdit;
class QString;
class QWidget;

namespace Maestro {

//! A field whose text is hidden and that no input method remembers, with a button that shows it.
//! `name` is what is typed there: "API key".
QLineEdit *makeSecretField(const QString &name, QWidget *parent);
//! Hides again what such a field shows.
void hideSecret(QLineEdit *field);

} // namespace Maestro
