// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "check/checksteps.h"

#include <algorithm>

namespace Maestro {

void CheckSteps::add(const QString &id, const QString &title)
{
    // Named, since GCC 14 takes the empty optional of a temporary for uninitialized.
    const CheckStep step{id, title};
    m_steps.append(step);
}

void CheckSteps::run(const QString &id)
{
    CheckStep &step = m_steps[indexOf(id)];
    if (step.status == Status::Pending) {
        step.status = Status::Running;
        step.startedMs = elapsedMs();
    }
}

void CheckSteps::pass(const QString &id, const QString &detail)
{
    end(id, Status::Passed);
    m_steps[indexOf(id)].detail = detail;
}

void CheckSteps::fail(const QString &id, const Error &error)
{
    end(id, Status::Failed);
    m_steps[indexOf(id)].error = error;
}

void CheckSteps::skip(const QString &id, const QString &why)
{
    CheckStep &step = m_steps[indexOf(id)];
    step.status = Status::Skipped;
    step.detail = why;
}

bool CheckSteps::isOpen(const QString &id) const
{
    const Status status = m_steps[indexOf(id)].status;
    return status == Status::Pending || status == Status::Running;
}

std::optional<QString> CheckSteps::running() const
{
    const auto step = std::find_if(m_steps.begin(), m_steps.end(), [](const CheckStep &candidate) {
        return candidate.status == Status::Running;
    });
    return step == m_steps.end() ? std::nullopt : std::optional(step->id);
}

qsizetype CheckSteps::indexOf(const QString &id) const
{
    const auto step
        = std::find_if(m_steps.begin(), m_steps.end(),
                       [&id](const CheckStep &candidate) { return candidate.id == id; });
    Q_ASSERT(step != m_steps.end());
    return step - m_steps.begin();
}

void CheckSteps::end(const QString &id, Status status)
{
    run(id);
    CheckStep &step = m_steps[indexOf(id)];
    step.status = status;
    step.durationMs = elapsedMs() - step.startedMs;
}

} // namespace Maestro
