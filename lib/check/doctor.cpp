// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "check/doctor.h"

#include <QDir>
#include <QPointer>
#include <QTimer>

namespace Maestro {

Doctor::Doctor(Probes probes, std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_probes(std::move(probes))
    , m_limit(limit)
    , m_open(m_probes.size())
{
    for (const std::unique_ptr<Probe> &probe : m_probes) {
        m_titles.append(probe->title());
    }
}

Doctor::~Doctor() = default;

void Doctor::start()
{
    m_report.startedAt = QDateTime::currentDateTimeUtc();
    m_report.results.resize(static_cast<qsizetype>(m_probes.size()));
    for (size_t i = 0; i < m_probes.size(); ++i) {
        connect(m_probes[i].get(), &Probe::finished, this,
                [this, i](const ProbeResult &result) { take(i, result); });
    }
    for (const std::unique_ptr<Probe> &probe : m_probes) {
        probe->start();
    }
    // With no probe at all this is how it ends.
    QTimer::singleShot(m_probes.empty() ? std::chrono::milliseconds(0) : m_limit, this,
                       &Doctor::giveUp);
}

void Doctor::giveUp()
{
    if (m_probes.empty()) {
        Q_EMIT finished(m_report);
        return;
    }
    const QPointer<Doctor> guard(this);
    for (size_t i = 0; guard && i < m_probes.size(); ++i) {
        if (m_probes[i]) {
            take(i,
                 {m_probes[i]->id(), m_probes[i]->title(), ProbeResult::Status::Problem,
                  tr("There was no answer within %1 seconds.")
                      .arg(static_cast<double>(m_limit.count()) / 1000.0),
                  tr("Check the network, then try again. A firewall may be swallowing what is "
                     "sent.")});
        }
    }
}

void Doctor::take(size_t index, ProbeResult result)
{
    m_probes[index]->disconnect(this);
    m_probes[index].release()->deleteLater(); // we may be inside its signal
    --m_open;
    const QString home = QDir::homePath();
    result.finding = withoutHome(result.finding, home);
    result.advice = withoutHome(result.advice, home);
    m_report.results[static_cast<qsizetype>(index)] = result;
    const QPointer<Doctor> guard(this);
    Q_EMIT probeFinished(static_cast<int>(index), result);
    if (guard && m_open == 0) {
        Q_EMIT finished(m_report);
    }
}

} // namespace Maestro
