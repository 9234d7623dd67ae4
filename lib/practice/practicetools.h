// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace Maestro::Practice {

struct Call
{
    QString name;
    QJsonObject arguments;

    friend bool operator==(const Call &, const Call &) = default;
};

//! Two calls of the functions a request declares: of the first two of them, or of the only one
//! twice. Their arguments fit the declared schemas as far as types, enums and required members go.
//! Empty if there is no function among the tools.
QList<Call> makeCalls(const QJsonArray &tools);
//! Two calls of functions that nobody declared.
QList<Call> undeclaredCalls();

} // namespace Maestro::Practice
