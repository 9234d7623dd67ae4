// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"
#include "commands.h"
#include "corefiles.h"
#include "net/logredaction.h"
#include "parse.h"

#include <QCoreApplication>
#include <QScopeGuard>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;
using namespace Maestro::Cli;

namespace {

struct Command
{
    QLatin1StringView name;
    QLatin1StringView summary;
    int (*run)(const QStringList &arguments);
};

constexpr Command Commands[] = {
    {"ask"_L1, "ask a model and stream its answer"_L1, runAsk},
    {"login"_L1, "sign in"_L1, runLogin},
    {"logout"_L1, "sign out"_L1, runLogout},
    {"accounts"_L1, "list the accounts"_L1, runAccounts},
    {"models"_L1, "list the models of a provider"_L1, runModels},
    {"check"_L1, "run the end-to-end test"_L1, runCheck},
    {"doctor"_L1, "look at the network and this computer"_L1, runDoctor},
    {"practice"_L1, "run the practice provider"_L1, runPractice},
    {"parse"_L1, "run a recorded stream through the decoder"_L1, runParse},
};

void printHelp()
{
    print(
        u"Usage: maestro-cli COMMAND [OPTIONS]\n\nThe terminal twin of Maestro, the native chat client for language models.\n\nCommands:"_s);
    for (const Command &command : Commands) {
        print(u"  %1 %2"_s.arg(command.name, -10).arg(command.summary));
    }
    print(
        u"\nOptions:\n  --help     this text; after a command, that command's\n  --version  the version"_s);
    print(u"\nExamples:\n"
          "  maestro-cli check --provider openai --practice --auto\n"
          "  maestro-cli ask --provider openai \"Why is the sky blue?\"\n"
          "  maestro-cli parse --provider anthropic --summary recording.sse"_s);
}

} // namespace

int main(int argc, char *argv[])
{
    Maestro::forbidCoreFiles();
    Maestro::installLogRedaction();
    const auto quiet = qScopeGuard(&Maestro::silenceLog);
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"maestro-cli"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(MAESTRO_VERSION));

    QStringList arguments = QCoreApplication::arguments().mid(1);
    if (arguments.isEmpty()) {
        return misused({}, u"What shall it do?"_s);
    }
    const QString word = arguments.takeFirst();
    if (word == "--help"_L1 || word == "-h"_L1 || word == "help"_L1) {
        printHelp();
        return Succeeded;
    }
    if (word == "--version"_L1) {
        print(u"maestro-cli "_s + QCoreApplication::applicationVersion());
        return Succeeded;
    }
    const auto command
        = std::find_if(std::begin(Commands), std::end(Commands),
                       [&word](const Command &candidate) { return candidate.name == word; });
    if (command == std::end(Commands)) {
        return misused({}, u"There is no command \"%1\"."_s.arg(word));
    }
    return command->run(arguments);
}
