// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

#include <optional>

//! What TeX's commands and Unicode have in common, as tables.
namespace Maestro::Markdown {

struct TexSymbol
{
    enum class Kind {
        Letter, //!< takes the space behind it, as a command does in TeX
        Plain,
        Operator, //!< stands between spaces
        Function, //!< a name, apart from the letters beside it
    };

    Kind kind = Kind::Plain;
    QStringView text;
};
std::optional<TexSymbol> texSymbol(QStringView name);

//! The combining character of an accent; 0 if the command is none.
char16_t texAccent(QStringView name);
//! Whether an accent goes over many letters, one by one.
bool isLongAccent(QStringView name);

//! A text in one of TeX's alphabets ("mathbb"); nothing if the command is none.
std::optional<QString> inTexAlphabet(QStringView name, const QString &text);

//! Raised or lowered; nothing if Unicode lacks a character of it.
std::optional<QString> superscript(const QString &text);
std::optional<QString> subscript(const QString &text);

//! "½" for "1/2"; empty if there is no such character.
QString vulgarFraction(QStringView above, QStringView below);

} // namespace Maestro::Markdown
