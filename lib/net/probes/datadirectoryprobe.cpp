// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/datadirectoryprobe.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr QFile::Permissions Others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
    | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

//! A file of some size, since an empty one fits on a full disk.
bool takesFiles(const QString &folder)
{
    QTemporaryFile file(folder + u"/.check-XXXXXX"_s);
    const QByteArray bytes(4096, 'x');
    return file.open() && file.write(bytes) == bytes.size() && file.flush();
}

} // namespace

DataDirectoryProbe::DataDirectoryProbe(const QString &path, QObject *parent)
    : Probe(u"data"_s, tr("Data directory"), parent)
    , m_path(QDir::cleanPath(path))
{ }

void DataDirectoryProbe::start()
{
    const QFileInfo folder(m_path);
    if (folder.isDir()) {
        judgeExisting();
    } else if (folder.exists() || folder.isSymLink()) {
        conclude(ProbeResult::Status::Problem, tr("%1 is not a directory").arg(m_path),
                 tr("Move what is there to another name."));
    } else {
        judgeMissing();
    }
}

void DataDirectoryProbe::judgeMissing()
{
    QString above = m_path;
    while (!QFileInfo::exists(above) && !QDir(above).isRoot()) {
        above = QFileInfo(above).path();
    }
    const QFileInfo folder(above);
    if (folder.isDir() && folder.isWritable()) {
        conclude(ProbeResult::Status::Ok, tr("%1 is not there yet, and can be made").arg(m_path));
    } else {
        conclude(ProbeResult::Status::Problem,
                 tr("%1 cannot be made, since %2 takes no new directory").arg(m_path, above),
                 tr("Allow your user to write there."));
    }
}

void DataDirectoryProbe::judgeExisting()
{
    const QFile::Permissions permissions = QFileInfo(m_path).permissions();
    if (!takesFiles(m_path)) {
        conclude(ProbeResult::Status::Problem, tr("nothing can be written to %1").arg(m_path),
                 tr("Allow your user to write there, and check that the disk is not full."));
    } else if (permissions.testAnyFlags(Others)) {
        conclude(ProbeResult::Status::Problem,
                 tr("other users of this computer have access to %1").arg(m_path),
                 tr("Take it from them: chmod 700 %1").arg(m_path));
    } else {
        conclude(ProbeResult::Status::Ok, tr("%1, for you alone").arg(m_path));
    }
}

} // namespace Maestro
