// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/link.h"

#include "ui/transcript/hiddenmarks.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr qsizetype LongestShownAddress = 300;

//! Letters that are not seen, or that turn the direction of what is.
bool isDeceptive(QChar c)
{
    const QChar::Category category = c.category();
    return category == QChar::Other_Format || category == QChar::Other_Control
        || category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
}

//! The host that a text seems to name; empty if it names none.
QString hostIn(const QString &text)
{
    static const QRegularExpression host(
        u"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\\s]*@)?((?:[\\p{L}\\p{N}-]+\\.)+[\\p{L}]{2,})(?:[:/?#]|$)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return host.match(text.trimmed()).captured(1).toLower();
}

QString withoutWww(const QString &host) { return host.startsWith("www."_L1) ? host.mid(4) : host; }

} // namespace

LinkVerdict linkVerdict(const QString &url, const QString &text)
{
    const QUrl address(url, QUrl::StrictMode);
    const QString scheme = address.scheme();
    if (!address.isValid()
        || (scheme != "https"_L1 && scheme != "http"_L1 && scheme != "mailto"_L1)) {
        return LinkVerdict::Refuse;
    }
    const auto hides
        = [](const QString &words) { return std::any_of(words.begin(), words.end(), isDeceptive); };
    if (hides(url) || hides(text)) {
        return LinkVerdict::Ask;
    }
    if (scheme == "mailto"_L1) {
        return text.contains(u'@') && address.path().compare(text, Qt::CaseInsensitive) != 0
            ? LinkVerdict::Ask
            : LinkVerdict::Open;
    }
    const QString host = address.host(QUrl::FullyEncoded).toLower();
    const bool isAscii
        = std::all_of(host.begin(), host.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (host.isEmpty() || !address.userInfo().isEmpty() || !isAscii || host.contains("xn--"_L1)) {
        return LinkVerdict::Ask;
    }
    const QString named = hostIn(text);
    return named.isEmpty() || withoutWww(named) == withoutWww(host) ? LinkVerdict::Open
                                                                    : LinkVerdict::Ask;
}

QString linkAddress(const QString &url)
{
    QString shown = QUrl(url, QUrl::StrictMode).toString(QUrl::FullyEncoded);
    if (shown.isEmpty()) {
        shown = url;
    }
    std::replace_if(shown.begin(), shown.end(), isDeceptive, HiddenSign);
    return shown.size() > LongestShownAddress ? shown.left(LongestShownAddress) + u'…' : shown;
}

} // namespace Maestro
