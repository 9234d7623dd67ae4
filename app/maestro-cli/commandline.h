// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCommandLineParser>

#include <optional>

namespace Maestro::Cli {

//! The options of one command.
class CommandLine
{
public:
    //! `usage` is what follows the command's word: "[--model M] PROMPT|-".
    CommandLine(const QString &command, const QString &usage, const QString &description,
                const QStringList &examples);

    void addOption(const QCommandLineOption &option) { m_parser.addOption(option); }

    //! An exit code if there is nothing left to do: help was printed, or the words were not
    //! understood.
    [[nodiscard]] std::optional<int> parse(const QStringList &arguments, int leastPositional,
                                           int mostPositional);

    bool isSet(const QString &option) const { return m_parser.isSet(option); }
    QString value(const QString &option) const { return m_parser.value(option); }
    QStringList values(const QString &option) const { return m_parser.values(option); }
    QStringList positional() const { return m_parser.positionalArguments(); }
    const QString &command() const { return m_command; }

private:
    void printHelp() const;

    QString m_command;
    QString m_usage;
    QString m_description;
    QStringList m_examples;
    QCommandLineParser m_parser;
};

} // namespace Maestro::Cli
