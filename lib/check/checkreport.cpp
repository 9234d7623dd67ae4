// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "check/checkreport.h"

#include "check/versions.h"
#include "core/quotation.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("CheckReport", text); }

//! One cell of a Markdown table, whatever the words are.
QString cell(const QString &text)
{
    QString escaped = text.simplified();
    for (const QChar special : u"\\`*_[]<>|"_s) {
        escaped.replace(special, QString(u'\\') + special);
    }
    return escaped;
}

QString row(const QStringList &cells) { return u"| "_s + cells.join(u" | "_s) + u" |\n"_s; }

QString mark(CheckStep::Status status)
{
    switch (status) {
    case CheckStep::Status::Pending:
        return tr("not reached");
    case CheckStep::Status::Running:
        return tr("not finished");
    case CheckStep::Status::Passed:
        return tr("passed");
    case CheckStep::Status::Failed:
        return tr("FAILED");
    case CheckStep::Status::Skipped:
        return tr("does not apply");
    }
    Q_UNREACHABLE();
}

QJsonValue orNull(std::optional<qint64> number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

QString orDash(std::optional<qint64> number) { return number ? QString::number(*number) : u"–"_s; }

QJsonObject toJson(const Error &error)
{
    return {{u"kind"_s, toWord(error.kind)},
            {u"message"_s, error.message},
            {u"reason"_s, error.reason},
            {u"advice"_s, error.advice},
            {u"detail"_s, error.detail}};
}

QString stepsTable(const CheckReport &report)
{
    QString table = row({tr("Stage"), tr("Result"), tr("At"), tr("Took"), tr("Facts")})
        + u"|---|---|---:|---:|---|\n"_s;
    for (const CheckStep &step : report.steps) {
        const bool hasRun
            = step.status == CheckStep::Status::Passed || step.status == CheckStep::Status::Failed;
        table += row({cell(step.title), mark(step.status),
                      hasRun ? tr("%1 ms").arg(step.startedMs) : u"–"_s,
                      hasRun ? tr("%1 ms").arg(step.durationMs) : u"–"_s, cell(step.detail)});
    }
    return table;
}

QString failures(const CheckReport &report)
{
    QString text;
    for (const CheckStep &step : report.steps) {
        if (step.error) {
            text += u"- **%1**: %2"_s.arg(cell(step.title), cell(paragraphOf(*step.error)));
            text += step.error->detail.isEmpty() ? u"\n"_s
                                                 : u"\n  (%1)\n"_s.arg(cell(step.error->detail));
        }
    }
    return text.isEmpty() ? text : u"\n## %1\n\n%2"_s.arg(tr("What failed"), text);
}

QString answerFacts(const CheckReport &report)
{
    if (report.events == 0) {
        return {};
    }
    QString facts = u"\n## %1\n\n"_s.arg(tr("The answer")) + row({tr("Fact"), tr("Value")})
        + u"|---|---|\n"_s;
    const auto add = [&facts](const QString &name, const QString &value) {
        facts += row({name, cell(value)});
    };
    add(tr("Model that answered"), report.answeringModel);
    add(tr("Response"), report.responseId);
    add(tr("Request"), QString::fromLatin1(report.requestId));
    add(tr("Stop reason"), report.stopReason);
    add(tr("Bytes, events"), u"%1, %2"_s.arg(report.bytes).arg(report.events));
    add(tr("Characters of text, of reasoning"),
        u"%1, %2"_s.arg(report.characters).arg(report.reasoningCharacters));
    add(tr("Function calls"), QString::number(report.functionCalls));
    add(tr("Events that could not be read"), QString::number(report.skippedEvents));
    add(tr("First token, whole answer (ms)"),
        u"%1, %2"_s.arg(orDash(report.firstTokenMs), orDash(report.answerMs)));
    if (report.usage) {
        add(tr("Tokens: input, output, total"),
            u"%1, %2, %3"_s.arg(orDash(report.usage->input), orDash(report.usage->output),
                                orDash(report.usage->total)));
        add(tr("Tokens: cached, reasoning"),
            u"%1, %2"_s.arg(orDash(report.usage->cached), orDash(report.usage->reasoning)));
    }
    return facts;
}

} // namespace

bool CheckReport::passed() const
{
    return count(CheckStep::Status::Passed) > 0
        && count(CheckStep::Status::Passed) + count(CheckStep::Status::Skipped) == steps.size();
}

