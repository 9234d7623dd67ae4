// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "syntax/reader.h"

#include <QElapsedTimer>
#include <QHash>
#include <QPromise>

#include <atomic>

namespace Maestro::Syntax {

namespace {

//! A screen of usual lines takes a few milliseconds. What takes longer than this is made to.
constexpr qint64 LongestReadMs = 250;

} // namespace

//! What only the thread uses, but for the flag.
struct Reader::Thread
{
    std::unique_ptr<Languages> languages;
    QHash<QString, std::shared_ptr<Language>> loaded;
    std::atomic_bool stopping = false;

    //! The names are a finite set, so that this does not grow for ever.
    std::shared_ptr<Language> find(const QString &name)
    {
        if (!languages) {
            languages = Languages::make();
        }
        const auto it = loaded.constFind(name);
        return it != loaded.cend() ? *it : *loaded.insert(name, languages->load(name));
    }

    QList<ReadLine> read(const QString &language, State state, const QStringList &lines)
    {
        QList<ReadLine> read;
        const std::shared_ptr<Language> rules = find(language);
        QElapsedTimer clock;
        clock.start();
        for (const QString &line : lines) {
            if (!rules || stopping || clock.elapsed() > LongestReadMs) {
                break;
            }
            read.append(rules->read(line, state));
            state = read.last().after;
        }
        return read;
    }
};

Reader::Reader()
    : m_thread(std::make_shared<Thread>())
{
    m_pool.setMaxThreadCount(1);
    // The libraries' objects stay with the thread that made them.
    m_pool.setExpiryTimeout(-1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

Reader::~Reader()
{
    m_thread->stopping = true;
    m_pool.clear();
}

QFuture<QList<ReadLine>> Reader::read(const QString &language, const State &before,
                                      const QStringList &lines)
{
    const auto promise = std::make_shared<QPromise<QList<ReadLine>>>();
    promise->start();
    if (mayKnow(language)) {
        m_pool.start([promise, language = language.toLower(), before, lines, thread = m_thread] {
            promise->addResult(thread->read(language, before, lines));
            promise->finish();
        });
    } else {
        promise->addResult(QList<ReadLine>());
        promise->finish();
    }
    return promise->future();
}

} // namespace Maestro::Syntax
