// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/keyringname.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct KnownKeyring
{
    QLatin1StringView program; //!< how its name begins; Linux cuts it after 15 letters
    QLatin1StringView name;
};

constexpr KnownKeyring KnownKeyrings[] = {
    {"gnome-keyring-d"_L1, "GNOME Keyring"_L1},
    {"kwalletd"_L1, "KWallet"_L1},
    {"ksecretd"_L1, "KWallet"_L1},
    {"keepassxc"_L1, "KeePassXC"_L1},
    {"oo7-daemon"_L1, "oo7"_L1},
    {"pass_secret_ser"_L1, "pass"_L1},
};

} // namespace

QString keyringNameOf(const QString &program)
{
    const auto known = std::find_if(
        std::begin(KnownKeyrings), std::end(KnownKeyrings),
        [&program](const KnownKeyring &keyring) { return program.startsWith(keyring.program); });
    return known == std::end(KnownKeyrings) ? program : QString(known->name);
}

} // namespace Maestro
