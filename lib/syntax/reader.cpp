// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "syntax/reader.h"

#include <QElapsedTimer>

namespace Maestro::Syntax {

namespace {

//! A screen of usual lines takes a few milliseconds. What takes longer than this is made to.
constexpr qint64 LongestReadMs = 250;

} // namespace

Reader::Reader() = default;

Reader::~Reader() { m_isEnding = true; }

QFuture<QList<ReadLine>> Reader::read(const QString &language, const State &before,
                                      const QStringList &lines)
{
    if (!mayKnow(language)) {
        return QtFuture::makeReadyFuture(QList<ReadLine>());
    }
    return m_jobs.run([this, language = language.toLower(), before, lines] {
        return readHere(language, before, lines);
    });
}

//! The names are a finite set, so that this does not grow for ever.
std::shared_ptr<Language> Reader::find(const QString &name)
{
    if (!m_languages) {
        m_languages = Languages::make();
    }
    const auto it = m_loaded.constFind(name);
    return it != m_loaded.cend() ? *it : *m_loaded.insert(name, m_languages->load(name));
}

QList<ReadLine> Reader::readHere(const QString &name, State state, const QStringList &lines)
{
    QList<ReadLine> read;
    if (m_isEnding) {
        return read;
    }
    const std::shared_ptr<Language> rules = find(name);
    QElapsedTimer clock;
    clock.start();
    for (const QString &line : lines) {
        if (!rules || m_isEnding || clock.elapsed() > LongestReadMs) {
            break;
        }
        read.append(rules->read(line, state));
        state = read.last().after;
    }
    return read;
}

} // namespace Maestro::Syntax
