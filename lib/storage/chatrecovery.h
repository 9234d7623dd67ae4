// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QSqlDatabase>

//! What a program that ended in the middle left behind. For the database's thread.
namespace Maestro::ChatRecovery {

//! What this process is called beside an answer that it writes.
QString thisProcess();

//! Marks answers whose writer has ended as interrupted, with all that was written of them, and
//! conversations that were being shown as suspects.
Result<ChatStore::Opened> recover(QSqlDatabase &database);

} // namespace Maestro::ChatRecovery
