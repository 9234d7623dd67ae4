// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>

namespace Maestro {

//! A program that listens on a port of this computer.
struct PortHolder
{
    qint64 pid = 0;
    QString program; //!< its name, without a path

    friend bool operator==(const PortHolder &, const PortHolder &) = default;
};

//! Who listens on a loopback port, as far as the system tells: Linux tells of the person's own
//! programs. `proc` is where the system's tables are.
std::optional<PortHolder> findPortHolder(quint16 port,
                                         const QString &proc = QStringLiteral("/proc"));

//! The name of a process's program, as it may be shown; empty where the system does not tell.
QString programOf(qint64 pid, const QString &proc = QStringLiteral("/proc"));

//! "codex (PID 4711)"; with words of their own for this very process.
QString describe(const PortHolder &holder);

} // namespace Maestro
