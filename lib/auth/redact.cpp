// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/redact.h"

#include "core/utf8.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

struct Rule
{
    QRegularExpression pattern;
    QString replacement;
};

QRegularExpression pattern(const QString &text)
{
    QRegularExpression expression(text, QRegularExpression::CaseInsensitiveOption);
    expression.optimize();
    return expression;
}

//! The parameters whose values are secrets or as good as: what a sign-in sends, receives and
//! stores.
const QString &sensitiveNames()
{
    static const QString names
        = u"(?:access_token|api_key|apikey|authorization|client_secret|code|code_verifier|"
          "device_auth_id|id_token|key|password|refresh_token|requested_token|state|subject_token|"
          "token|user_code|x-api-key|x-goog-api-key)"_s;
    return names;
}

const std::array<Rule, 10> &rules()
{
    // What is open at the end of a line ends there, lest it take the name of the next line's secret
    // for its value.
    // Never destroyed: Qt logs until the very end of the process, after statics are gone.
    static const auto *const rules = new std::array<Rule, 10>{{
        // Addresses first: the rules below would leave parts of a query.
        {pattern(
             uR"(\b([a-z][a-z0-9+.\-]*://)(?:[^\s/?#"'<>@]*@)?([^\s?#"'<>\\]*)(?:[?#][^\s"'<>\\]*)?)"_s),
         u"\\1\\2"_s},
        {pattern(uR"(\b(Bearer|Basic)([ \t]+|%20|\+)[^\s"',;\\]+)"_s), u"\\1 [redacted]"_s},
        {pattern(u"(\""_s + sensitiveNames() + uR"("\s*:\s*")(?:[^"\\\n]|\\.)*("|(?=\n)|$))"_s),
         u"\\1[redacted]\\2"_s},
        // JSON within a string of JSON
        {pattern(uR"((\\")"_s + sensitiveNames() + uR"(\\"\s*:\s*\\").*?(\\"|(?=\n)|$))"_s),
         u"\\1[redacted]\\2"_s},
        // name=value, also percent-encoded within another value
        {pattern(uR"((?:(?<![a-z0-9_\-])|(?<=%3F)|(?<=%26))()"_s + sensitiveNames()
                 + uR"()(=|%3D)(?:"[^"\n]*"?|[^\s&"'<>,;\\]+))"_s),
         u"\\1\\2[redacted]"_s},
        // A header as a line
        {pattern(
             uR"(\b(x-api-key|x-goog-api-key|authorization)([ \t]*:[ \t]*)(?![ \t]*(?:Bearer|Basic) \[redacted\])[^\s"',;\\]+)"_s),
         u"\\1\\2[redacted]"_s},
        {pattern(uR"((?<![a-z0-9])sk-[a-z0-9_\-]{4,})"_s), u"sk-[redacted]"_s},
        {pattern(uR"((?<![a-z0-9])(rt|ac|at)([_.])[a-z0-9_\-.~+/]{6,})"_s), u"\\1\\2[redacted]"_s},
        {QRegularExpression(uR"((?<![A-Za-z0-9])eyJ[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]*){0,4})"_s),
         u"[redacted token]"_s},
        {QRegularExpression(uR"((?<![A-Za-z0-9])AIza[A-Za-z0-9_\-]{10,})"_s), u"[redacted key]"_s},
    }};
    return *rules;
}

//! Nothing visible: controls, and the format characters that reorder or hide text.
bool isHidden(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_PrivateUse:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

} // namespace

QString redacted(const QString &text)
{
    QString result = repairUtf16(text);
    for (const Rule &rule : rules()) {
        result.replace(rule.pattern, rule.replacement);
    }
    return result;
}

QString redacted(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment
                        | QUrl::FullyEncoded);
}

QString quoted(const QString &text, qsizetype limit)
{
    // Longer than any limit asked for, and short enough to be searched at once.
    constexpr qsizetype Searched = 16 * 1024;
    QString result = redacted(text.left(Searched));
    for (QChar &c : result) {
        if (isHidden(c)) {
            c = u' ';
        }
    }
    result = result.simplified();
    if (result.size() > limit) {
        result.truncate(limit - 1);
        if (!result.isEmpty() && result.back().isHighSurrogate()) {
            result.chop(1);
        }
        result += u'…';
    }
    return result;
}

} // namespace Maestro::OAuth
