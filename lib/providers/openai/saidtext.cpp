// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/saidtext.h"

namespace Maestro::OpenAi {

void SaidText::append(QStringView text)
{
    constexpr quint64 Prime = 1099511628211U;
    for (const QChar c : text) {
        m_hash = (m_hash ^ c.unicode()) * Prime;
    }
    m_size += text.size();
}

bool SaidText::isStartOf(QStringView whole) const
{
    if (whole.size() < m_size) {
        return false;
    }
    SaidText start;
    start.append(whole.first(m_size));
    return start.m_hash == m_hash;
}

} // namespace Maestro::OpenAi
