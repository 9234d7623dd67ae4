// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"

#include "core/quotation.h"

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

void put(const QString &text, FILE *stream)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
    std::fflush(stream);
}

bool showsColours(int descriptor)
{
    return isatty(descriptor) != 0 && qEnvironmentVariableIsEmpty("NO_COLOR")
        && qgetenv("TERM") != "dumb";
}

} // namespace

void print(const QString &line) { put(line + u'\n', stdout); }

void write(const QString &text) { put(text, stdout); }

void note(const QString &line) { put(line + u'\n', stderr); }

void writeNote(const QString &text) { put(text, stderr); }

int fail(const Error &error)
{
    note(u"maestro-cli: "_s + paragraphOf(error));
    if (!error.detail.isEmpty()) {
        note(dim(u"  "_s + error.detail, stderrShowsColours()));
    }
    return Failed;
}

int misused(const QString &command, const QString &message)
{
    note(u"maestro-cli: %1 See maestro-cli %2--help."_s.arg(
        message, command.isEmpty() ? QString() : command + u' '));
    return WrongUsage;
}

bool stdoutIsTerminal() { return isatty(STDOUT_FILENO) != 0; }

bool stderrIsTerminal() { return isatty(STDERR_FILENO) != 0 && qgetenv("TERM") != "dumb"; }

bool stdoutShowsColours() { return showsColours(STDOUT_FILENO); }

bool stderrShowsColours() { return showsColours(STDERR_FILENO); }

QString withoutControls(const QString &text)
{
    QString safe;
    safe.reserve(text.size());
    for (const QChar c : text) {
        const bool isControl = c.category() == QChar::Other_Control && c != u'\n' && c != u'\t';
        safe.append(isControl ? QChar(QChar::ReplacementCharacter) : c);
    }
    return safe;
}

QString dim(const QString &text, bool inColour)
{
    return inColour ? u"\x1b[2m"_s + text + u"\x1b[22m"_s : text;
}

} // namespace Maestro::Cli
