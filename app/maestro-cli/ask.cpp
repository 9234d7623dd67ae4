// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "asking.h"
#include "askoptions.h"
#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "compose.h"
#include "keeping.h"
#include "providerids.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

//! More than any model reads at once.
constexpr qint64 LongestPrompt = 8 * 1024 * 1024;

Result<QString> readPrompt(const QString &argument)
{
    if (argument != "-"_L1) {
        return argument;
    }
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) {
        return Error{Error::Kind::InvalidRequest, u"Standard input cannot be read."_s};
    }
    const QByteArray bytes = input.read(LongestPrompt + 1);
    if (bytes.size() > LongestPrompt) {
        return Error{Error::Kind::TooLarge, u"The prompt is longer than 8 MiB."_s};
    }
    return QString::fromUtf8(bytes);
}

} // namespace

int runAsk(const QStringList &arguments)
{
    CommandLine line(
        u"ask"_s,
        u"--provider P [--model M] [--system TEXT] [--file FILE] [--tools] [--json] PROMPT|-"_s,
        u"Asks a model and streams its answer to standard output: as the account that is named, "
        u"else with the key in the\n"
        "environment (OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY), else as the default "
        "account. With - the prompt\n"
        "is read from standard input."_s,
        {u"maestro-cli ask --provider openai \"Why is the sky blue?\""_s,
         u"maestro-cli ask --provider gemini --image photo.jpg \"What is this?\""_s,
         u"maestro-cli ask --provider anthropic --system \"Be brief.\" - < question.txt"_s});
    line.addOption({u"provider"_s, providerIdsWithCompatible() + u'.', u"P"_s});
    line.addOption({u"account"_s, u"The account, as the list of accounts names it."_s, u"ID"_s});
    line.addOption({u"model"_s, u"The model; without it the provider's usual one."_s, u"M"_s});
    line.addOption({u"api"_s, u"For openai: responses (the usual one) or chat."_s, u"A"_s});
    line.addOption({u"system"_s, u"The system prompt."_s, u"TEXT"_s});
    addAskOptions(line);
    line.addOption({u"json"_s, u"One JSON object a line instead of the text."_s});
    if (const auto code = line.parse(arguments, 1, 1)) {
        return *code;
    }

    ChatRequest request;
    if (const auto wrong = readNumbers(line, request)) {
        return misused(line.command(), *wrong);
    }
    if (line.isSet(u"tools"_s) && line.positional().first() == "-"_L1) {
        return misused(
            line.command(),
            u"With --tools you are asked on standard input: give the prompt as words."_s);
    }
    const std::unique_ptr<Composition> composition = compose();
    if (!composition) {
        return WrongUsage;
    }
    const QString id = line.value(u"provider"_s);
    const QString api = line.value(u"api"_s);
    const QString wrong
        = u"--provider must be %1, and --api one that it has."_s.arg(providerIdsWithCompatible());
    if (id != OpenAi::CompatibleId && !findProvider(composition->providers(), id, api)) {
        return misused(line.command(), wrong);
    }
    const Result<Account> account = composition->accountFor(id, line.value(u"account"_s));
    if (!account) {
        return fail(account.error());
    }
    const auto provider = composition->providerOf(account->key, api);
    if (!provider) {
        return misused(line.command(), wrong);
    }
    if (provider->models.isEmpty() && !line.isSet(u"model"_s)) {
        return misused(line.command(), u"This server has no usual model: name one by --model."_s);
    }
    const Result<QString> words = readPrompt(line.positional().first());
    if (!words) {
        return fail(words.error());
    }
    Prompt prompt{*words};
    if (const auto problem = readFiles(line, prompt, request)) {
        return fail(*problem);
    }
    if (prompt.text.trimmed().isEmpty() && prompt.attachments.isEmpty()) {
        return misused(line.command(), u"The prompt is empty."_s);
    }

    if (const auto locked = unlockFor(*composition, *account)) {
        return fail(*locked);
    }
    request.model = line.isSet(u"model"_s) ? line.value(u"model"_s) : provider->models.value(0);
    request.conversation = {line.value(u"system"_s), {prompt}};
    ToolRegistry tools;
    if (line.isSet(u"tools"_s)) {
        composition->addTools(tools, [prompt] { return prompt.attachments; });
    }
    Asking asking(composition->chatClient(), *provider, account->key, request,
                  line.isSet(u"json"_s) ? AnswerPrinter::Form::JsonLines
                                        : AnswerPrinter::Form::Text);
    if (line.isSet(u"tools"_s)) {
        asking.setTools(tools);
    }
    QObject::connect(&asking, &Asking::finished, qApp, &QCoreApplication::exit);
    asking.start();
    return QCoreApplication::exec();
}

} // namespace Maestro::Cli
