// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

namespace Maestro {

//! Why something failed, in the words of the other side: quoted, bounded, never markup, and to be
//! selected. Hidden while there are none.
class Quotation : public QLabel
{
    Q_OBJECT

public:
    explicit Quotation(QWidget *parent = nullptr);

    void setReason(const QString &reason);
};

} // namespace Maestro
