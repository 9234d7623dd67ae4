// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "syntax/languagenames.h"

#include <QHash>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Maestro::Syntax {

namespace {

struct Row
{
    const char *words;
    LanguageNames names;
};

// libsource-highlight has no TypeScript, Kotlin and Dockerfile: what is nearest to them stands in.
constexpr Row Rows[] = {
    {"ada adb ads", {"ada", "Ada"}},
    {"asm assembly nasm", {"asm", "Intel x86 (NASM)"}},
    {"awk gawk", {"awk", "AWK"}},
    {"bat batch cmd", {"bat", "MS-DOS Batch"}},
    {"bash sh shell zsh ksh console shell-session", {"sh", "Bash"}},
    {"bibtex bib", {"bib", "BibTeX"}},
    {"c h", {"c", "C"}},
    {"c++ cpp cxx cc hpp hxx h++ arduino", {"cpp", "C++"}},
    {"c# csharp cs", {"csharp", "C#"}},
    {"clojure clj", {"lisp", "Clojure"}},
    {"cmake", {"", "CMake"}},
    {"cobol", {"cobol", "COBOL"}},
    {"coffee coffeescript", {"coffeescript", "CoffeeScript"}},
    {"css scss less", {"css", "CSS"}},
    {"d", {"d", "D"}},
    {"dart", {"", "Dart"}},
    {"diff patch", {"diff", "Diff", true}},
    {"docker dockerfile", {"sh", "Dockerfile"}},
    {"elixir ex exs", {"", "Elixir"}},
    {"erlang erl", {"erlang", "Erlang"}},
    {"fortran f90 f95", {"fortran", "Fortran (Free Format)"}},
    {"glsl", {"glsl", "GLSL"}},
    {"go golang", {"go", "Go"}},
    {"groovy gradle", {"groovy", "Groovy"}},
    {"haskell hs", {"haskell", "Haskell"}},
    {"html htm xhtml vue svelte", {"html", "HTML"}},
    {"ini conf cfg", {"conf", "INI Files"}},
    {"java", {"java", "Java"}},
    {"javascript js mjs cjs jsx node", {"javascript", "JavaScript"}},
    {"json jsonc json5 jsonl", {"json", "JSON"}},
    {"julia jl", {"", "Julia"}},
    {"kotlin kt kts", {"scala", "Kotlin"}},
    {"latex tex", {"latex", "LaTeX"}},
    {"lisp elisp commonlisp", {"lisp", "Common Lisp"}},
    {"lua", {"lua", "Lua"}},
    {"make makefile", {"makefile", "Makefile"}},
    {"matlab octave", {"", "MATLAB"}},
    {"ocaml ml", {"caml", "Objective Caml"}},
    {"pascal delphi", {"pascal", "Pascal"}},
    {"perl pl", {"perl", "Perl"}},
    {"php", {"php", "PHP/PHP"}},
    {"powershell ps1 pwsh", {"", "PowerShell"}},
    {"prolog", {"prolog", "Prolog"}},
    {"properties", {"properties", "INI Files"}},
    {"proto protobuf", {"proto", "Protobuf"}},
    {"python py python3 py3 pyi", {"python", "Python"}},
    {"r", {"r", "R Script"}},
    {"ruby rb", {"ruby", "Ruby"}},
    {"rust rs", {"rust", "Rust"}},
    {"scala sc", {"scala", "Scala"}},
    {"scheme scm racket", {"scheme", "Scheme"}},
    {"sql mysql postgresql postgres sqlite plsql", {"sql", "SQL"}},
    {"swift", {"", "Swift"}},
    {"tcl", {"tcl", "Tcl/Tk"}},
    {"toml", {"conf", "TOML"}},
    {"typescript ts tsx mts", {"javascript", "TypeScript"}},
    {"vala", {"vala", "Vala"}},
    {"vb vbnet vbscript visualbasic", {"vbscript", "Visual Basic"}},
    {"verilog", {"", "Verilog"}},
    {"vhdl", {"", "VHDL"}},
    {"vim viml vimscript", {"vim", ""}},
    {"xml svg xsd xsl", {"xml", "XML"}},
    {"yaml yml", {"", "YAML"}},
};

QHash<QString, const LanguageNames *> namesByWord()
{
    QHash<QString, const LanguageNames *> names;
    for (const Row &row : Rows) {
        const QStringList words = QString::fromLatin1(row.words).split(u' ');
        for (const QString &word : words) {
            names.insert(word, &row.names);
        }
    }
    return names;
}

} // namespace

const LanguageNames *findLanguageNames(const QString &word)
{
    constexpr qsizetype LongestWord = 20;
    static const QHash<QString, const LanguageNames *> names = namesByWord();
    return word.size() > LongestWord ? nullptr : names.value(word.toLower());
}

} // namespace Maestro::Syntax
