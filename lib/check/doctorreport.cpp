// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "check/doctorreport.h"

#include "check/versions.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(DoctorReport)
};

QString lineOf(const ProbeResult &result, qsizetype width)
{
    QString line = toText(result.status).leftJustified(width) + u"  "_s + result.title;
    if (!result.finding.isEmpty()) {
        line += u": "_s + result.finding;
    }
    if (!result.advice.isEmpty()) {
        line += u'\n' + QString(width + 2, u' ') + u"→ "_s + result.advice;
    }
    return line + u'\n';
}

} // namespace

int DoctorReport::count(ProbeResult::Status status) const
{
    return static_cast<int>(
        std::count_if(results.begin(), results.end(),
                      [status](const ProbeResult &result) { return result.status == status; }));
}

QString toText(ProbeResult::Status status)
{
    switch (status) {
    case ProbeResult::Status::Ok:
        return Tr::tr("ok");
    case ProbeResult::Status::Problem:
        return Tr::tr("PROBLEM");
    case ProbeResult::Status::Skipped:
        return Tr::tr("skipped");
    }
    Q_UNREACHABLE();
}

QString summaryOf(const DoctorReport &report)
{
    switch (const int problems = report.count(ProbeResult::Status::Problem)) {
    case 0:
        return Tr::tr("No problem was found.");
    case 1:
        return Tr::tr("One problem was found.");
    default:
        return Tr::tr("%1 problems were found.").arg(problems);
    }
}

QString toPlainText(const DoctorReport &report)
{
    using Status = ProbeResult::Status;
    const QJsonObject about = versions();
    qsizetype width = 0;
    for (const Status status : {Status::Ok, Status::Problem, Status::Skipped}) {
        width = std::max(width, toText(status).size());
    }
    QString text
        = Tr::tr("Connection check of Maestro, %1").arg(report.startedAt.toString(Qt::ISODate))
        + u'\n';
    text += u"Maestro %1, Qt %2, %3, %4\n\n"_s.arg(
        about[u"maestro"_s].toString(), about[u"qt"_s].toString(), about[u"system"_s].toString(),
        about[u"architecture"_s].toString());
    for (const ProbeResult &result : report.results) {
        text += lineOf(result, width);
    }
    return text + u'\n' + summaryOf(report) + u'\n';
}

QJsonObject toJson(const DoctorReport &report)
{
    QJsonArray probes;
    for (const ProbeResult &result : report.results) {
        probes.append(QJsonObject{{u"id"_s, result.id},
                                  {u"title"_s, result.title},
                                  {u"status"_s, toWord(result.status)},
                                  {u"finding"_s, result.finding},
                                  {u"advice"_s, result.advice}});
    }
    return {{u"passed"_s, report.passed()},
            {u"started_at"_s, report.startedAt.toString(Qt::ISODateWithMs)},
            {u"versions"_s, versions()},
            {u"probes"_s, probes}};
}

QString withoutHome(const QString &text, const QString &home)
{
    if (home.size() < 2) {
        return text; // a home at the root tells nothing, and would be in every path
    }
    // Not in the middle of a longer name: /home/ada is no part of /home/adam.
    const QRegularExpression whole(QRegularExpression::escape(home) + u"(?![\\w.-])"_s,
                                   QRegularExpression::UseUnicodePropertiesOption);
    return QString(text).replace(whole, u"~"_s);
}

} // namespace Maestro
