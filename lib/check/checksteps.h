// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "check/checkreport.h"

#include <QElapsedTimer>

namespace Maestro {

//! The steps of a check and their clock. A step runs from the end of the one before it.
class CheckSteps
{
public:
    using Status = CheckStep::Status;

    void add(const QString &id, const QString &title);
    void startClock() { m_clock.start(); }
    qint64 elapsedMs() const { return m_clock.isValid() ? m_clock.elapsed() : 0; }

    //! Does nothing to a step that is past Running.
    void run(const QString &id);
    void pass(const QString &id, const QString &detail);
    void fail(const QString &id, const Error &error);
    void skip(const QString &id, const QString &why);

    bool isOpen(const QString &id) const; //!< neither passed, failed nor skipped
    std::optional<QString> running() const;
    const QList<CheckStep> &list() const { return m_steps; }
    qsizetype indexOf(const QString &id) const;

private:
    void end(const QString &id, Status status);

    QElapsedTimer m_clock;
    QList<CheckStep> m_steps;
};

} // namespace Maestro
