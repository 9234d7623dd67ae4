// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>

namespace Maestro {

//! What a connection check found, in the order of its probes.
struct DoctorReport
{
    QDateTime startedAt; //!< UTC
    QList<ProbeResult> results;

    //! No probe found a problem.
    bool passed() const { return count(ProbeResult::Status::Problem) == 0; }
    int count(ProbeResult::Status status) const;
};

//! For people, to be copied into a mail: plain text, a line for every probe.
QString toPlainText(const DoctorReport &report);
//! For programs.
QJsonObject toJson(const DoctorReport &report);

//! A status as people read it.
QString toText(ProbeResult::Status status);
//! "Everything is fine." or how many problems there are.
QString summaryOf(const DoctorReport &report);

//! The text with "~" for the home directory, which tells a person's name.
QString withoutHome(const QString &text, const QString &home);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::DoctorReport)
