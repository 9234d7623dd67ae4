// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "check/doctorreport.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace Maestro {

using Probes = std::vector<std::unique_ptr<Probe>>;

//! The connection check: runs its probes side by side, gives each the same time, and reports in
//! their order. Make, connect, start(); `probeFinished` once for each probe, then `finished` once.
//! Dropping it ends it silently.
class Doctor : public QObject
{
    Q_OBJECT

public:
    //! A name server that does not answer, and a firewall that swallows, take about that long.
    static constexpr std::chrono::seconds UsualLimit{12};

    explicit Doctor(Probes probes, std::chrono::milliseconds limit = UsualLimit,
                    QObject *parent = nullptr);
    ~Doctor() override;

    void start();
    //! What is looked at, in the order of the report.
    const QStringList &titles() const { return m_titles; }

Q_SIGNALS:
    //! `index` is that of titles(). They come in the order in which they finish.
    void probeFinished(int index, const Maestro::ProbeResult &result);
    void finished(const Maestro::DoctorReport &report);

private:
    void giveUp();
    void take(size_t index, ProbeResult result);

    Probes m_probes; // null where the result is there
    std::chrono::milliseconds m_limit;
    QStringList m_titles;
    DoctorReport m_report;
    size_t m_open = 0;
};

} // namespace Maestro
