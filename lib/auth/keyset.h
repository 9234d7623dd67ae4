// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/rsakey.h"
#include "core/result.h"

#include <QList>
#include <QString>

namespace Maestro::OAuth {

//! Issuers publish a handful of keys, about half a kilobyte each.
constexpr qsizetype LongestKeySet = 64 * 1024;

//! A key that signs with RS256, by its name.
struct SigningKey
{
    QString id; //!< `kid`; may be empty
    RsaKey key;

    friend bool operator==(const SigningKey &, const SigningKey &) = default;
};
using KeySet = QList<SigningKey>;

//! Reads the keys that an issuer publishes (RFC 7517 §5). Those that do not sign with RS256 are
//! left out; an error if none is left.
Result<KeySet> readKeySet(int status, const QByteArray &body);

} // namespace Maestro::OAuth
