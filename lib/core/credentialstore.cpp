// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/credentialstore.h"

#include <QCoreApplication>

namespace Maestro {

Error missingCredential()
{
    return {Error::Kind::AuthenticationRequired,
            QCoreApplication::translate("Credentials", "There is no key for this account."),
            QCoreApplication::translate("Credentials", "Sign in again, or add an API key.")};
}

} // namespace Maestro
