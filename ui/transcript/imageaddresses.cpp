// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/imageaddresses.h"

#include "ui/transcript/link.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

using Markdown::Style;

constexpr qsizetype Longest = 44;
//! So much of the end, the name of a file as a rule, is there with the longest host, too.
constexpr qsizetype LeastEnd = 12;
//! Of what is no address in the web: data is not read, but its kind is.
constexpr qsizetype LongestOther = 28;

bool isImage(const Markdown::Span &span)
{
    return span.styles.testFlag(Style::Image) && span.address >= 0;
}

bool hasImage(const Markdown::Inline &text)
{
    return std::any_of(text.spans.begin(), text.spans.end(), isImage);
}

} // namespace

QString shortAddress(const QString &url)
{
    const QString address = linkAddress(url);
    const QUrl parsed(address, QUrl::StrictMode);
    const QString scheme = parsed.scheme();
    const QString host = parsed.host(QUrl::FullyEncoded);
    if ((scheme != "https"_L1 && scheme != "http"_L1) || host.isEmpty()) {
        return address.size() <= LongestOther ? address : address.left(LongestOther - 1) + u'…';
    }
    const QString shown
        = scheme == "https"_L1 ? address.mid(QString(u"https://"_s).size()) : address;
    if (shown.size() <= Longest) {
        return shown;
    }
    // All up to the path: with whatever name or port, it is what the request goes to.
    const qsizetype path = shown.indexOf(u'/', shown.indexOf(host));
    if (path < 0) {
        return shown;
    }
    const qsizetype end = std::max(LeastEnd, Longest - path - 2);
    return shown.size() <= path + 2 + end ? shown : shown.left(path + 1) + u'…' + shown.right(end);
}

Markdown::Inline withImageAddresses(const Markdown::Inline &text)
{
    if (!hasImage(text)) {
        return text;
    }
    Markdown::Inline result{{}, {}, text.addresses};
    qsizetype at = 0;
    for (qsizetype i = 0; i < text.spans.size(); ++i) {
        Markdown::Span span = text.spans[i];
        result.text += QStringView(text.text).mid(at, span.from - at);
        at = span.from + span.length;
        QString words = text.text.mid(span.from, span.length);
        const QString url = isImage(span) ? text.addresses.value(span.address).url : QString();
        const bool isAddress = words == url;
        if (isAddress) {
            words = shortAddress(url);
        }
        span.from = result.text.size();
        span.length = words.size();
        result.text += words;
        result.spans.append(span);
        // The description may be of several spans, one of them bold for example.
        const bool goesOn = i + 1 < text.spans.size() && isImage(text.spans[i + 1])
            && text.spans[i + 1].address == span.address && text.spans[i + 1].from == at;
        if (isImage(span) && !isAddress && !goesOn) {
            const QString where = u' ' + shortAddress(url);
            const Markdown::Styles kept = span.styles & (Style::Image | Style::Link);
            result.spans.append(
                {result.text.size(), where.size(), kept | Style::Address, span.address});
            result.text += where;
        }
    }
    result.text += QStringView(text.text).mid(at);
    return result;
}

QList<Markdown::Inline> withImageAddresses(const QList<Markdown::Inline> &texts)
{
    if (std::none_of(texts.begin(), texts.end(), hasImage)) {
        return texts;
    }
    QList<Markdown::Inline> result;
    for (const Markdown::Inline &text : texts) {
        result.append(withImageAddresses(text));
    }
    return result;
}

} // namespace Maestro
