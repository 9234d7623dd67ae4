// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/plaintext.h"

#include "core/utf8.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

bool isTreacherous(QChar c)
{
    const char16_t code = c.unicode();
    const bool turnsDirection = (code >= 0x202A && code <= 0x202E)
        || (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F || code == 0x061C;
    return turnsDirection || (c.category() == QChar::Other_Control && c != u'\n');
}

} // namespace

QString plainText(const QString &text, qsizetype limit)
{
    QString plain = repairUtf16(text.left(2 * limit));
    plain.replace(u'\t', u' ');
    plain.removeIf(isTreacherous);
    // Providers repeat a wrong key in their words: OpenAI's and Anthropic's, Google's keys and
    // tokens, JSON web tokens, and whatever stands behind "Bearer".
    static const QRegularExpression secrets(
        uR"(\b(?:sk-[\w*-]{8,}|AIza[\w*-]{8,}|ya29\.[\w.*-]{8,}|eyJ[\w-]{8,}\.[\w.-]+)|(?<=\bBearer )\S+)"_s);
    plain.replace(secrets, u"[…]"_s);
    plain = plain.trimmed();
    if (plain.size() > limit) {
        plain.truncate(plain.at(limit - 1).isHighSurrogate() ? limit - 1 : limit);
        plain += u'…';
    }
    return plain;
}

} // namespace Maestro
