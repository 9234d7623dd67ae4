// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QMetaType>

namespace Maestro {

//! A token, key, code or verifier. It cannot be printed, compared for order or converted by
//! accident: whoever needs the bytes calls reveal() in the line that sends or stores them.
//! The bytes are overwritten when the last copy goes. Copies that Qt makes on the way to the
//! network are outside its reach.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray bytes);
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(const Secret &other);
    Secret &operator=(Secret &&other) noexcept;
    ~Secret();

    bool isEmpty() const { return m_bytes.isEmpty(); }
    const QByteArray &reveal() const { return m_bytes; }

    //! In time that depends on the lengths alone.
    friend bool operator==(const Secret &a, const Secret &b);

private:
    void wipe();

    QByteArray m_bytes;
};

//! Compares in time that depends on the lengths alone.
bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::Secret)
