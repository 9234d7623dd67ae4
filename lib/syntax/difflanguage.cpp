// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "syntax/difflanguage.h"

using namespace Qt::StringLiterals;

namespace Maestro::Syntax {

ReadLine DiffLanguage::read(const QString &line, const State &)
{
    const auto whole = [&line](Role role) { return ReadLine{{{0, line.size(), role}}}; };
    if (line.startsWith("+++ "_L1) || line.startsWith("--- "_L1) || line.startsWith("diff "_L1)
        || line.startsWith("index "_L1)) {
        return whole(Role::Comment);
    }
    if (line.startsWith("@@"_L1)) {
        return whole(Role::Preprocessor);
    }
    if (line.startsWith(u'+')) {
        return whole(Role::Added);
    }
    return line.startsWith(u'-') ? whole(Role::Removed) : ReadLine();
}

} // namespace Maestro::Syntax
