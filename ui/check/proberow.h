// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"

#include <QWidget>

class QLabel;

namespace Maestro {

//! One thing the connection check looks at: a mark, what it is, what was found, what to do.
class ProbeRow : public QWidget
{
    Q_OBJECT

public:
    ProbeRow(const QString &title, QWidget *parent);

    void setResult(const ProbeResult &result);

private:
    QString m_title;
    QWidget *m_mark;
    QLabel *m_finding;
    QLabel *m_advice;
};

} // namespace Maestro
