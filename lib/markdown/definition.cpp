// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/definition.h"

#include "markdown/entities.h"

namespace Maestro::Markdown {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MostOfALabel = 999;

//! The end of "[label]" (behind it), or -1.
qsizetype endOfLabel(QStringView text)
{
    const qsizetype end = std::min(text.size(), MostOfALabel + 2);
    for (qsizetype at = 1; at < end; ++at) {
        if (text.at(at) == u'\\') {
            ++at;
        } else if (text.at(at) == u'[') {
            return -1;
        } else if (text.at(at) == u']') {
            return text.sliced(1, at - 1).trimmed().isEmpty() ? -1 : at + 1;
        }
    }
    return -1;
}

//! Behind spaces and tabs.
qsizetype skipBlanks(QStringView text, qsizetype at)
{
    while (at < text.size() && (text.at(at) == u' ' || text.at(at) == u'\t')) {
        ++at;
    }
    return at;
}

//! Behind white space with at most one line end in it.
qsizetype skipSpace(QStringView text, qsizetype at)
{
    at = skipBlanks(text, at);
    return at < text.size() && text.at(at) == u'\n' ? skipBlanks(text, at + 1) : at;
}

qsizetype endOfBracketed(QStringView text, qsizetype at)
{
    for (++at; at < text.size(); ++at) {
        if (text.at(at) == u'\\') {
            ++at;
        } else if (text.at(at) == u'>') {
            return at + 1;
        } else if (text.at(at) == u'<' || text.at(at) == u'\n') {
            return -1;
        }
    }
    return -1;
}

qsizetype endOfDestination(QStringView text, qsizetype at)
{
    if (at < text.size() && text.at(at) == u'<') {
        return endOfBracketed(text, at);
    }
    const qsizetype from = at;
    int depth = 0;
    for (; at < text.size(); ++at) {
        const QChar character = text.at(at);
        if (character == u'\\' && at + 1 < text.size() && isAsciiPunctuation(text.at(at + 1))) {
            ++at;
        } else if (character.unicode() <= 0x20 || character.unicode() == 0x7F) {
            break;
        } else if (character == u'(') {
            ++depth;
        } else if (character == u')' && --depth < 0) {
            return -1;
        }
    }
    return depth == 0 && at > from ? at : -1;
}

qsizetype endOfTitle(QStringView text, qsizetype at)
{
    if (at >= text.size() || !QStringView(u"\"'(").contains(text.at(at))) {
        return -1;
    }
    const QChar opening = text.at(at);
    const QChar closing = opening == u'(' ? QChar(u')') : opening;
    for (++at; at < text.size(); ++at) {
        if (text.at(at) == u'\\') {
            ++at;
        } else if (text.at(at) == closing) {
            return at + 1;
        } else if (text.at(at) == opening) {
            return -1;
        }
    }
    return -1;
}

//! Behind the line end if nothing but blanks stands before it, or -1.
qsizetype endOfLine(QStringView text, qsizetype at)
{
    at = skipBlanks(text, at);
    if (at == text.size()) {
        return at;
    }
    return text.at(at) == u'\n' ? at + 1 : -1;
}

} // namespace

std::optional<Definition> leadingDefinition(QStringView paragraph)
{
    const QStringView text = paragraph.first(std::min(paragraph.size(), MostOfADefinition));
    const qsizetype colon = text.startsWith(u'[') ? endOfLabel(text) : -1;
    if (colon < 0 || colon >= text.size() || text.at(colon) != u':') {
        return std::nullopt;
    }
    const qsizetype from = skipSpace(text, colon + 1);
    const qsizetype to = endOfDestination(text, from);
    if (to < 0) {
        return std::nullopt;
    }
    QStringView url = text.sliced(from, to - from);
    if (url.startsWith(u'<')) {
        url = url.sliced(1).chopped(1);
    }
    Definition definition{.label = normalizedLabel(text.sliced(1, colon - 2)),
                          .address = {.url = unescaped(url)}};
    const qsizetype title = skipSpace(text, to);
    const qsizetype titleEnd = title > to ? endOfTitle(text, title) : -1;
    if (titleEnd > 0 && endOfLine(text, titleEnd) > 0) {
        definition.address.title = unescaped(text.sliced(title + 1, titleEnd - title - 2));
        definition.length = endOfLine(text, titleEnd);
        definition.hasTitle = true;
        return definition;
    }
    definition.length = endOfLine(text, to);
    // Where the limit cut the text, a line may not end.
    const bool isCut = definition.length == text.size() && text.size() < paragraph.size();
    return definition.length < 0 || isCut ? std::nullopt : std::optional(definition);
}

QString normalizedLabel(QStringView label)
{
    // Qt folds letter by letter; this is the one that CommonMark folds to two.
    return label.toString().simplified().toCaseFolded().replace(u"\u00DF"_s, u"ss"_s);
}

QList<QStringView> labelsIn(QStringView text)
{
    QList<QStringView> labels;
    for (qsizetype at = text.indexOf(u'['); at >= 0; at = text.indexOf(u'[', at + 1)) {
        const qsizetype end = endOfLabel(text.sliced(at));
        if (end > 0) {
            labels.append(text.sliced(at + 1, end - 2));
        }
    }
    return labels;
}

} // namespace Maestro::Markdown
