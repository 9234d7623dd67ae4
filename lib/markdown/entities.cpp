// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/entities.h"

#include <QFile>
#include <QHash>

static void initializeResources() // Q_INIT_RESOURCE must stand outside of any namespace
{
    Q_INIT_RESOURCE(markdown);
}

namespace Maestro::Markdown {

using namespace Qt::StringLiterals;

namespace {

//! The names of HTML's living standard: a name and its code points a line, in hexadecimal.
QHash<QString, QString> readNames()
{
    initializeResources();
    QHash<QString, QString> names;
    QFile file(u":/markdown/entities.txt"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        return names;
    }
    const QStringList lines = QString::fromLatin1(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    names.reserve(lines.size());
    for (const QString &line : lines) {
        const QStringList words = line.split(u' ');
        QString &text = names[words.first()];
        for (qsizetype word = 1; word < words.size(); ++word) {
            text += QChar::fromUcs4(words.at(word).toUInt(nullptr, 16));
        }
    }
    return names;
}

QString ofCodePoint(uint codePoint)
{
    const bool isCharacter
        = codePoint > 0 && codePoint <= QChar::LastValidCodePoint && !QChar::isSurrogate(codePoint);
    const char32_t character = isCharacter ? char32_t(codePoint) : char32_t(0xFFFD);
    return QString::fromUcs4(&character, 1);
}

} // namespace

QString resolveEntity(QStringView entity)
{
    static const QHash<QString, QString> names = readNames();
    if (!entity.startsWith(u'&') || !entity.endsWith(u';')) {
        return entity.toString();
    }
    const QStringView name = entity.sliced(1).chopped(1);
    if (name.startsWith("#x"_L1, Qt::CaseInsensitive)) {
        return ofCodePoint(name.sliced(2).toUInt(nullptr, 16));
    }
    if (name.startsWith(u'#')) {
        return ofCodePoint(name.sliced(1).toUInt());
    }
    return names.value(name.toString(), entity.toString());
}

bool isAsciiPunctuation(QChar character)
{
    return character.unicode() < 0x80 && character.isPrint() && !character.isLetterOrNumber()
        && character != u' ';
}

QString unescaped(QStringView text)
{
    constexpr qsizetype LongestEntity = 40;
    QString result;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text.at(at) == u'\\' && at + 1 < text.size() && isAsciiPunctuation(text.at(at + 1))) {
            result += text.at(++at);
            continue;
        }
        const qsizetype end = text.at(at) == u'&' ? text.indexOf(u';', at) : -1;
        if (end > 0 && end - at < LongestEntity) {
            const QStringView entity = text.sliced(at, end + 1 - at);
            const QString character = resolveEntity(entity);
            if (character != entity) {
                result += character;
                at = end;
                continue;
            }
        }
        result += text.at(at);
    }
    return result;
}

} // namespace Maestro::Markdown
