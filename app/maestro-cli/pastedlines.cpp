// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "pastedlines.h"

#include <QSocketNotifier>

#include <unistd.h>

namespace Maestro::Cli {

namespace {

//! An address with a long code; more is no address.
constexpr qsizetype LongestLine = 16 * 1024;

} // namespace

PastedLines::PastedLines(QObject *parent)
    : QObject(parent)
    , m_notifier(std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read))
{
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &PastedLines::read);
}

PastedLines::~PastedLines() = default;

void PastedLines::read()
{
    char bytes[4096];
    const auto size = ::read(STDIN_FILENO, bytes, sizeof bytes);
    if (size <= 0) {
        m_notifier->setEnabled(false);
        Q_EMIT ended();
        return;
    }
    m_buffer.append(bytes, size);
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        const QString line = QString::fromUtf8(m_buffer.first(end)).trimmed();
        m_buffer.remove(0, end + 1);
        if (!line.isEmpty()) {
            Q_EMIT pasted(line);
        }
    }
    if (m_buffer.size() > LongestLine) {
        m_buffer.clear();
    }
}

} // namespace Maestro::Cli
