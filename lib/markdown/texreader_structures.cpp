// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/texreader.h"
#include "markdown/texsymbols.h"

#include <QStringList>

#include <algorithm>
#include <iterator>

namespace Maestro::Markdown {

using namespace Qt::StringLiterals;

namespace {

//! Whether a text can stand beside a slash or under a root without parentheses.
bool isSimple(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar character) {
        return character.isSpace() || QStringView(u"+-\u2212/\u00B7=<>,;*").contains(character);
    });
}

QString inParentheses(const QString &text) { return isSimple(text) ? text : u'(' + text + u')'; }

//! A root has no line over what it is of: a number or a letter goes without parentheses.
QString underRoot(const QString &text)
{
    const bool isNumber = std::all_of(text.begin(), text.end(), [](QChar character) {
        return character.isDigit() || character == u'.';
    });
    const bool isLetter = text.size() == 1 || (text.size() == 2 && text.front().isHighSurrogate());
    return isNumber || isLetter ? text : u'(' + text + u')';
}

struct Brackets
{
    QStringView name;
    QStringView opening;
    QStringView closing;
};

//! Environments whose cells stand beside each other. Of all others, the lines are lines.
constexpr Brackets Matrices[] = {
    {u"matrix", u"(", u")"},      {u"pmatrix", u"(", u")"}, {u"bmatrix", u"[", u"]"},
    {u"Bmatrix", u"{", u"}"},     {u"vmatrix", u"|", u"|"}, {u"Vmatrix", u"\u2016", u"\u2016"},
    {u"smallmatrix", u"(", u")"}, {u"array", u"(", u")"},   {u"cases", u"{ ", u""},
};

} // namespace

//! Commands of one character that is no letter.
bool TexReader::readSign(TexLine &line, QChar sign)
{
    if (sign == u'\\') {
        line.add(u"\u2028");
    } else if (QStringView(u",;:> \n\t").contains(sign)) {
        line.addSpace();
    } else if (QStringView(u"{}$%#&_").contains(sign)) {
        line.add(QStringView(&sign, 1));
    } else if (sign == u'|') {
        line.add(u"\u2016");
    } else {
        return false;
    }
    return true;
}

//! Commands that take arguments.
bool TexReader::readStructure(TexLine &line, const QString &name)
{
    if (name.size() == 1 && !isLetter(name.front())) {
        return readSign(line, name.front());
    }
    if (name == "quad"_L1 || name == "qquad"_L1) {
        line.add(u"\u2003");
    } else if (name == "frac"_L1 || name == "dfrac"_L1 || name == "tfrac"_L1
               || name == "cfrac"_L1) {
        line.add(fraction());
    } else if (name == "sqrt"_L1) {
        line.add(root());
    } else if (name == "binom"_L1 || name == "dbinom"_L1) {
        const QString above = argument();
        line.add(u"C(%1, %2)"_s.arg(above, argument()));
    } else if (name == "not"_L1) {
        line.addSpace();
        line.add(argument().trimmed() + u'\u0338');
        line.addSpace();
    } else if (name == "pmod"_L1) {
        line.addSpace();
        line.add(u"(mod "_s + argument() + u')');
    } else if (name == "tag"_L1) {
        line.addSpace();
        line.add(u'(' + rawArgument() + u')');
    } else if (name == "label"_L1 || name == "phantom"_L1 || name == "hspace"_L1
               || name == "vspace"_L1) {
        rawArgument();
    } else if (name == "boxed"_L1 || name == "underbrace"_L1 || name == "overbrace"_L1
               || name == "mathop"_L1 || name == "mathrel"_L1 || name == "mathbin"_L1) {
        line.add(argument());
    } else if (name == "color"_L1 || name == "textcolor"_L1) {
        rawArgument();
        line.add(argument());
    } else if (name == "xrightarrow"_L1 || name == "xleftarrow"_L1) {
        const QString text = argument();
        line.addOperator(name == "xrightarrow"_L1 ? u"\u2500"_s + text + u'\u2192'
                                                  : u'\u2190' + text + u'\u2500');
    } else if (name == "begin"_L1) {
        readEnvironment(line);
    } else if (texAccent(name) != 0) {
        line.add(accented(name));
    } else if (inTexAlphabet(name, {})) {
        const bool isWords = name.startsWith("text"_L1) || name.endsWith("box"_L1);
        const QString text = *inTexAlphabet(name, isWords ? rawArgument() : argument());
        if (name.startsWith("operatorname"_L1)) {
            line.addFunction(text);
        } else {
            line.add(text);
        }
    } else {
        return false;
    }
    return true;
}

QString TexReader::fraction()
{
    const QString above = argument();
    const QString below = argument();
    const QString one = vulgarFraction(above, below);
    return one.isEmpty() ? inParentheses(above) + u'/' + inParentheses(below) : one;
}

QString TexReader::root()
{
    const auto degree = option();
    const QString radicand = underRoot(argument());
    if (!degree || *degree == "2"_L1) {
        return u'\u221A' + radicand;
    }
    if (*degree == "3"_L1) {
        return u'\u221B' + radicand;
    }
    if (*degree == "4"_L1) {
        return u'\u221C' + radicand;
    }
    const auto raised = superscript(*degree);
    return raised ? *raised + u'\u221A' + radicand
                  : u"\\sqrt["_s + *degree + u"]{"_s + radicand + u'}';
}

QString TexReader::accented(const QString &name)
{
    const QString text = argument();
    const QChar accent(texAccent(name));
    const bool isOne = text.size() == 1 || (text.size() == 2 && text.front().isHighSurrogate());
    if (isOne) {
        return text + accent;
    }
    if (!isLongAccent(name)) {
        return u'\\' + name + u'{' + text + u'}';
    }
    QString result;
    for (const QChar character : text) {
        result += character;
        if (!character.isHighSurrogate()) {
            result += accent;
        }
    }
    return result;
}

void TexReader::readEnvironment(TexLine &line)
{
    const QString name = rawArgument();
    if (name == "array"_L1 || name.startsWith("alignat"_L1)) {
        rawArgument(); // its columns
    }
    QList<QStringList> rows{QStringList()};
    while (!m_failed) {
        rows.last().append(sequence(Until::Cell).trimmed());
        if (takeIf(u"&")) {
            continue;
        }
        if (takeIf(u"\\\\")) {
            option(); // its distance
            rows.append(QStringList());
            continue;
        }
        if (!takeIf(QString(u"\\end{"_s + name + u'}'))) {
            m_failed = true;
        }
        break;
    }
    if (rows.last().join(QString()).isEmpty()) {
        rows.removeLast();
    }
    const auto *matrix = std::find_if(std::begin(Matrices), std::end(Matrices),
                                      [&name](const Brackets &each) { return each.name == name; });
    QStringList lines;
    for (const QStringList &row : rows) {
        lines.append(row.join(matrix == std::end(Matrices) ? u" "_s : u", "_s).trimmed());
    }
    if (matrix == std::end(Matrices)) {
        line.add(lines.join(QChar(u'\u2028')));
    } else {
        line.add(matrix->opening.toString() + lines.join(u"; "_s) + matrix->closing.toString());
    }
}

} // namespace Maestro::Markdown
