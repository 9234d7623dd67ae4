// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QHashFunctions>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <functional>

//! What libFuzzer calls, over and over, with bytes that it makes up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size);

//! What every fuzz target needs. A Qt warning is a finding as a crash is.
namespace Maestro::Fuzz {

//! Ends the run if the rule is broken; libFuzzer then keeps the input.
void require(bool holds, const char *rule);

inline QByteArrayView viewOf(const std::uint8_t *bytes, std::size_t size)
{
    return {reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size)};
}

//! How bytes arrive.
enum class Cut {
    Whole,
    EveryByte,
    AnyPieces, //!< the places depend on the bytes alone, so that a finding can be repeated
};

//! Each piece is memory of its own, so that reading past it is noticed.
void forEachPiece(QByteArrayView bytes, Cut cut, const std::function<void(QByteArrayView)> &take);

//! Whether somebody else's words may be shown as they are: no control characters but line breaks,
//! nothing that turns the direction of text.
bool isShowable(const QString &text);

} // namespace Maestro::Fuzz
