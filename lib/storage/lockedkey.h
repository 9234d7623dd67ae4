// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QByteArrayView>

#include <optional>

namespace Maestro {

//! 256 bits in a page of their own, which is not swapped out, not in a core dump, not in a child
//! process, and overwritten in the end.
class LockedKey
{
public:
    static constexpr qsizetype Size = 32;

    //! From the system's random numbers.
    static Result<LockedKey> random();
    //! Nothing, unless there are exactly 32 bytes.
    static std::optional<LockedKey> fromBytes(QByteArrayView bytes);

    LockedKey(LockedKey &&other) noexcept;
    LockedKey &operator=(LockedKey &&other) noexcept;
    ~LockedKey();
    Q_DISABLE_COPY(LockedKey)

    QByteArrayView bytes() const { return {m_page, Size}; }
    //! For writing, by whoever makes a key.
    unsigned char *data() { return m_page; }
    //! For the keyring, which takes text.
    Secret toSecret() const;

    friend bool operator==(const LockedKey &a, const LockedKey &b)
    {
        return equalInConstantTime(a.bytes(), b.bytes());
    }

    //! All zero: room for a key. Stops the program if there is no memory left.
    LockedKey();

private:
    void release();

    unsigned char *m_page = nullptr;
};

} // namespace Maestro
