// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/jobthread.h"

namespace Maestro {

JobThread::JobThread()
{
    // Nothing goes with the signal: what was done is fetched under the lock.
    connect(this, &JobThread::jobsDone, this, &JobThread::report, Qt::QueuedConnection);
}

JobThread::~JobThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    if (m_thread.joinable()) {
        m_changed.notify_one();
        m_thread.join(); // its end, not a result: nothing may outlive what its jobs use
        report();
    }
}

void JobThread::add(std::unique_ptr<Job> job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(job));
    }
    if (m_thread.joinable()) {
        m_changed.notify_one();
    } else {
        m_thread = std::thread([this] { work(); });
    }
}

void JobThread::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_isEnding || !m_waiting.empty(); });
        if (m_waiting.empty()) {
            return;
        }
        std::unique_ptr<Job> job = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        job->work();
        lock.lock();
        m_done.push_back(std::move(job));
        if (m_done.size() == 1) { // else it has been said, and they were not fetched yet
            lock.unlock();
            Q_EMIT jobsDone(QPrivateSignal());
            lock.lock();
        }
    }
}

void JobThread::report()
{
    std::vector<std::unique_ptr<Job>> done;
    {
        const std::lock_guard lock(m_mutex);
        done.swap(m_done);
    }
    for (const auto &job : done) {
        job->report();
    }
}

} // namespace Maestro
