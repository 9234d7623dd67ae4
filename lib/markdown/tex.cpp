// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/tex.h"

#include "markdown/texsymbols.h"

#include <QStringList>

#include <algorithm>

namespace Maestro::Markdown {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostDepth = 40;

constexpr QStringView Opening = u" ([{\u27E8\u230A\u2308\u2003\u2028";
constexpr QStringView Closing = u" )]},;\u27E9\u230B\u2309\u2003\u2028";

//! Raised and lowered letters and digits belong to what they follow.
bool isFullWidth(QChar character)
{
    return character.isLetterOrNumber() && character.category() != QChar::Number_Other
        && character.category() != QChar::Letter_Modifier;
}

bool isLetter(QChar character)
{
    return (character >= u'a' && character <= u'z') || (character >= u'A' && character <= u'Z');
}

//! Puts a line together, with one space where some are wanted.
class Line
{
public:
    void add(QStringView text);
    void addSpace() { m_wantsSpace = true; }
    void addOperator(QStringView text);
    void addFunction(QStringView text);

    bool isEmpty() const { return m_text.isEmpty(); }
    QString take() { return std::move(m_text); }

private:
    QString m_text;
    bool m_wantsSpace = false;
    bool m_wantsGap = false; //!< a space if a letter or a digit follows
};

void Line::add(QStringView text)
{
    if (text.isEmpty()) {
        return;
    }
    const bool isApart = m_wantsSpace || (m_wantsGap && isFullWidth(text.front()));
    const bool isOpen = m_text.isEmpty() || Opening.contains(m_text.back());
    if (isApart && !isOpen && !Closing.contains(text.front())) {
        m_text += u' ';
    }
    m_text += text;
    m_wantsSpace = m_wantsGap = false;
}

void Line::addOperator(QStringView text)
{
    addSpace();
    add(text);
    addSpace();
}

void Line::addFunction(QStringView text)
{
    m_wantsSpace = m_wantsSpace || (!m_text.isEmpty() && m_text.back().isLetterOrNumber());
    add(text);
    m_wantsGap = true;
}

//! Whether a text can stand beside a slash or under a root without parentheses.
bool isSimple(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar character) {
        return character.isSpace() || QStringView(u"+-\u2212/\u00B7=<>,;*").contains(character);
    });
}

QString inParentheses(const QString &text) { return isSimple(text) ? text : u'(' + text + u')'; }

//! Reads TeX from the left to the right. `m_failed` says that it is no TeX.
class Reader
{
public:
    explicit Reader(QStringView tex)
        : m_tex(tex)
    { }

    std::optional<QString> read();

private:
    enum class Until { End, Brace, Bracket, Cell };

    bool isAtEnd() const { return m_at >= m_tex.size(); }
    QChar next() const { return isAtEnd() ? QChar() : m_tex.at(m_at); }
    bool takeIf(QStringView text);
    void skipSpace();
    QString takeName();

    QString sequence(Until until);
    void readCharacter(Line &line);
    void readCommand(Line &line);
    void readScript(Line &line);
    bool readStructure(Line &line, const QString &name);
    void readUnknown(Line &line, const QString &name);
    void readEnvironment(Line &line);
    bool ends(Until until);
    QString argument();
    QString rawArgument();
    std::optional<QString> option();
    QString fraction();
    QString root();
    QString accented(const QString &name);

    QStringView m_tex;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_failed = false;
};

bool Reader::takeIf(QStringView text)
{
    const bool isThere = m_tex.sliced(m_at).startsWith(text);
    m_at += isThere ? text.size() : 0;
    return isThere;
}

void Reader::skipSpace()
{
    while (next().isSpace()) {
        ++m_at;
    }
}

//! The name of a command, behind its backslash: letters, or one other character.
QString Reader::takeName()
{
    const qsizetype from = m_at;
    while (isLetter(next())) {
        ++m_at;
    }
    if (m_at == from && !isAtEnd()) {
        ++m_at;
    } else if (m_tex.sliced(from, m_at - from) == u"operatorname" && next() == u'*') {
        ++m_at;
    }
    return m_tex.sliced(from, m_at - from).toString();
}

std::optional<QString> Reader::read()
{
    const QString text = sequence(Until::End);
    return m_failed || !isAtEnd() ? std::nullopt : std::optional(text.trimmed());
}

//! Whether what is read ends here; takes what ends it, but for the end of a cell.
bool Reader::ends(Until until)
{
    switch (until) {
    case Until::End:
        return false;
    case Until::Brace:
        return takeIf(u"}");
    case Until::Bracket:
        return takeIf(u"]");
    case Until::Cell: {
        const QStringView rest = m_tex.sliced(m_at);
        return rest.startsWith(u'&') || rest.startsWith(u"\\\\") || rest.startsWith(u"\\end{");
    }
    }
    return false;
}

QString Reader::sequence(Until until)
{
    Line line;
    if (++m_depth > MostDepth) {
        m_failed = true;
    }
    while (!m_failed) {
        if (!isAtEnd() && ends(until)) {
            --m_depth;
            return line.take();
        }
        if (isAtEnd()) {
            m_failed = until != Until::End;
            break;
        }
        readCharacter(line);
    }
    --m_depth;
    return line.take();
}

