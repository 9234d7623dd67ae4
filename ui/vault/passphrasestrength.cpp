// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/vault/passphrasestrength.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(PassphraseStrength)
};

// What one more character adds, in bits. English has 1 to 2 bits a letter in running text; words
// that were picked at random have more.
constexpr double BitsOfRepetition = 0.5;
constexpr double BitsOfLetterInWord = 2.3;
constexpr double BitsOfFoundWord = 4;

//! What everybody tries first.
constexpr std::array CommonWords{"password", "passwort", "passw0rd", "qwerty",  "qwertz",
                                 "azerty",   "12345",    "letmein",  "welcome", "iloveyou",
                                 "maestro",  "openai",   "chatgpt",  "secret",  "admin"};

double bitsOf(QChar c)
{
    if (c.isDigit()) {
        return std::log2(10.0);
    }
    return c.isLower() ? std::log2(26.0) : c.isUpper() ? std::log2(40.0) : std::log2(60.0);
}

//! One after the other on the keyboard's or the alphabet's row, or the same again.
bool follows(QChar c, QChar before)
{
    return std::abs(c.toLower().unicode() - before.toLower().unicode()) <= 1;
}

double estimatedBits(QString text)
{
    double bits = 0;
    for (const char *word : CommonWords) {
        const qsizetype before = text.size();
        text.remove(QLatin1StringView(word), Qt::CaseInsensitive);
        bits += before == text.size() ? 0 : BitsOfFoundWord;
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool hasBefore = i > 0;
        if (hasBefore && follows(text[i], text[i - 1])) {
            bits += BitsOfRepetition;
        } else if (hasBefore && text[i].isLower() && text[i - 1].isLower()) {
            bits += BitsOfLetterInWord;
        } else {
            bits += bitsOf(text[i]);
        }
    }
    return bits;
}

} // namespace

PassphraseStrength strengthOf(QStringView passphrase)
{
    if (passphrase.size() < ShortestPassphrase) {
        return PassphraseStrength::TooShort;
    }
    const double bits = estimatedBits(passphrase.toString());
    return bits < 28 ? PassphraseStrength::Weak
        : bits < 42  ? PassphraseStrength::Fair
        : bits < 50  ? PassphraseStrength::Good
                     : PassphraseStrength::Strong;
}

QString textOf(PassphraseStrength strength)
{
    switch (strength) {
    case PassphraseStrength::TooShort:
        return Tr::tr("At least eight characters; several words are best.");
    case PassphraseStrength::Weak:
        return Tr::tr("Weak: easy to guess. Add a word or two.");
    case PassphraseStrength::Fair:
        return Tr::tr("Fair. Another word makes it good.");
    case PassphraseStrength::Good:
        return Tr::tr("Good.");
    case PassphraseStrength::Strong:
        return Tr::tr("Strong.");
    }
    Q_UNREACHABLE();
}

} // namespace Maestro
