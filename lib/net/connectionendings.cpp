// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/connectionendings.h"

#include <QNetworkAccessManager>

namespace Maestro {

namespace {

//! They sleep, and each holds a connection that is no use any more.
constexpr int MostThreads = 32;

} // namespace

ConnectionEndings::ConnectionEndings() { m_threads.setMaxThreadCount(MostThreads); }

ConnectionEndings::~ConnectionEndings() { m_threads.waitForDone(); }

void ConnectionEndings::add(std::unique_ptr<QNetworkAccessManager> manager)
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended.push_back(std::move(manager));
    }
    m_threads.start([this] { endOne(); });
}

void ConnectionEndings::endOne()
{
    std::unique_ptr<QNetworkAccessManager> manager; // outlives the lock
    const std::lock_guard lock(m_mutex);
    manager = std::move(m_ended.back());
    m_ended.pop_back();
}

} // namespace Maestro
