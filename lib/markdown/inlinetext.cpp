// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/inlinetext.h"

#include "markdown/inlinebuilder.h"
#include "markdown/mathspans.h"
#include "markdown/tex.h"
#include "markdown/wellformed.h"

#include <algorithm>
#include <md4c.h>
#include <utility>

namespace Maestro::Markdown {

using namespace Qt::StringLiterals;

namespace {

//! md4c reads documents, and the text is one line or more of a paragraph. Behind a first line that
//! is no text, and indented, no line of it can be taken for the beginning of anything else.
constexpr QChar Beginning = u'\uFDD1';
constexpr QLatin1StringView Indentation("    ");

struct Reading
{
    InlineBuilder builder;
    bool hasBegun = false;
    bool isBehindBeginning = false;
};

void addText(Reading &reading, MD_TEXTTYPE type, QByteArrayView text)
{
    if (reading.hasBegun) {
        reading.builder.add(type, text);
    } else if (type == MD_TEXT_SOFTBR && reading.isBehindBeginning) {
        reading.hasBegun = true;
    } else {
        reading.isBehindBeginning = QString::fromUtf8(text) == Beginning;
    }
}

MD_PARSER makeParser()
{
    MD_PARSER parser = {};
    parser.flags = MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOHTML;
    parser.enter_block = [](MD_BLOCKTYPE, void *, void *) { return 0; };
    parser.leave_block = parser.enter_block;
    parser.enter_span = [](MD_SPANTYPE type, void *detail, void *reading) {
        static_cast<Reading *>(reading)->builder.enter(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void *, void *reading) {
        static_cast<Reading *>(reading)->builder.leave(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *reading) {
        addText(*static_cast<Reading *>(reading), type,
                QByteArrayView(text, static_cast<qsizetype>(size)));
        return 0;
    };
    return parser;
}

bool isPlain(QStringView text)
{
    return std::none_of(text.begin(), text.end(), [](QChar character) {
        return character < u' ' || character.unicode() >= 0xD800
            || QStringView(u"*_~`[<&\\@:.$").contains(character);
    });
}

//! Without the characters that mean something here.
QString withoutForeign(QStringView text)
{
    QString result = wellFormed(text.toString());
    for (qsizetype at = 0; at < result.size(); ++at) {
        const QChar character = std::as_const(result).at(at);
        if (character >= u'\uFDD0' && character <= u'\uFDEF') {
            result[at] = QChar::ReplacementCharacter;
        }
    }
    return result;
}

qsizetype endOfRun(QStringView text, qsizetype from)
{
    qsizetype to = from;
    while (to < text.size() && text.at(to) == u'`') {
        ++to;
    }
    return to;
}

//! Behind the code that begins with the ticks at `from`; behind the ticks if there is no end.
qsizetype endOfCode(QStringView text, qsizetype from)
{
    const qsizetype opened = endOfRun(text, from);
    for (qsizetype at = text.indexOf(u'`', opened); at >= 0;) {
        const qsizetype to = endOfRun(text, at);
        if (to - at == opened - from) {
            return to;
        }
        at = text.indexOf(u'`', to);
    }
    return opened;
}

//! The text for md4c, with something in the place of its mathematics that md4c does not look into.
QString withoutMath(const QString &text, InlineBuilder &builder)
{
    QString result;
    MathFinder finder(text);
    qsizetype from = 0;
    for (qsizetype at = 0; at < text.size();) {
        const QChar character = text.at(at);
        if (character == u'`') {
            at = endOfCode(text, at);
            continue;
        }
        if (character != u'$' && character != u'\\') {
            ++at;
            continue;
        }
        const auto math = finder.find(at);
        const QString source = math ? text.sliced(math->from, math->to - math->from) : QString();
        const QString readable = math
            ? texToUnicode(math->tex).value_or(QString(source).replace(u'\n', u' '))
            : QString();
        if (readable.isEmpty()) {
            at += character == u'\\' ? 2 : 1;
            continue;
        }
        result += QStringView(text).sliced(from, at - from);
        result += builder.addMath(readable, source, math->isDisplayed);
        at = from = math->to;
    }
    return result += QStringView(text).sliced(from);
}

} // namespace

Inline readInline(QStringView text, const QList<Reference> &references)
{
    while (text.endsWith(u' ') || text.endsWith(u'\t')) {
        text = text.chopped(1);
    }
    if (isPlain(text)) {
        return {.text = text.toString()};
    }
    Reading reading;
    QString source;
    for (const Reference &reference : references) {
        source += u'[' + reference.label.toString().replace(u'\n', u' ') + "]: "_L1
            + reading.builder.addReference(reference.address) + u'\n';
    }
    source += u'\n' + Beginning + u'\n' + Indentation
        + withoutMath(withoutForeign(text), reading.builder).replace(u'\n', u'\n' + Indentation)
        + u'\n';
    const QByteArray bytes = source.toUtf8();
    const MD_PARSER parser = makeParser();
    md_parse(bytes.constData(), static_cast<MD_SIZE>(bytes.size()), &parser, &reading);
    return reading.builder.take();
}

} // namespace Maestro::Markdown
