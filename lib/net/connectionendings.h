// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QThreadPool>

#include <memory>
#include <mutex>
#include <vector>

class QNetworkAccessManager;

namespace Maestro {

//! Threads on which network managers are deleted: a manager waits for its own thread, up to five
//! seconds if that is in the midst of headers that do not end.
class ConnectionEndings
{
public:
    ConnectionEndings();
    //! Waits for those that are being deleted.
    ~ConnectionEndings();
    Q_DISABLE_COPY_MOVE(ConnectionEndings)

    //! The manager has no parent and no thread.
    void add(std::unique_ptr<QNetworkAccessManager> manager);

private:
    void endOne();

    std::mutex m_mutex; // it is what hands a manager over
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_ended;
    QThreadPool m_threads;
};

} // namespace Maestro
