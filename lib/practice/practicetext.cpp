// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practicetext.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

// Resources of a static library are linked only if somebody asks for them.
static void initializeResources() // Q_INIT_RESOURCE must stand outside of any namespace
{
    Q_INIT_RESOURCE(practice);
}

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

using Replacement = std::function<QString(const QRegularExpressionMatch &)>;

QString replaceEach(const QString &text, const QRegularExpression &pattern,
                    const Replacement &replacement)
{
    QString filled;
    qsizetype at = 0;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        filled += QStringView(text).sliced(at, match.capturedStart() - at);
        filled += replacement(match);
        at = match.capturedEnd();
    }
    filled += QStringView(text).sliced(at);
    return filled;
}

} // namespace

QString readText(const QString &path)
{
    initializeResources();
    QFile file(u":/practice/"_s + path);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return opened ? QString::fromUtf8(file.readAll()) : QString();
}

QString fillHtml(const QString &text, const TextValues &values,
                 const QHash<QString, QList<TextValues>> &lists)
{
    // One pass over the template finds lists and values, so nothing that was filled in is looked
    // at.
    static const QRegularExpression pattern(
        u"\\{\\{#(\\w+)\\}\\}\\n?(.*?)\\{\\{/\\1\\}\\}\\n?|\\{\\{\\{(\\w+)\\}\\}\\}|\\{\\{(\\w+)\\}\\}"_s,
        QRegularExpression::DotMatchesEverythingOption);
    return replaceEach(text, pattern, [&](const QRegularExpressionMatch &match) -> QString {
        if (match.hasCaptured(1)) {
            QString repeated;
            for (const TextValues &entry : lists.value(match.captured(1))) {
                repeated += fillHtml(match.captured(2), entry);
            }
            return repeated;
        }
        if (match.hasCaptured(3)) {
            return values.value(match.captured(3));
        }
        return values.value(match.captured(4)).toHtmlEscaped();
    });
}

QString fillText(const QString &text, const TextValues &values)
{
    static const QRegularExpression pattern(u"\\{\\{(\\w+)\\}\\}"_s);
    return replaceEach(text, pattern, [&](const QRegularExpressionMatch &match) {
        return values.value(match.captured(1));
    });
}

QString startOf(const QString &text, qsizetype characters)
{
    const bool cutsPair
        = characters > 0 && characters < text.size() && text[characters].isLowSurrogate();
    return text.left(cutsPair ? characters - 1 : characters);
}

QStringList cutIntoPieces(const QString &text, int characters)
{
    const qsizetype least = std::max(1, characters);
    QStringList pieces;
    qsizetype start = 0;
    while (start < text.size()) {
        qsizetype end = std::min(start + least, text.size());
        const qsizetype most = std::min(start + 2 * least, text.size());
        while (end < most && !text[end].isSpace()) {
            ++end;
        }
        if (end < text.size() && text[end].isLowSurrogate()) {
            ++end;
        }
        pieces.append(text.sliced(start, end - start));
        start = end;
    }
    return pieces;
}

} // namespace Maestro::Practice
