// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"

namespace Maestro {

//! Whether what Maestro keeps can be written where it is kept, and by nobody else read. It makes no
//! directory, and leaves no file.
class DataDirectoryProbe final : public Probe
{
    Q_OBJECT

public:
    explicit DataDirectoryProbe(const QString &path, QObject *parent = nullptr);

    void start() override;

private:
    void judgeMissing();
    void judgeExisting();

    QString m_path;
};

} // namespace Maestro
