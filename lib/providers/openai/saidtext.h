// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace Maestro::OpenAi {

//! What has been said of a text that comes once more as a whole: enough to tell what of the whole
//! is new, however long it is.
class SaidText
{
public:
    void append(QStringView text);
    bool isStartOf(QStringView whole) const;
    qsizetype size() const { return m_size; }

private:
    qsizetype m_size = 0;
    quint64 m_hash = 14695981039346656037U; // FNV-1a: it goes on from any place
};

} // namespace Maestro::OpenAi
