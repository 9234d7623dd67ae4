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
    , m_printer(form)
    , m_promptCharacters(promptCharacters(request))
    , m_stream(client.ask(provider, account, request))
{
    connect(m_stream.get(), &ChatStream::received, this,
            [this](const StreamMessages &messages) { m_printer.take(messages); });
    connect(m_stream.get(), &ChatStream::finished, this, &Asking::onFinished);
    connect(&m_interrupt, &Interrupt::requested, this, [this] {
        m_interrupted = true;
        m_stream->stop();
    });
}

void Asking::start()
{
    m_printer.start(m_promptCharacters);
    m_stream->start();
}

void Asking::onFinished(const std::optional<Error> &error)
{
    if (m_printer.answer().done()) {
        m_printer.finish();
    }
    if (m_interrupted) {
        note(u"maestro-cli: Stopped. The answer above is not complete."_s);
    }
    Q_EMIT finished(error ? fail(*error) : m_interrupted ? Failed : Succeeded);
}

} // namespace Maestro::Cli
