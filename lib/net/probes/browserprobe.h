// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"

#include <QProcessEnvironment>

namespace Maestro {

//! Whether there is something to open a browser with: a program of $BROWSER, or xdg-open in a
//! desktop session. It opens nothing.
class BrowserProbe final : public Probe
{
    Q_OBJECT

public:
    explicit BrowserProbe(const QProcessEnvironment &environment, QObject *parent = nullptr);

    void start() override;

private:
    void judgeVariable(const QStringList &commands);
    QString find(const QString &program) const;

    QProcessEnvironment m_environment;
};

} // namespace Maestro