void Reader::readCharacter(Line &line)
{
    const QChar character = m_tex.at(m_at);
    if (character.isSpace() || character == u'~') {
        ++m_at;
        line.addSpace();
    } else if (character == u'\\') {
        ++m_at;
        readCommand(line);
    } else if (character == u'{') {
        ++m_at;
        line.add(sequence(Until::Brace));
    } else if (character == u'}') {
        m_failed = true;
    } else if (character == u'^' || character == u'_') {
        readScript(line);
    } else if (character == u'&') { // of an alignment without its environment
        ++m_at;
    } else if (character == u'\'') {
        ++m_at;
        line.add(takeIf(u"'") ? u"\u2033" : u"\u2032");
    } else if (character == u'-') {
        ++m_at;
        line.add(u"\u2212");
    } else {
        const qsizetype length = character.isHighSurrogate() && m_at + 1 < m_tex.size() ? 2 : 1;
        line.add(m_tex.sliced(m_at, length));
        m_at += length;
    }
}

//! One thing behind a command, a "^" or a "_": a group, a command or a character.
QString Reader::argument()
{
    skipSpace();
    if (isAtEnd() || next() == u'}') {
        m_failed = true;
        return {};
    }
    if (takeIf(u"{")) {
        return sequence(Until::Brace);
    }
    Line line;
    if (++m_depth > MostDepth) {
        m_failed = true;
        return {};
    }
    readCharacter(line);
    --m_depth;
    return line.take();
}

//! A group as it is written: of commands that take words.
QString Reader::rawArgument()
{
    skipSpace();
    if (!takeIf(u"{")) {
        return argument();
    }
    const qsizetype from = m_at;
    for (int depth = 1; !isAtEnd(); ++m_at) {
        if (next() == u'\\') {
            ++m_at;
        } else if (next() == u'{') {
            ++depth;
        } else if (next() == u'}' && --depth == 0) {
            ++m_at;
            return m_tex.sliced(from, m_at - 1 - from).toString();
        }
    }
    m_failed = true;
    m_at = m_tex.size();
    return {};
}

std::optional<QString> Reader::option()
{
    skipSpace();
    return takeIf(u"[") ? std::optional(sequence(Until::Bracket)) : std::nullopt;
}

void Reader::readScript(Line &line)
{
    const QChar mark = m_tex.at(m_at++);
    const QString text = argument();
    const auto script = mark == u'^' ? superscript(text) : subscript(text);
    if (script) {
        line.add(*script);
    } else if (text.size() == 1) {
        line.add(QString(mark) + text);
    } else {
        line.add(mark + u'{' + text + u'}');
    }
}

void Reader::readCommand(Line &line)
{
    static const QStringList dropped{
        u"left"_s,         u"right"_s,       u"middle"_s, u"big"_s,      u"Big"_s,
        u"bigg"_s,         u"Bigg"_s,        u"bigl"_s,   u"bigr"_s,     u"Bigl"_s,
        u"Bigr"_s,         u"biggl"_s,       u"biggr"_s,  u"Biggl"_s,    u"Biggr"_s,
        u"displaystyle"_s, u"textstyle"_s,   u"limits"_s, u"nolimits"_s, u"nonumber"_s,
        u"notag"_s,        u"scriptstyle"_s, u"!"_s,      u"("_s,        u")"_s};
    const QString name = takeName();
    if (name.isEmpty()) {
        m_failed = true;
        return;
    }
    if (const auto symbol = texSymbol(name)) {
        switch (symbol->kind) {
        case TexSymbol::Kind::Letter:
            skipSpace();
            line.add(symbol->text);
            break;
        case TexSymbol::Kind::Plain:
            line.add(symbol->text);
            break;
        case TexSymbol::Kind::Operator:
            line.addOperator(symbol->text);
            break;
        case TexSymbol::Kind::Function:
            line.addFunction(symbol->text);
            break;
        }
    } else if (dropped.contains(name)) {
        skipSpace();
        if ((name == "left"_L1 || name == "right"_L1) && next() == u'.') {
            ++m_at; // no delimiter
        }
    } else if (!readStructure(line, name)) {
        readUnknown(line, name);
    }
}

//! What cannot be said stays as it is, its arguments in braces.
void Reader::readUnknown(Line &line, const QString &name)
{
    line.add(u'\\' + name);
    while (takeIf(u"{")) {
        line.add(u'{' + sequence(Until::Brace) + u'}');
    }
    line.addSpace();
}

//! Commands that take arguments, and those of one character.
bool Reader::readStructure(Line &line, const QString &name)
{
    if (name.size() == 1 && !isLetter(name.front())) {
        const QChar character = name.front();
        if (character == u'\\') {
            line.add(u"\u2028");
        } else if (QStringView(u",;:> \n\t").contains(character)) {
            line.addSpace();
        } else if (QStringView(u"{}$%#&_").contains(character)) {
            line.add(name);
        } else if (character == u'|') {
            line.add(u"\u2016");
        } else {
            return false;
        }
    } else if (name == "quad"_L1 || name == "qquad"_L1) {
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

QString Reader::fraction()
{
    const QString above = argument();
    const QString below = argument();
    const QString one = vulgarFraction(above, below);
    return one.isEmpty() ? inParentheses(above) + u'/' + inParentheses(below) : one;
}

QString Reader::root()
{
    const auto degree = option();
    const QString radicand = inParentheses(argument());
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

QString Reader::accented(const QString &name)
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

void Reader::readEnvironment(Line &line)
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

} // namespace

std::optional<QString> texToUnicode(QStringView tex) { return Reader(tex).read(); }

} // namespace Maestro::Markdown
