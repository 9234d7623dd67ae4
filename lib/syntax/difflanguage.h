// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "syntax/language.h"

namespace Maestro::Syntax {

//! A difference of two texts, by the first character of its lines: models write the lines alone,
//! without the head that the libraries tell a difference by.
class DiffLanguage : public Language
{
public:
    ReadLine read(const QString &line, const State &before) override;
};

} // namespace Maestro::Syntax