int CheckReport::count(CheckStep::Status status) const
{
    return static_cast<int>(
        std::count_if(steps.begin(), steps.end(),
                      [status](const CheckStep &step) { return step.status == status; }));
}

QString toMarkdown(const CheckReport &report)
{
    const QJsonObject about = versions();
    QString text = u"# %1\n\n**%2** — %3, %4\n\n"_s.arg(
        tr("End-to-end check of Maestro"), report.passed() ? tr("Passed") : tr("Failed"),
        cell(report.providerName), report.startedAt.toString(Qt::ISODate));
    if (report.isPractice) {
        text += tr("This was the practice provider on this computer. It proves the program, not a "
                   "real provider.")
            + u"\n\n"_s;
    }
    text += row({tr("About"), {}}) + u"|---|---|\n"_s;
    text += row({tr("Host"), cell(report.host)});
    text += row({tr("Model asked"), cell(report.model)});
    text += row({tr("Prompt"), cell(report.prompt)});
    if (report.account) {
        text += row({tr("Account"), cell(report.account->email)});
        text += row({tr("Plan, organization"),
                     cell(report.account->plan + u", "_s + report.account->organization)});
    }
    text += row({tr("Maestro, Qt"),
                 cell(about[u"maestro"_s].toString() + u", "_s + about[u"qt"_s].toString())});
    text += row(
        {tr("System"),
         cell(about[u"system"_s].toString() + u", "_s + about[u"architecture"_s].toString())});
    text += row({tr("Took"), tr("%1 ms").arg(report.durationMs)});
    text += u"\n## %1\n\n"_s.arg(tr("Stages")) + stepsTable(report) + failures(report)
        + answerFacts(report);
    return text;
}

QJsonObject toJson(const CheckReport &report)
{
    QJsonArray steps;
    for (const CheckStep &step : report.steps) {
        steps.append(
            QJsonObject{{u"id"_s, step.id},
                        {u"title"_s, step.title},
                        {u"status"_s, toWord(step.status)},
                        {u"started_ms"_s, step.startedMs},
                        {u"duration_ms"_s, step.durationMs},
                        {u"detail"_s, step.detail},
                        {u"error"_s, step.error ? QJsonValue(toJson(*step.error)) : QJsonValue()}});
    }
    QJsonObject json{{u"passed"_s, report.passed()},
                     {u"provider"_s, report.providerId},
                     {u"provider_name"_s, report.providerName},
                     {u"practice"_s, report.isPractice},
                     {u"host"_s, report.host},
                     {u"model"_s, report.model},
                     {u"prompt"_s, report.prompt},
                     {u"started_at"_s, report.startedAt.toString(Qt::ISODateWithMs)},
                     {u"duration_ms"_s, report.durationMs},
                     {u"versions"_s, versions()},
                     {u"stages"_s, steps},
                     {u"answer"_s,
                      QJsonObject{{u"model"_s, report.answeringModel},
                                  {u"response_id"_s, report.responseId},
                                  {u"request_id"_s, QString::fromLatin1(report.requestId)},
                                  {u"stop_reason"_s, report.stopReason},
                                  {u"bytes"_s, report.bytes},
                                  {u"events"_s, report.events},
                                  {u"characters"_s, report.characters},
                                  {u"reasoning_characters"_s, report.reasoningCharacters},
                                  {u"function_calls"_s, report.functionCalls},
                                  {u"skipped_events"_s, report.skippedEvents},
                                  {u"first_token_ms"_s, orNull(report.firstTokenMs)},
                                  {u"answer_ms"_s, orNull(report.answerMs)}}}};
    json[u"usage"_s]
        = report.usage ? QJsonValue(toJson(StreamMessage(*report.usage))) : QJsonValue();
    json[u"account"_s] = report.account
        ? QJsonValue(QJsonObject{{u"id"_s, report.account->key.accountId},
                                 {u"email"_s, report.account->email},
                                 {u"plan"_s, report.account->plan},
                                 {u"organization"_s, report.account->organization}})
        : QJsonValue();
    return json;
}

QString toWord(CheckStep::Status status)
{
    switch (status) {
    case CheckStep::Status::Pending:
        return u"not_reached"_s;
    case CheckStep::Status::Running:
        return u"not_finished"_s;
    case CheckStep::Status::Passed:
        return u"passed"_s;
    case CheckStep::Status::Failed:
        return u"failed"_s;
    case CheckStep::Status::Skipped:
        return u"skipped"_s;
    }
    Q_UNREACHABLE();
}

} // namespace Maestro
