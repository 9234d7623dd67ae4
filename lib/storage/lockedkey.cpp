// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/lockedkey.h"

#include <QCoreApplication>

#include <cstring>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace Maestro {

namespace {

size_t pageSize() { return static_cast<size_t>(sysconf(_SC_PAGESIZE)); }

} // namespace

LockedKey::LockedKey()
{
    void *page
        = mmap(nullptr, pageSize(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) {
        qFatal("No memory for a key");
    }
    // Where the limit on locked memory is used up, the key is a page as every other: still
    // cleansed.
    (void)mlock(page, pageSize());
#ifdef MADV_DONTDUMP
    (void)madvise(page, pageSize(), MADV_DONTDUMP);
#endif
#ifdef MADV_WIPEONFORK
    (void)madvise(page, pageSize(), MADV_WIPEONFORK);
#endif
    m_page = static_cast<unsigned char *>(page);
}

LockedKey::LockedKey(LockedKey &&other) noexcept
    : m_page(std::exchange(other.m_page, nullptr))
{ }

LockedKey &LockedKey::operator=(LockedKey &&other) noexcept
{
    if (this != &other) {
        release();
        m_page = std::exchange(other.m_page, nullptr);
    }
    return *this;
}

LockedKey::~LockedKey() { release(); }

void LockedKey::release()
{
    if (m_page) {
        OPENSSL_cleanse(m_page, Size);
        munmap(m_page, pageSize());
        m_page = nullptr;
    }
}

Result<LockedKey> LockedKey::random()
{
    LockedKey key;
    if (RAND_priv_bytes(key.data(), Size) != 1) {
        return Error{Error::Kind::Configuration,
                     QCoreApplication::translate(
                         "Vault", "The system gave no random numbers to make a key of.")};
    }
    return key;
}

std::optional<LockedKey> LockedKey::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != Size) {
        return std::nullopt;
    }
    LockedKey key;
    std::memcpy(key.data(), bytes.data(), Size);
    return key;
}

Secret LockedKey::toSecret() const { return Secret(bytes().toByteArray()); }

} // namespace Maestro
