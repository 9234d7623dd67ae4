// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace Maestro::OAuth {

struct Field
{
    QByteArray name;
    QByteArray value;

    friend bool operator==(const Field &, const Field &) = default;
};
using Fields = QList<Field>;

//! `name=value&…` in the order given, for a query as for a form body. Everything that is not
//! unreserved (RFC 3986 §2.3) is percent-encoded: QUrlQuery leaves `+` as it is, which a form reads
//! as a space.
QByteArray encodeFields(const Fields &fields);

//! The other way, from a query as it came on the wire: split first, then `+` to space and percent-
//! decoding, each value by itself. Nothing if there are more than `limit` fields, a percent sign
//! that encodes nothing, a control character, or bytes that are not UTF-8.
std::optional<Fields> decodeFields(QByteArrayView raw, int limit);

//! The value of the first field of that name.
std::optional<QByteArray> findField(const Fields &fields, QByteArrayView name);

//! Whether any name occurs twice: two readers would take different ones of the two values.
bool hasDuplicates(const Fields &fields);

//! What RFC 6749 appendix A allows in codes and tokens, without the space: safe in a header.
bool isVisibleAscii(QByteArrayView text);

} // namespace Maestro::OAuth
