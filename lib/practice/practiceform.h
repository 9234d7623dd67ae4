// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

namespace Maestro::Practice {

//! The parameters of a request, decoded. OAuth allows each of them once (RFC 6749 §3.1).
using Parameters = QHash<QString, QString>;

//! Reads application/x-www-form-urlencoded, as a query or a body. An Error (InvalidRequest) for a
//! parameter that comes twice, bad percent-encoding, text that is not UTF-8, or more than 50 of
//! them.
Result<Parameters> readForm(const QByteArray &form);
//! Reads a JSON object; members that are no strings are left out.
Result<Parameters> readJsonForm(const QByteArray &json);

struct Parameter
{
    QString name;
    QString value;

    friend bool operator==(const Parameter &, const Parameter &) = default;
};
//! Writes parameters in their order, everything but the unreserved characters percent-encoded.
QByteArray writeForm(const QList<Parameter> &parameters);

} // namespace Maestro::Practice
