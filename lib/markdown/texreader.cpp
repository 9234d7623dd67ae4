// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/texreader.h"

#include "markdown/texsymbols.h"

#include <QStringList>

namespace Maestro::Markdown {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostDepth = 40;

} // namespace

bool TexReader::isLetter(QChar character)
{
    return (character >= u'a' && character <= u'z') || (character >= u'A' && character <= u'Z');
}

bool TexReader::takeIf(QStringView text)
{
    const bool isThere = m_tex.sliced(m_at).startsWith(text);
    m_at += isThere ? text.size() : 0;
    return isThere;
}

void TexReader::skipSpace()
{
    while (next().isSpace()) {
        ++m_at;
    }
}

//! The name of a command, behind its backslash: letters, or one other character.
QString TexReader::takeName()
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

std::optional<QString> TexReader::read()
{
    const QString text = sequence(Until::End);
    return m_failed || !isAtEnd() ? std::nullopt : std::optional(text.trimmed());
}

//! Whether what is read ends here; takes what ends it, but for the end of a cell.
bool TexReader::ends(Until until)
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

QString TexReader::sequence(Until until)
{
    TexLine line;
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

void TexReader::readCharacter(TexLine &line)
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
QString TexReader::argument()
{
    skipSpace();
    if (isAtEnd() || next() == u'}') {
        m_failed = true;
        return {};
    }
    if (takeIf(u"{")) {
        return sequence(Until::Brace);
    }
    TexLine line;
    if (++m_depth > MostDepth) {
        m_failed = true;
        return {};
    }
    readCharacter(line);
    --m_depth;
    return line.take();
}

//! A group as it is written: of commands that take words.
QString TexReader::rawArgument()
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

std::optional<QString> TexReader::option()
{
    skipSpace();
    return takeIf(u"[") ? std::optional(sequence(Until::Bracket)) : std::nullopt;
}

void TexReader::readScript(TexLine &line)
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

void TexReader::readCommand(TexLine &line)
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
void TexReader::readUnknown(TexLine &line, const QString &name)
{
    line.add(u'\\' + name);
    while (takeIf(u"{")) {
        line.add(u'{' + sequence(Until::Brace) + u'}');
    }
    line.addSpace();
}

} // namespace Maestro::Markdown
