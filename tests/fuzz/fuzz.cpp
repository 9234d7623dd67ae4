// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>

namespace Maestro::Fuzz {

namespace {

constexpr qsizetype LongestPiece = 40;

void stopAtWarnings(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type != QtDebugMsg && type != QtInfoMsg) {
        std::fprintf(stderr, "A message of Qt: %s\n", qPrintable(message));
        std::abort();
    }
}

} // namespace

void require(bool holds, const char *rule)
{
    if (!holds) {
        std::fprintf(stderr, "A rule was broken: %s\n", rule);
        std::abort();
    }
}

void forEachPiece(QByteArrayView bytes, Cut cut, const std::function<void(QByteArrayView)> &take)
{
    std::minstd_rand random(
        static_cast<unsigned>(qHashBits(bytes.data(), static_cast<std::size_t>(bytes.size()))));
    std::uniform_int_distribution<qsizetype> anySize(0, LongestPiece);
    while (!bytes.isEmpty()) {
        const qsizetype wanted = cut == Cut::Whole ? bytes.size()
            : cut == Cut::EveryByte                ? 1
                                                   : anySize(random);
        const qsizetype size = std::min(wanted, bytes.size());
        const auto copy = std::make_unique<char[]>(static_cast<std::size_t>(size));
        std::copy_n(bytes.begin(), size, copy.get());
        take({copy.get(), size});
        bytes = bytes.sliced(size);
    }
}

bool isShowable(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        const char16_t code = c.unicode();
        return (c.category() == QChar::Other_Control && c != u'\n')
            || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069)
            || code == 0x200E || code == 0x200F || code == 0x061C;
    });
}

} // namespace Maestro::Fuzz

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    qInstallMessageHandler(Maestro::Fuzz::stopAtWarnings);
    return 0;
}
