// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"
#include "parse.h"

#include <QCoreApplication>

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
    {"parse"_L1, "run a recorded stream through the decoder"_L1, runParse},
};

void printHelp()
{
    print(u"Usage: maestro-cli COMMAND [OPTIONS]\n\nThe terminal twin of Maestro, the native chat client for language models.\n\nCommands:"_s);
    for (const Command &command : Commands) {
        print(u"  %1 %2"_s.arg(command.name, -10).arg(command.summary));
    }
    print(u"\nOptions:\n  --help     this text; after a command, that command's\n  --version  the version"_s);
    print(u"\nExamples:\n"
          "  maestro-cli check --provider openai --practice --auto\n"
          "  OPENAI_API_KEY=… maestro-cli ask --provider openai \"Why is the sky blue?\"\n"
          "  maestro-cli parse --provider anthropic --summary recording.sse"_s);
}

} // namespace

int main(int argc, char *argv[])
{
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
    const auto command = std::find_if(std::begin(Commands), std::end(Commands),
                                      [&word](const Command &candidate) { return candidate.name == word; });
    if (command == std::end(Commands)) {
        return misused({}, u"There is no command \"%1\"."_s.arg(word));
    }
    return command->run(arguments);
}
