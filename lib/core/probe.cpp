// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/probe.h"

using namespace Qt::StringLiterals;

namespace Maestro {

Probe::Probe(const QString &id, const QString &title, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_title(title)
{ }

void Probe::conclude(ProbeResult::Status status, const QString &finding, const QString &advice)
{
    if (m_isConcluded) {
        return;
    }
    m_isConcluded = true;
    QMetaObject::invokeMethod(
        this,
        [this, result = ProbeResult{m_id, m_title, status, finding, advice}] {
            Q_EMIT finished(result);
        },
        Qt::QueuedConnection);
}

QString toWord(ProbeResult::Status status)
{
    switch (status) {
    case ProbeResult::Status::Ok:
        return u"ok"_s;
    case ProbeResult::Status::Problem:
        return u"problem"_s;
    case ProbeResult::Status::Skipped:
        return u"skipped"_s;
    }
    Q_UNREACHABLE();
}

} // namespace Maestro
