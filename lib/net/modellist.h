// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credential.h"
#include "core/provider.h"
#include "core/result.h"

#include <QFuture>

class QNetworkAccessManager;

namespace Maestro {

//! The models a credential may ask, of all pages of the list; also the free test of a key that was
//! typed. `bodyLimit` is for all pages together.
QFuture<Result<QStringList>> fetchModels(QNetworkAccessManager &network, const Provider &provider,
                                         const Credential &credential, qint64 bodyLimit);

} // namespace Maestro
