// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/retrydelay.h"

#include "providers/plaintext.h"

#include <QDateTime>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace Maestro {

namespace {

constexpr milliseconds Longest = std::chrono::hours(24);

std::optional<milliseconds> reasonable(double count)
{
    if (!std::isfinite(count) || count < 0 || count > static_cast<double>(Longest.count())) {
        return {};
    }
    return milliseconds(static_cast<milliseconds::rep>(std::ceil(count)));
}

std::optional<milliseconds> untilDate(const QByteArray &text)
{
    // RFC 9110 §10.2.3: an IMF-fixdate.
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()),
                                             u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid()) {
        return {};
    }
    date.setTimeSpec(Qt::UTC);
    return reasonable(
        static_cast<double>(std::max<qint64>(0, QDateTime::currentDateTimeUtc().msecsTo(date))));
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
    return isNumber ? reasonable(1000 * seconds) : untilDate(text);
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
    return fromWords(error.message);
}

} // namespace Maestro
