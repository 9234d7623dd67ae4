// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answerprinter.h"

#include "command.h"
#include "core/overloaded.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

QString seconds(qint64 milliseconds)
{
    return QLocale::c().toString(static_cast<double>(milliseconds) / 1000.0, 'f', 1) + u" s"_s;
}

} // namespace

AnswerPrinter::AnswerPrinter(Form form)
    : m_form(form)
    , m_isTerminal(stdoutIsTerminal())
    , m_dims(stdoutShowsColours())
{ }

void AnswerPrinter::start(qsizetype promptCharacters)
{
    m_meter.start(
        qRound64(static_cast<double>(promptCharacters) / TokenRate().charactersPerToken()));
}

void AnswerPrinter::take(const StreamMessages &messages)
{
    for (const StreamMessage &message : messages) {
        m_answer.fold(message);
        m_meter.take(message);
        if (m_form == Form::JsonLines) {
            Cli::print(
                QString::fromUtf8(QJsonDocument(toJson(message)).toJson(QJsonDocument::Compact)));
        } else {
            print(message);
        }
    }
}

void AnswerPrinter::print(const StreamMessage &message)
{
    std::visit(Overloaded{
                   [this](const Content &content) {
                       if (content.replacesPart) {
                           note(u"The provider corrected its text. The whole of it follows."_s);
                           write(u"\n"_s);
                       }
                       speak(Voice::Text, content.part, content.text);
                   },
                   [this](const Reasoning &reasoning) {
                       if (m_isTerminal && !reasoning.replacesContent) {
                           speak(Voice::Reasoning, reasoning.part, reasoning.text);
                       }
                   },
                   [this](const FunctionCall &call) { printCall(call); },
                   [this](const Refusal &refusal) { speak(Voice::Text, -1, refusal.text); },
                   [](const Citation &) {},
                   [](const Usage &) {},
                   [](const StreamFault &fault) {
                       if (!fault.fatal) {
                           note(dim(fault.error.message, stderrShowsColours()));
                       }
                   },
                   [](const Done &) {},
               },
               message);
}

void AnswerPrinter::speak(Voice voice, int part, const QString &text)
{
    if (text.isEmpty()) {
        return;
    }
    if (m_isTerminal && m_voice != Voice::None && (m_voice != voice || m_part != part)) {
        hush();
        write(m_lineOpen ? u"\n\n"_s : u"\n"_s);
    }
    if (m_dims && m_voice != voice && voice == Voice::Reasoning) {
        write(u"\x1b[2m"_s);
    }
    m_voice = voice;
    m_part = part;
    m_lineOpen = !text.endsWith(u'\n');
    write(m_isTerminal ? withoutControls(text) : text);
}

void AnswerPrinter::hush()
{
    if (m_dims && m_voice == Voice::Reasoning) {
        write(u"\x1b[22m"_s);
    }
    m_voice = Voice::None;
}

void AnswerPrinter::printCall(const FunctionCall &call)
{
    if (call.phase != FunctionCall::Phase::Complete) {
        return;
    }
    hush();
    if (m_lineOpen && m_isTerminal) {
        write(u"\n"_s);
        m_lineOpen = false;
    }
    const QString who = call.executor == FunctionCall::Executor::Provider ? u"The provider runs"_s
                                                                          : u"The model calls"_s;
    note(dim(u"%1 %2(%3)"_s.arg(who, withoutControls(call.name), withoutControls(call.arguments)),
             stderrShowsColours()));
}

void AnswerPrinter::finish()
{
    m_meter.stop();
    hush();
    if (m_form == Form::Text && m_lineOpen) {
        write(u"\n"_s);
    }
    note(dim(summary(), stderrShowsColours()));
}

QString AnswerPrinter::summary() const
{
    const AnswerMeter::Reading reading = m_meter.reading();
    const QString about = reading.estimated ? u"~"_s : QString();
    const auto tokens = [&about](std::optional<qint64> count) {
        return count ? about + QString::number(*count) : u"?"_s;
    };
    QStringList facts{u"%1 tokens in"_s.arg(tokens(reading.input)),
                      u"%1 out"_s.arg(tokens(reading.output))};
    if (reading.reasoning) {
        facts.append(u"%1 of them reasoning"_s.arg(tokens(reading.reasoning)));
    }
    if (reading.cached.value_or(0) > 0) {
        facts.append(u"%1 cached"_s.arg(tokens(reading.cached)));
    }
    if (reading.tokensPerSecond > 0) {
        facts.append(
            u"%1%2 tokens/s"_s.arg(about, QLocale::c().toString(reading.tokensPerSecond, 'f', 1)));
    }
    if (reading.firstTokenMs) {
        facts.append(u"first token after %1"_s.arg(seconds(*reading.firstTokenMs)));
    }
    facts.append(u"%1 in all"_s.arg(seconds(reading.elapsedMs)));
    return facts.join(u", "_s);
}

} // namespace Maestro::Cli
