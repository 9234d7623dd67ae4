// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Maestro::Syntax {

//! What the libraries call a language; empty where one does not know it.
struct LanguageNames
{
    const char *sourceHighlight = ""; //!< a file beside its lang.map, without the ending
    const char *kSyntax = ""; //!< a definition
    bool isDiff = false; //!< read by ourselves
};

//! Of the language that models mean by this word, in whatever case; null for a word of no language.
const LanguageNames *findLanguageNames(const QString &word);

} // namespace Maestro::Syntax
