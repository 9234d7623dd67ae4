// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/utf8.h"

#include <QStringConverter>

#include <algorithm>

namespace Maestro {

namespace {

constexpr QByteArrayView Replacement = "\xEF\xBF\xBD";

//! What may follow a lead byte: how many bytes, and the range of the first of them. Unicode
//! Standard, table 3-7.
struct Continuation
{
    int count = 0; //!< 0: not a lead byte
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
};

Continuation continuationOf(unsigned char lead)
{
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {1};
    }
    if (lead == 0xE0) {
        return {2, 0xA0, 0xBF};
    }
    if (lead == 0xED) {
        return {2, 0x80, 0x9F}; // no surrogates
    }
    if (lead >= 0xE1 && lead <= 0xEF) {
        return {2};
    }
    if (lead == 0xF0) {
        return {3, 0x90, 0xBF};
    }
    if (lead >= 0xF1 && lead <= 0xF3) {
        return {3};
    }
    if (lead == 0xF4) {
        return {3, 0x80, 0x8F}; // nothing beyond U+10FFFF
    }
    return {};
}

} // namespace

QString decodeUtf8(QByteArrayView bytes)
{
    if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) == 0; })) {
        return QString::fromLatin1(bytes); // ASCII; a decoder takes several times as long
    }
    // A byte order mark inside a stream is a character like any other; Qt would drop it.
    constexpr auto Flags
        = QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom;
    QStringDecoder decoder(QStringDecoder::Utf8, Flags);
    const QString text = decoder.decode(bytes);
    return decoder.hasError()
        ? QStringDecoder(QStringDecoder::Utf8, Flags).decode(repairUtf8(bytes))
        : text;
}

QByteArray repairUtf8(QByteArrayView bytes)
{
    QByteArray repaired;
    repaired.reserve(bytes.size() + Replacement.size());
    for (qsizetype i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            repaired.append(bytes[i++]);
            continue;
        }
        const Continuation expected = continuationOf(lead);
        int found = 0;
        while (found < expected.count && i + 1 + found < bytes.size()) {
            const auto next = static_cast<unsigned char>(bytes[i + 1 + found]);
            if (found == 0 ? (next < expected.low || next > expected.high)
                           : (next < 0x80 || next > 0xBF)) {
                break;
            }
            ++found;
        }
        const bool isValid = expected.count > 0 && found == expected.count;
        repaired.append(isValid ? bytes.sliced(i, 1 + found) : Replacement);
        i += 1 + found;
    }
    return repaired;
}

QString repairUtf16(const QString &text)
{
    if (text.isValidUtf16()) {
        return text;
    }
    QString repaired = text;
    for (qsizetype i = 0; i < repaired.size(); ++i) {
        const bool isPair = repaired.at(i).isHighSurrogate() && i + 1 < repaired.size()
            && repaired.at(i + 1).isLowSurrogate();
        if (isPair) {
            ++i;
        } else if (repaired.at(i).isSurrogate()) {
            repaired[i] = QChar::ReplacementCharacter;
        }
    }
    return repaired;
}

} // namespace Maestro
