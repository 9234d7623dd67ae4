// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "hiddenline.h"

#include "command.h"

#include <QFile>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

constexpr qsizetype LongestLine = 8192;

//! The terminal without its echo, for as long as this lives.
class Terminal
{
public:
    Terminal()
        : m_file(open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY))
    {
        if (isOpen() && tcgetattr(m_file, &m_before) == 0) {
            termios silent = m_before;
            silent.c_lflag &= ~tcflag_t(ECHO);
            m_isSilent = tcsetattr(m_file, TCSAFLUSH, &silent) == 0;
        }
    }
    ~Terminal()
    {
        if (m_isSilent) {
            tcsetattr(m_file, TCSAFLUSH, &m_before);
        }
        if (isOpen()) {
            close(m_file);
        }
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    bool isOpen() const { return m_file >= 0; }
    bool isSilent() const { return m_isSilent; }
    //! Without its end; nothing at the end of input or for a line that is too long.
    std::optional<Secret> readLine() const
    {
        QByteArray line;
        line.reserve(LongestLine); // growing would leave copies behind
        char c = 0;
        while (read(m_file, &c, 1) == 1 && c != '\n') {
            if (line.size() == LongestLine) {
                return std::nullopt;
            }
            line.append(c);
        }
        return c == '\n' ? std::optional(Secret(std::move(line))) : std::nullopt;
    }

private:
    int m_file;
    termios m_before = {};
    bool m_isSilent = false;
};

} // namespace

Result<Secret> readHiddenLine(const QString &question)
{
    const Terminal terminal;
    if (!terminal.isSilent()) {
        return Error{Error::Kind::Unsupported, u"There is no terminal to ask for it on."_s,
                     u"Run this in a terminal."_s};
    }
    writeNote(question);
    const std::optional<Secret> line = terminal.readLine();
    writeNote(u"\n"_s);
    if (!line) {
        return Error{Error::Kind::InvalidRequest, u"No line was typed."_s};
    }
    return *line;
}

} // namespace Maestro::Cli
