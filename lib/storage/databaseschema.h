// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QSqlDatabase>
#include <QStringList>

class QSqlError;

namespace Maestro {

//! What people read about a file of ours.
struct DatabaseWords
{
    QString contents; //!< "saved sign-ins": the file of the …
    QString afterSettingAside; //!< what to do once the file was set aside
    QString withNewer; //!< what to do with one of a newer Maestro, which is left as it is
};

//! What a database of ours looks like.
struct DatabaseSchema
{
    enum class Check { Whole, Quick };

    quint32 applicationId; //!< tells our files from others' (PRAGMA application_id)
    //! The statements that bring version i to i + 1; released ones never change.
    QList<QStringList> migrations;
    DatabaseWords words = {};
    //! How well it is looked at when it is opened: Quick leaves out that indexes agree with tables.
    Check check = Check::Whole;
    //! Whether a copy is made before a migration.
    bool keepsBackup = false;
};

//! What was found in a file.
struct DatabaseFinding
{
    enum class Condition { Sound, Newer, Foreign, Damaged, Unreadable };

    Condition condition = Condition::Sound;
    std::optional<Error> error = {};
    qsizetype version = 0; //!< of one that is sound
};

//! Looks at an open database; changes nothing.
DatabaseFinding examine(QSqlDatabase &database, const DatabaseSchema &schema);
//! What an error in opening says about the file.
DatabaseFinding findingOf(const QSqlDatabase &database, const QSqlError &error);
//! Migrates to the newest version, all or nothing.
std::optional<Error> bringUpToDate(QSqlDatabase &database, const DatabaseSchema &schema);

} // namespace Maestro
