// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "asking.h"

#include "command.h"

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

qsizetype promptCharacters(const ChatRequest &request)
{
    qsizetype characters = request.conversation.system.size();
    for (const Turn &turn : request.conversation.turns) {
        if (const auto *prompt = std::get_if<Prompt>(&turn)) {
            characters += prompt->text.size();
        }
    }
    return characters;
}

} // namespace

Asking::Asking(ChatClient &client, const Provider &provider, const AccountKey &account,
               const ChatRequest &request, AnswerPrinter::Form form, QObject *parent)
    : QObject(parent)
    , m_form(form)
    , m_prompt(std::get<Prompt>(request.conversation.turns.first()))
    , m_promptCharacters(promptCharacters(request))
    , m_session(client)
{
    m_session.setTarget(provider, account, request.model);
    m_session.setSystem(request.conversation.system);
    m_session.setOptions(request);
    connect(&m_session, &ChatSession::answerStarted, this, [this] {
        m_printer = std::make_unique<AnswerPrinter>(m_form);
        m_printer->start(m_promptCharacters);
    });
    connect(&m_session, &ChatSession::answerReceived, this,
            [this](const StreamMessages &messages) { m_printer->take(messages); });
    connect(&m_session, &ChatSession::answerFinished, this, &Asking::onAnswerFinished);
    connect(&m_session, &ChatSession::answeringChanged, this, &Asking::onAnsweringChanged);
    connect(&m_session, &ChatSession::toolPermissionAsked, this, &Asking::askPerson);
    connect(&m_session, &ChatSession::toolRan, this, [](const FunctionResult &result) {
        note(dim(result.failed ? u"%1 failed: %2"_s.arg(withoutControls(result.name),
                                                        withoutControls(result.output))
                               : u"%1 returned %2 characters."_s.arg(withoutControls(result.name))
                                     .arg(result.output.size()),
                 stderrShowsColours()));
    });
    connect(&m_interrupt, &Interrupt::requested, this, [this] {
        m_interrupted = true;
        m_session.stop();
    });
}

void Asking::setTools(const ToolRegistry &tools) { m_session.setTools(&tools); }

void Asking::start() { m_session.send(m_prompt.text, m_prompt.attachments); }

void Asking::onAnswerFinished(const std::optional<Error> &error)
{
    if (m_printer->answer().done()) {
        m_printer->finish();
    }
    m_error = error;
}

void Asking::onAnsweringChanged(bool isAnswering)
{
    if (isAnswering) {
        return;
    }
    m_question.reset();
    if (m_interrupted) {
        note(u"maestro-cli: Stopped. The answer above is not complete."_s);
    }
    Q_EMIT finished(m_error ? fail(*m_error) : m_interrupted ? Failed : Succeeded);
}

void Asking::askPerson(const ToolQuestion &question)
{
    m_question = question;
    writeNote(withoutControls(question.question) + u" [y/n] "_s);
    if (m_linesEnded) {
        answer(false);
        return;
    }
    if (!m_lines) {
        m_lines = std::make_unique<PastedLines>();
        connect(m_lines.get(), &PastedLines::pasted, this, &Asking::onLine);
        connect(m_lines.get(), &PastedLines::ended, this, [this] {
            m_linesEnded = true;
            answer(false);
        });
    }
}

//! Nothing but a clear yes is one.
void Asking::onLine(const QString &line)
{
    const bool isYes = line.compare("y"_L1, Qt::CaseInsensitive) == 0
        || line.compare("yes"_L1, Qt::CaseInsensitive) == 0;
    answer(isYes);
}

void Asking::answer(bool allowed)
{
    if (!m_question) {
        return;
    }
    const ToolQuestion question = *std::exchange(m_question, std::nullopt);
    if (!allowed) {
        note(u"Not allowed."_s);
    }
    m_session.allowTool(question.callId, allowed);
}

} // namespace Maestro::Cli
