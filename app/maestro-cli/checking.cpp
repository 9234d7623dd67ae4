// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "checking.h"

#include "command.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

QString seconds(qint64 milliseconds)
{
    return QLocale::c().toString(static_cast<double>(milliseconds) / 1000.0, 'f', 3) + u" s"_s;
}

QString coloured(const QString &text, QLatin1StringView code)
{
    return stdoutShowsColours() ? u"\x1b["_s + code + u'm' + text + u"\x1b[0m"_s : text;
}

QString lineOf(const CheckStep &step)
{
    const QString times = u"%1  (took %2)"_s.arg(seconds(step.startedMs + step.durationMs), 9)
                              .arg(seconds(step.durationMs));
    const QString fact = step.detail.isEmpty() ? QString() : u": "_s + step.detail;
    switch (step.status) {
    case CheckStep::Status::Passed:
        return coloured(u"✓"_s, "32"_L1) + u' ' + times + u"  "_s + step.title + fact;
    case CheckStep::Status::Failed:
        return coloured(u"✗"_s, "31"_L1) + u' ' + times + u"  "_s + step.title;
    case CheckStep::Status::Skipped:
        return u"– "_s + step.title + fact;
    case CheckStep::Status::Pending:
    case CheckStep::Status::Running:
        return u"… "_s + step.title;
    }
    Q_UNREACHABLE();
}

} // namespace

Checking::Checking(EndToEndCheck::Setup setup, ChatClient &client, Person person, Output output,
                   const QString &reportFile, QObject *parent)
    : QObject(parent)
    , m_person(person)
    , m_output(output)
    , m_reportFile(reportFile)
    , m_promptCharacters(setup.prompt.size())
    , m_check(std::make_unique<EndToEndCheck>(std::move(setup), client))
{
    connect(m_check.get(), &EndToEndCheck::stepChanged, this, &Checking::onStep);
    connect(m_check.get(), &EndToEndCheck::browserRequested, this, &Checking::onBrowser);
    connect(m_check.get(), &EndToEndCheck::finished, this, &Checking::onFinished);
    connect(m_check.get(), &EndToEndCheck::answerReceived, this,
            [this](const StreamMessages &messages) {
                if (m_output == Output::Text) {
                    m_printer.take(messages);
                }
            });
    connect(&m_practicePerson, &PracticePerson::finished, this,
            [](bool succeeded, const QString &detail) {
                if (!succeeded) {
                    note(u"The practice person did not get through: "_s + detail);
                }
            });
    connect(&m_lines, &PastedLines::pasted, this, &Checking::onPasted);
    connect(&m_interrupt, &Interrupt::requested, this, [this] {
        note(u"\nmaestro-cli: Cancelled. Nothing was kept."_s);
        Q_EMIT finished(Failed);
    });
}

void Checking::start() { m_check->start(); }

void Checking::onStep(const CheckStep &step)
{
    if (m_output == Output::Json) {
        return;
    }
    if (step.status == CheckStep::Status::Running) {
        if (step.id == toWord(SignInStage::Person)) {
            print(lineOf(step)); // the one that takes its time
        } else if (step.id == "request"_L1) {
            m_printer.start(m_promptCharacters);
            m_answerShown = true;
        }
        return;
    }
    if (step.id == "complete"_L1 && m_answerShown) {
        m_printer.finish();
        m_answerShown = false;
    }
    print(lineOf(step));
    if (step.error) {
        fail(*step.error);
    }
    if (step.id == "first_token"_L1 && step.status == CheckStep::Status::Passed) {
        print({});
    }
}

void Checking::onBrowser(const QUrl &url)
{
    if (m_person == Person::Practice) {
        m_practicePerson.visit(url);
    } else {
        presentAddress(url, m_person == Person::Opens ? Browser::Open : Browser::LeaveClosed);
    }
}

void Checking::onPasted(const QString &line)
{
    SignIn *signIn = m_check->signIn();
    if (!signIn) {
        return;
    }
    if (const auto refused = signIn->submitAddress(line)) {
        fail(*refused);
        note(u"The check goes on waiting."_s);
    }
}

void Checking::onFinished(const CheckReport &report)
{
    if (m_output == Output::Json) {
        print(QString::fromUtf8(QJsonDocument(toJson(report)).toJson()).trimmed());
    } else {
        print(u"\n%1: %2 of %3 stages passed in %4.%5"_s
                  .arg(report.passed() ? coloured(u"PASSED"_s, "1;32"_L1)
                                       : coloured(u"FAILED"_s, "1;31"_L1))
                  .arg(report.count(CheckStep::Status::Passed))
                  .arg(report.steps.size() - report.count(CheckStep::Status::Skipped))
                  .arg(seconds(report.durationMs),
                       report.isPractice ? u" This was the practice provider, not a real one."_s
                                         : QString()));
    }
    const bool isWritten = m_reportFile.isEmpty() || writeReport(report);
    Q_EMIT finished(report.passed() && isWritten ? Succeeded : Failed);
}

bool Checking::writeReport(const CheckReport &report) const
{
    const bool asJson = m_reportFile.endsWith(".json"_L1, Qt::CaseInsensitive);
    QSaveFile file(m_reportFile);
    if (!file.open(QIODevice::WriteOnly)
        || file.write(asJson ? QJsonDocument(toJson(report)).toJson() : toMarkdown(report).toUtf8())
            < 0
        || !file.commit()) {
        fail({Error::Kind::Unknown,
              u"The report could not be written to %1."_s.arg(m_reportFile),
              {},
              file.errorString()});
        return false;
    }
    note(u"The report is in %1."_s.arg(m_reportFile));
    return true;
}

} // namespace Maestro::Cli
