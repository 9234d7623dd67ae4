// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

namespace Maestro::Faults {

//! The same short answer, "Hello wörld ✓", as each provider sends it, and its ways to fail.
struct Wire
{
    QByteArray name;
    Provider provider;
    QByteArray opening; //!< what comes before the first word
    bool openingIsAnAnswer = false; //!< it tells of tokens already
    bool endIsSaid = true; //!< there is an event that nothing can follow
    QByteArray hello;
    QByteArray world;
    QByteArray ending;
    QByteArray overloaded; //!< inside a stream
    QByteArray rateLimited; //!< bodies of errors
    QByteArray usedUp;
    QByteArray wrongKey;

    QByteArray whole() const { return opening + hello + world + ending; }
};

QList<Wire> wires();

inline const QString Hello = QStringLiteral("Hello");
inline const QString HelloWorld = QStringLiteral("Hello wörld ✓");

} // namespace Maestro::Faults

Q_DECLARE_METATYPE(Maestro::Faults::Wire)
