// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDir>
#include <QFileInfo>

namespace Maestro {

//! Where a sync costs nothing, if there is such a place: a kill does not lose what was written.
inline QString quickPlace()
{
    const QFileInfo memory(QStringLiteral("/dev/shm"));
    return (memory.isWritable() ? memory.filePath() : QDir::tempPath())
        + QStringLiteral("/maestro-XXXXXX");
}

} // namespace Maestro
