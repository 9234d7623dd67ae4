// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/currenttimetool.h"

#include <QDateTime>
#include <QJsonArray>
#include <QLocale>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Maestro {

FunctionDeclaration CurrentTimeTool::declaration() const
{
    return {u"current_time"_s,
            u"Tells the current date, weekday, time and time zone of the user."_s,
            {{u"type"_s, u"object"_s},
             {u"properties"_s, QJsonObject()},
             {u"additionalProperties"_s, false}}};
}

QString CurrentTimeTool::question(const QJsonObject &) const { return {}; }

QFuture<Result<ToolOutput>> CurrentTimeTool::run(const QJsonObject &)
{
    const QDateTime now = QDateTime::currentDateTime();
    const QString text
        = u"%1, %2 (%3)"_s.arg(QLocale::c().dayName(now.date().dayOfWeek()),
                               now.toOffsetFromUtc(now.offsetFromUtc()).toString(Qt::ISODate),
                               QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    return QtFuture::makeReadyFuture(Result<ToolOutput>(ToolOutput{text}));
}

} // namespace Maestro
