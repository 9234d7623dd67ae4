// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "refusedsignin.h"

namespace Maestro {

RefusedSignIn::RefusedSignIn(const Error &error)
    : m_error(error)
{ }

void RefusedSignIn::start()
{
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT finished(m_error); }, Qt::QueuedConnection);
}

std::optional<Error> RefusedSignIn::submitAddress(const QString &) { return m_error; }

} // namespace Maestro
