// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// vaultworker rotate|once FOLDER: works with the vault in the folder and says on its output what it
// was told is durable. For tests that kill it, or that make its disk fail.
#include "support/vaultinfolder.h"
#include "support/workerwords.h"

#include <QCoreApplication>

using namespace Maestro;

namespace {

bool isReady(VaultInFolder &place)
{
    if (!isDone("open", await(place.vault.open()))) {
        return false;
    }
    return place.vault.state() == Vault::State::Ready
        || isDone("make", await(place.vault.makeWithKeyring()));
}

//! For ever, with a new key now and then.
int rotate(VaultInFolder &place)
{
    const std::optional<int> last = isReady(place) ? place.currentRotation() : std::nullopt;
    if (!last) {
        return 3;
    }
    say("open", *last);
    for (int number = *last + 1;; ++number) {
        if (!isDone("save", place.rotateTo(number))) {
            return 4;
        }
        say("saved", number);
        if (number % 4 == 0) {
            if (!isDone("renew", await(place.vault.lockOutCopies()))) {
                return 5;
            }
            say("renewed", number);
        }
    }
}

//! Everything once; what fails does not keep it from what comes next.
int doAllOnce(VaultInFolder &place)
{
    if (!isReady(place)) {
        return 0;
    }
    const int last = place.currentRotation().value_or(0);
    const auto save = [&place](int number) {
        say("saving", number);
        if (isDone("save", place.rotateTo(number))) {
            say("saved", number);
        }
    };
    save(last + 1);
    save(last + 2);
    if (isDone("renew", await(place.vault.lockOutCopies()))) {
        say("renewed", last + 2);
    }
    save(last + 3);
    if (isDone("remove", await(place.vault.remove(VaultInFolder::other().key)))) {
        say("removed", 1);
    }
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        return 2;
    }
    VaultInFolder place(arguments[2]);
    return arguments[1] == QStringLiteral("rotate") ? rotate(place) : doAllOnce(place);
}
