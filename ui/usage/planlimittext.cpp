// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/planlimittext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Usage)
};

constexpr double NearlyAll = 80;
constexpr qint64 DayHours = 24;
constexpr qint64 WeekHours = 7 * DayHours;

//! Some windows are told a minute short.
qint64 hoursOf(std::chrono::minutes window)
{
    constexpr qint64 HourMinutes = 60;
    constexpr qint64 Slack = 2;
    const qint64 hours = (window.count() + HourMinutes / 2) / HourMinutes;
    return std::abs(window.count() - hours * HourMinutes) <= Slack ? hours : 0;
}

} // namespace

QString limitName(const PlanLimit &limit)
{
    if (!limit.window) {
        return Tr::tr("plan limit");
    }
    const qint64 hours = hoursOf(*limit.window);
    if (hours == 0) {
        return Tr::tr("%1-minute limit").arg(limit.window->count());
    }
    return hours == WeekHours   ? Tr::tr("weekly limit")
        : hours == DayHours     ? Tr::tr("daily limit")
        : hours % DayHours == 0 ? Tr::tr("%1-day limit").arg(hours / DayHours)
                                : Tr::tr("%1-hour limit").arg(hours);
}

QString limitUseText(const PlanLimit &limit)
{
    constexpr double All = 100;
    if (limit.usedPercent >= All) {
        return Tr::tr("used up");
    }
    // What is left is not rounded away.
    const qint64 percent = std::min<qint64>(std::llround(limit.usedPercent), 99);
    const QString used = Tr::tr("%1% used").arg(QLocale().toString(percent));
    return isNearlyUsedUp(limit) ? Tr::tr("%1, nearly all of it").arg(used) : used;
}

QString limitResetText(const PlanLimit &limit, const QDateTime &now)
{
    if (!limit.resets) {
        return {};
    }
    const QLocale locale;
    const QDateTime reset = limit.resets->toLocalTime();
    const qint64 days = now.toLocalTime().date().daysTo(reset.date());
    // Some languages write seconds even where it is to be short.
    const QString time
        = locale.toString(reset.time(), locale.timeFormat(QLocale::ShortFormat).remove(u":ss"_s));
    constexpr qint64 Week = 7;
    return days <= 0 ? Tr::tr("resets %1").arg(time)
        : days == 1  ? Tr::tr("resets tomorrow at %1").arg(time)
        : days < Week
        ? Tr::tr("resets %1 at %2").arg(locale.dayName(reset.date().dayOfWeek()), time)
        : Tr::tr("resets on %1").arg(locale.toString(reset.date(), QLocale::ShortFormat));
}

QString limitText(const PlanLimit &limit, const QDateTime &now)
{
    const QString use = Tr::tr("%1: %2").arg(limitName(limit), limitUseText(limit));
    const QString reset = limitResetText(limit, now);
    return reset.isEmpty() ? use : Tr::tr("%1, %2").arg(use, reset);
}

bool isNearlyUsedUp(const PlanLimit &limit) { return limit.usedPercent > NearlyAll; }

const PlanLimit &tightest(const PlanLimits &limits)
{
    return *std::max_element(limits.begin(), limits.end(), [](const auto &a, const auto &b) {
        return a.usedPercent < b.usedPercent;
    });
}

} // namespace Maestro
