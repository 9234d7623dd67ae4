// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

namespace Maestro {

//! What a report is about: the versions of Maestro and Qt, the system and its architecture.
QJsonObject versions();

} // namespace Maestro
