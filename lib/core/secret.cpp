// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/secret.h"

namespace Maestro {

Secret::Secret(QByteArray bytes)
    : m_bytes(std::move(bytes))
{ }

Secret &Secret::operator=(const Secret &other)
{
    if (this != &other) {
        wipe();
        m_bytes = other.m_bytes;
    }
    return *this;
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
    }
    return *this;
}

Secret::~Secret() { wipe(); }

void Secret::wipe()
{
    if (m_bytes.isEmpty() || !m_bytes.isDetached()) {
        return; // Another copy still needs the bytes; the last one wipes them.
    }
    // Volatile, or the compiler drops stores to memory that is about to be freed.
    volatile char *bytes = m_bytes.data();
    for (qsizetype i = 0; i < m_bytes.size(); ++i) {
        bytes[i] = 0;
    }
    m_bytes.clear();
}

bool operator==(const Secret &a, const Secret &b)
{
    return equalInConstantTime(a.m_bytes, b.m_bytes);
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size()) {
        return false;
    }
    unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i] ^ b[i]);
    }
    return difference == 0;
}

} // namespace Maestro
