// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "secretinput.h"

#include "hiddenline.h"

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

//! Longer than any key; a file that went astray.
constexpr qsizetype LongestInput = 8192;

} // namespace

Result<Secret> readSecretInput(const QString &question)
{
    if (isatty(STDIN_FILENO) != 0) {
        return readHiddenLine(question);
    }
    QByteArray bytes(LongestInput, '\0'); // of its full size at once: growing leaves copies behind
    qsizetype size = 0;
    while (size < LongestInput) {
        const auto got
            = ::read(STDIN_FILENO, bytes.data() + size, static_cast<size_t>(LongestInput - size));
        if (got < 0) {
            return Error{Error::Kind::InvalidRequest, u"Standard input cannot be read."_s};
        }
        if (got == 0) {
            bytes.truncate(size);
            return Secret(std::move(bytes));
        }
        size += got;
    }
    return Error{Error::Kind::TooLarge, u"What came on standard input is longer than any key."_s};
}

} // namespace Maestro::Cli
