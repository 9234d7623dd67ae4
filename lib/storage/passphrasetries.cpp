// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/passphrasetries.h"

#include "storage/vaultproblems.h"

namespace Maestro {

namespace {

constexpr int FreeTries = 5;
constexpr std::chrono::milliseconds Pause(30000);

} // namespace

std::optional<Error> PassphraseTries::obstacle() const
{
    const bool mustWait = m_wrong >= FreeTries && m_sinceLast.elapsed() < Pause.count();
    return mustWait ? std::optional(VaultProblems::tooManyTries(Pause)) : std::nullopt;
}

void PassphraseTries::wasWrong()
{
    ++m_wrong;
    m_sinceLast.start();
}

} // namespace Maestro
