// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/retrydelay.h"

#include "providers/plaintext.h"

#include <QDateTime>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace Maestro {

namespace {

constexpr milliseconds Longest = std::chrono::hours(24);

//! Who names more than a day means "not today": that is no reason to come back at once.
std::optional<milliseconds> reasonable(double count)
{
    if (!std::isfinite(count) || count < 0) {
        return {};
    }
    const double most = static_cast<double>(Longest.count());
    return milliseconds(static_cast<milliseconds::rep>(std::ceil(std::min(count, most))));
}

//! The three forms of RFC 9110 §5.6.7. The day of the week says nothing new.
std::optional<QDateTime> readDate(const QByteArray &text)
{
    static const QRegularExpression today(
        u"^\\w+, (\\d\\d)[ -](\\w{3})[ -](\\d\\d|\\d{4}) (\\d\\d:\\d\\d:\\d\\d) GMT$"_s);
    static const QRegularExpression ofC(
        u"^\\w+ (\\w{3}) +(\\d{1,2}) (\\d\\d:\\d\\d:\\d\\d) (\\d{4})$"_s);
    constexpr qsizetype DateLimit = 40;
    const QString words = QString::fromLatin1(text.left(DateLimit)).trimmed();
    QString date;
    if (const auto match = today.match(words); match.hasMatch()) {
        const QString year = match.captured(3);
        date = u"%1 %2 %3 %4"_s.arg(match.captured(1), match.captured(2),
                                    year.size() == 2 ? u"20"_s + year : year, match.captured(4));
    } else if (const auto old = ofC.match(words); old.hasMatch()) {
        date = u"%1 %2 %3 %4"_s.arg(old.captured(2).rightJustified(2, u'0'), old.captured(1),
                                    old.captured(4), old.captured(3));
    }
    QDateTime read = QLocale::c().toDateTime(date, u"dd MMM yyyy hh:mm:ss"_s);
    read.setTimeSpec(Qt::UTC);
    return read.isValid() ? std::optional(read) : std::nullopt;
}

//! By the other side's own clock, if it tells the time: ours may be wrong.
std::optional<milliseconds> untilDate(const QByteArray &text, const HttpHeaders &headers)
{
    const auto date = readDate(text);
    if (!date) {
        return {};
    }
    const QDateTime now
        = readDate(headerValue(headers, "date")).value_or(QDateTime::currentDateTimeUtc());
    return reasonable(static_cast<double>(std::max<qint64>(0, now.msecsTo(*date))));
}

std::optional<milliseconds> fromHeaders(const HttpHeaders &headers)
{
    bool isNumber = false;
    const double count = headerValue(headers, "retry-after-ms").toDouble(&isNumber);
    if (isNumber) {
        return reasonable(count);
    }
    const QByteArray text = headerValue(headers, "retry-after");
    const double seconds = text.toDouble(&isNumber);
    return isNumber ? reasonable(1000 * seconds) : untilDate(text, headers);
}

//! A duration as Go writes it: "12ms", "6s", "1m30.5s", "1h2m3s".
std::optional<milliseconds> readDuration(const QByteArray &text)
{
    static const QRegularExpression parts(
        u"^(?=\\d)(?:(\\d{1,18})h)?(?:(\\d{1,18})m)?(?:(\\d{1,18}(?:\\.\\d{1,9})?)s)?$"_s);
    static const QRegularExpression subsecond(u"^(\\d{1,18}(?:\\.\\d{1,9})?)ms$"_s);
    constexpr qsizetype DurationLimit = 80;
    if (text.size() > DurationLimit) {
        return {};
    }
    const QString words = QString::fromLatin1(text).trimmed();
    if (const auto match = subsecond.match(words); match.hasMatch()) {
        return reasonable(match.captured(1).toDouble());
    }
    const auto match = parts.match(words);
    return match.hasMatch()
        ? reasonable(3'600'000 * match.captured(1).toDouble()
                     + 60'000 * match.captured(2).toDouble() + 1000 * match.captured(3).toDouble())
        : std::nullopt;
}

//! OpenAI's limits: those of which nothing remains, and of several the last to be lifted.
std::optional<milliseconds> fromLimits(const HttpHeaders &headers)
{
    std::optional<milliseconds> longest;
    for (const QByteArray limit : {"requests", "tokens"}) {
        bool isNumber = false;
        const qlonglong remaining
            = headerValue(headers, "x-ratelimit-remaining-" + limit).toLongLong(&isNumber);
        if (isNumber && remaining == 0) {
            // Nothing is less than any duration.
            longest = std::max(longest,
                               readDuration(headerValue(headers, "x-ratelimit-reset-" + limit)));
        }
    }
    return longest;
}

std::optional<milliseconds> fromDetails(const QJsonArray &details)
{
    for (const QJsonValue &detail : details) {
        QString delay = detail["retryDelay"_L1].toString();
        if (delay.endsWith(u's')) {
            delay.chop(1);
            bool isNumber = false;
            const double seconds = delay.toDouble(&isNumber);
            if (isNumber) {
                return reasonable(1000 * seconds);
            }
        }
    }
    return {};
}

std::optional<milliseconds> fromWords(const QString &message)
{
    static const QRegularExpression words(
        u"(?:try again|retry) in (?:(\\d{1,4})m)?(\\d{1,9}(?:\\.\\d+)?) ?(ms|s\\b|seconds?)"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = words.match(message.left(PlainTextLimit));
    if (!match.hasMatch()) {
        return {};
    }
    const double unit = match.captured(3) == "ms"_L1 ? 1 : 1000;
    return reasonable(60'000 * match.captured(1).toDouble() + unit * match.captured(2).toDouble());
}

} // namespace

std::optional<milliseconds> retryDelay(const HttpHeaders &headers, const ReportedError &error)
{
    if (const auto delay = fromHeaders(headers)) {
        return delay;
    }
    if (const auto delay = fromDetails(error.details)) {
        return delay;
    }
    // The words are about this request, the limits about all of them.
    const auto delay = fromWords(error.message);
    return delay ? delay : fromLimits(headers);
}

} // namespace Maestro
