// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chattitle.h"

#include <QStringList>
#include <QTextBoundaryFinder>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! What a sidebar shows of a line, and some more for a tooltip.
constexpr qsizetype LongestTitle = 80;
//! A sentence that is shorter ("Hi.") takes the next along.
constexpr qsizetype ShortestTitle = 12;
//! A pasted book is not read to its end for its title.
constexpr qsizetype Read = 2000;

//! Written from right to left, or not to be seen: they would change the line around the title.
bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
}

//! On one line, without what markdown puts before it.
QString flattened(QString line)
{
    for (QChar &c : line) {
        // The joiners hold emoji and Indic letters together.
        const bool joins = c == QChar(0x200d) || c == QChar(0x200c);
        if (isControl(c) && !joins) {
            c = u' ';
        }
    }
    line = line.simplified();
    qsizetype start = 0;
    while (start < line.size() && u"#>*-` "_s.contains(line[start])) {
        ++start;
    }
    return line.mid(start);
}

//! The first line that says something, and as many more as it takes to say enough.
QString beginningOf(const QString &prompt)
{
    QString text;
    const QStringList lines = prompt.left(Read).split(u'\n');
    for (const QString &line : lines) {
        text = (text + u' ' + flattened(line)).trimmed();
        if (text.size() >= ShortestTitle) {
            break;
        }
    }
    return text;
}

qsizetype endOfFirstSentence(const QString &text)
{
    QTextBoundaryFinder sentences(QTextBoundaryFinder::Sentence, text);
    qsizetype end = sentences.toNextBoundary();
    while (end >= 0 && end < ShortestTitle) {
        end = sentences.toNextBoundary();
    }
    return end < 0 ? text.size() : end;
}

//! The last place at which the text may be cut, before the limit: between words if there is one,
//! never within a letter.
qsizetype placeToCut(const QString &text, qsizetype limit)
{
    for (const auto type : {QTextBoundaryFinder::Word, QTextBoundaryFinder::Grapheme}) {
        QTextBoundaryFinder finder(type, text);
        finder.setPosition(limit);
        const qsizetype place = finder.isAtBoundary() ? limit : finder.toPreviousBoundary();
        if (place > limit / 2) {
            return place;
        }
    }
    return limit;
}

} // namespace

QString titleOf(const QString &prompt)
{
    const QString text = beginningOf(prompt);
    QString title = text.left(endOfFirstSentence(text)).trimmed();
    if (title.size() > LongestTitle) {
        return title.left(placeToCut(title, LongestTitle - 1)).trimmed() + u'…';
    }
    if (title.endsWith(u'.') || title.endsWith(u'。')) {
        title.chop(1);
    }
    return title;
}

} // namespace Maestro
