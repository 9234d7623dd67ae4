// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/quotation.h"

#include <QCoreApplication>
#include <QStringList>
#include <QTextBoundaryFinder>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! The last place before `position` where such a unit of the text ends.
qsizetype boundaryBefore(const QString &text, QTextBoundaryFinder::BoundaryType type,
                         qsizetype position)
{
    QTextBoundaryFinder finder(type, text);
    finder.setPosition(position);
    return finder.toPreviousBoundary();
}

} // namespace

QString shortened(const QString &text, qsizetype limit)
{
    const QString line = text.simplified();
    if (line.size() <= limit) {
        return line;
    }
    // Half of it is worth more than a whole first sentence that says little.
    const qsizetype least = limit / 2;
    if (const qsizetype sentence = boundaryBefore(line, QTextBoundaryFinder::Sentence, limit - 1);
        sentence > least) {
        return line.left(sentence).trimmed() + u" …"_s;
    }
    if (const qsizetype word = line.lastIndexOf(u' ', limit - 1); word > least) {
        return line.left(word) + u'…';
    }
    return line.left(boundaryBefore(line, QTextBoundaryFinder::Grapheme, limit)) + u'…';
}

QString quotation(const QString &reason)
{
    const QString words = shortened(reason);
    return words.isEmpty() ? QString()
                           : QCoreApplication::translate("Quotation", "“%1”").arg(words);
}

QString paragraphOf(const Error &error)
{
    QStringList parts{error.message, quotation(error.reason), error.advice};
    parts.removeAll(QString());
    return parts.join(u' ');
}

} // namespace Maestro
