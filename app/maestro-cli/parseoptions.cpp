// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "parseoptions.h"

#include "providerids.h"
#include "providers/registry.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

//! The words as they come, while they are read.
class OptionsReader
{
public:
    explicit OptionsReader(const QStringList &arguments)
        : m_arguments(arguments)
    { }

    Result<ParseOptions> read();

private:
    //! An error, if there is one.
    std::optional<QString> takeOption(const QString &word);
    std::optional<QString> takeValueOf(const QString &name, QString value);
    std::optional<QString> takeFile(const QString &word);
    std::optional<QString> setOutput(const QString &option, ParseOptions::Output output);
    std::optional<QString> resolveProvider();

    QStringList m_arguments;
    ParseOptions m_options;
    QString m_providerId;
    QString m_api;
    QString m_outputOption;
};

Error wrongUsage(const QString &message) { return {Error::Kind::Configuration, message}; }

Result<ParseOptions> OptionsReader::read()
{
    bool onlyFiles = false;
    while (!m_arguments.isEmpty()) {
        const QString word = m_arguments.takeFirst();
        if (word == "--"_L1 && !onlyFiles) {
            onlyFiles = true;
            continue;
        }
        const bool isOption = !onlyFiles && word.size() > 1 && word.startsWith(u'-');
        if (const auto problem = isOption ? takeOption(word) : takeFile(word)) {
            return wrongUsage(*problem);
        }
        if (m_options.wantsHelp) {
            return m_options;
        }
    }
    if (const auto problem = resolveProvider()) {
        return wrongUsage(*problem);
    }
    if (m_options.file.isEmpty()) {
        return wrongUsage(u"Which FILE? Give its name, or - for standard input."_s);
    }
    return m_options;
}

std::optional<QString> OptionsReader::takeOption(const QString &word)
{
    if (word == "--help"_L1 || word == "-h"_L1) {
        m_options.wantsHelp = true;
        return {};
    }
    if (word == "--messages"_L1) {
        return setOutput(word, ParseOptions::Output::Messages);
    }
    if (word == "--summary"_L1) {
        return setOutput(word, ParseOptions::Output::Summary);
    }
    if (word == "--events"_L1) {
        return setOutput(word, ParseOptions::Output::Events);
    }
    if (word == "--strict"_L1) {
        m_options.isStrict = true;
        return {};
    }
    const qsizetype equals = word.indexOf(u'=');
    const QString name = equals < 0 ? word : word.left(equals);
    if (name != "--provider"_L1 && name != "--api"_L1 && name != "--chunk"_L1) {
        return u"There is no option %1."_s.arg(name);
    }
    if (equals < 0 && m_arguments.isEmpty()) {
        return u"%1 needs a value."_s.arg(name);
    }
    return takeValueOf(name, equals < 0 ? m_arguments.takeFirst() : word.mid(equals + 1));
}

std::optional<QString> OptionsReader::takeValueOf(const QString &name, QString value)
{
    if (name == "--provider"_L1) {
        m_providerId = std::move(value);
        return m_providerId.isEmpty() ? std::optional(u"--provider needs a value."_s)
                                      : std::nullopt;
    }
    if (name == "--api"_L1) {
        m_api = std::move(value);
        return m_api.isEmpty() ? std::optional(u"--api needs a value."_s) : std::nullopt;
    }
    bool isNumber = false;
    m_options.chunk = value.toLongLong(&isNumber);
    if (!isNumber || m_options.chunk < 1) {
        return u"--chunk needs a number of bytes from 1 on, not \"%1\"."_s.arg(value);
    }
    return {};
}

std::optional<QString> OptionsReader::takeFile(const QString &word)
{
    if (word.isEmpty() || !m_options.file.isEmpty()) {
        return word.isEmpty() ? u"The name of the FILE is empty."_s
                              : u"One FILE at a time: \"%1\" is a second one."_s.arg(word);
    }
    m_options.file = word;
    return {};
}

std::optional<QString> OptionsReader::setOutput(const QString &option, ParseOptions::Output output)
{
    if (!m_outputOption.isEmpty() && m_outputOption != option) {
        return u"%1 and %2 exclude each other."_s.arg(m_outputOption, option);
    }
    m_outputOption = option;
    m_options.output = output;
    return {};
}

std::optional<QString> OptionsReader::resolveProvider()
{
    const QList<Provider> providers = allProviders();
    if (m_providerId.isEmpty()) {
        return u"--provider is missing: %1."_s.arg(providerIds());
    }
    if (!findProvider(providers, m_providerId)) {
        return u"--provider takes %1, not \"%2\"."_s.arg(providerIds(), m_providerId);
    }
    m_options.provider = findProvider(providers, m_providerId, m_api);
    if (!m_options.provider) {
        return u"--api takes responses or chat, for openai alone, not \"%1\" for %2."_s.arg(
            m_api, m_providerId);
    }
    return {};
}

} // namespace

Result<ParseOptions> readParseOptions(const QStringList &arguments)
{
    return OptionsReader(arguments).read();
}

} // namespace Maestro::Cli
