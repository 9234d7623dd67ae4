// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "commandline.h"

#include "command.h"

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

CommandLine::CommandLine(const QString &command, const QString &usage, const QString &description,
                         const QStringList &examples)
    : m_command(command)
    , m_usage(usage)
    , m_description(description)
    , m_examples(examples)
{
    m_parser.addOption({{u"h"_s, u"help"_s}, u"Show this text."_s});
}

std::optional<int> CommandLine::parse(const QStringList &arguments, int leastPositional,
                                      int mostPositional)
{
    if (!m_parser.parse(QStringList{u"maestro-cli"_s} + arguments)) {
        return misused(m_command, m_parser.errorText());
    }
    if (m_parser.isSet(u"help"_s)) {
        printHelp();
        return Succeeded;
    }
    const qsizetype count = m_parser.positionalArguments().size();
    if (count < leastPositional || count > mostPositional) {
        return misused(m_command, u"Expected: maestro-cli %1 %2."_s.arg(m_command, m_usage));
    }
    return std::nullopt;
}

void CommandLine::printHelp() const
{
    // QCommandLineParser knows programs, not commands: its text from "Options:" on is right.
    const QString text = m_parser.helpText();
    print(u"Usage: maestro-cli %1 %2\n\n%3\n"_s.arg(m_command, m_usage, m_description));
    write(text.mid(text.indexOf(u"Options:"_s)));
    print(u"\nExamples:"_s);
    for (const QString &example : m_examples) {
        print(u"  "_s + example);
    }
}

} // namespace Maestro::Cli
