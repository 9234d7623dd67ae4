// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Maestro {

//! How hard a passphrase is to guess, roughly: a hint for whoever chooses one, no gate.
enum class PassphraseStrength { TooShort, Weak, Fair, Good, Strong };

//! What the vault asks for, at least.
constexpr qsizetype ShortestPassphrase = 8;

PassphraseStrength strengthOf(QStringView passphrase);
QString textOf(PassphraseStrength strength);

} // namespace Maestro
