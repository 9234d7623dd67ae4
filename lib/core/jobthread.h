// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <vector>

namespace Maestro {

//! A thread, from its first job on, that does one after another in the order they were given. What
//! comes of a job is brought back to the thread this was made on, by its event loop: no future,
//! event or value is ever in the hands of two threads. (The locks are the standard library's, which
//! a thread sanitizer sees; those inside Qt it does not.)
class JobThread : public QObject
{
    Q_OBJECT

public:
    JobThread();
    //! Waits until all jobs have been done. Their futures are finished then.
    ~JobThread() override;

    //! Runs the function on the thread; it returns a value. Call it on the thread this was made on.
    template <typename Function>
    auto run(Function function) -> QFuture<std::invoke_result_t<Function &>>
    {
        auto job = std::make_unique<JobOf<Function>>(std::move(function));
        auto future = job->future();
        add(std::move(job));
        return future;
    }

Q_SIGNALS:
    //! On the jobs' thread.
    void jobsDone(QPrivateSignal);

private:
    class Job
    {
    public:
        Job() = default;
        virtual ~Job() = default;
        Q_DISABLE_COPY_MOVE(Job)

        virtual void work() = 0; //!< on the thread
        virtual void report() = 0; //!< where it was given
    };

    template <typename Function>
    class JobOf final : public Job
    {
    public:
        using Value = std::invoke_result_t<Function &>;

        explicit JobOf(Function function)
            : m_function(std::move(function))
        {
            m_promise.start();
        }

        QFuture<Value> future() { return m_promise.future(); }
        void work() override { m_value.emplace(m_function()); }
        void report() override
        {
            m_promise.addResult(std::move(*m_value));
            m_promise.finish();
        }

    private:
        Function m_function;
        std::optional<Value> m_value;
        QPromise<Value> m_promise;
    };

    void add(std::unique_ptr<Job> job);
    void work();
    void report();

    std::mutex m_mutex; // guards what follows, but the thread
    std::condition_variable m_changed;
    std::deque<std::unique_ptr<Job>> m_waiting;
    std::vector<std::unique_ptr<Job>> m_done;
    bool m_isEnding = false;
    std::thread m_thread;
};

} // namespace Maestro
