// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/hiddenmarks.h"

namespace Maestro {

namespace {

bool isAscii(QChar c)
{
    constexpr char16_t FirstBeyond = 0x80;
    return c.unicode() < FirstBeyond;
}

bool isJoiner(QChar c) { return c == QChar(0x200c) || c == QChar(0x200d); }

//! Tags (U+E0000 to U+E007F) are letters that no font shows: words may be hidden in them.
bool isOfTag(QStringView text, qsizetype at)
{
    constexpr QChar FirstHalf(0xdb40);
    const auto isSecondHalf
        = [](QChar c) { return c.unicode() >= 0xdc00 && c.unicode() <= 0xdc7f; };
    return text[at] == FirstHalf ? at + 1 < text.size() && isSecondHalf(text[at + 1])
                                 : at > 0 && text[at - 1] == FirstHalf && isSecondHalf(text[at]);
}

bool isHidden(QStringView text, qsizetype at)
{
    const QChar c = text[at];
    if (isAscii(c)) {
        return c.category() == QChar::Other_Control && c != u'\t';
    }
    if (isJoiner(c)) {
        return at == 0 || at + 1 == text.size() || isAscii(text[at - 1]) || isAscii(text[at + 1]);
    }
    const QChar::Category category = c.category();
    return category == QChar::Other_Format || category == QChar::Other_Control
        || category == QChar::Separator_Line || category == QChar::Separator_Paragraph
        || isOfTag(text, at);
}

} // namespace

bool turnsDirection(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
}

QList<qsizetype> hiddenInCode(QStringView code)
{
    QList<qsizetype> places;
    for (qsizetype at = 0; at < code.size(); ++at) {
        if (isHidden(code, at)) {
            places.append(at);
        }
    }
    return places;
}

QList<qsizetype> hiddenInMarks(const Markdown::Inline &text)
{
    using Markdown::Style;
    QList<qsizetype> places;
    for (const Markdown::Span &span : text.spans) {
        const QStringView words = QStringView(text.text).mid(span.from, span.length);
        if (span.styles.testFlag(Style::Code)) {
            for (const qsizetype at : hiddenInCode(words)) {
                places.append(span.from + at);
            }
        } else if (span.styles.testAnyFlags(Style::Link | Style::Image)) {
            for (qsizetype at = 0; at < words.size(); ++at) {
                if (turnsDirection(words[at])) {
                    places.append(span.from + at);
                }
            }
        }
    }
    return places;
}

} // namespace Maestro
