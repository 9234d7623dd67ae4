// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/databasefile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Maestro::DatabaseFile {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Database)
};

constexpr auto Magic = QByteArrayView("SQLite format 3\0", 16);

Error systemError(const QString &message, const QString &path)
{
    return Error{Error::Kind::Configuration, message,
                 Tr::tr("Check the folder's permissions and the free space on the disk."),
                 path + u": "_s + QString::fromLocal8Bit(std::strerror(errno))};
}

bool exists(const QByteArray &path)
{
    struct stat status = {};
    return ::lstat(path.constData(), &status) == 0;
}

std::optional<Error> protectFile(const QString &path, const QString &contents)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat status = {};
    if (::lstat(name.constData(), &status) != 0) {
        return errno == ENOENT
            ? std::nullopt
            : std::optional(systemError(Tr::tr("The %1 cannot be reached.").arg(contents), path));
    }
    // A link, a pipe or another's file is not what we left there, and opening it may do harm.
    if (!S_ISREG(status.st_mode) || status.st_uid != ::geteuid()) {
        return Error{Error::Kind::Configuration,
                     Tr::tr("What should be the file of the %1 is something else.").arg(contents),
                     Tr::tr("Move it away, and start Maestro again."), path};
    }
    if ((status.st_mode & 0777) != 0600 && ::chmod(name.constData(), 0600) != 0) {
        return systemError(
            Tr::tr("The %1 could not be kept from other people's eyes.").arg(contents), path);
    }
    return std::nullopt;
}

//! A file that was renamed is there after a power cut only when its folder has been written, too.
void syncFolderOf(const QString &path)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(path).path()).constData(),
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        (void)::fsync(folder);
        ::close(folder);
    }
}

} // namespace

Identity identityOf(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0
        ? Identity{status.st_dev, status.st_ino}
        : Identity{};
}

std::optional<Error> protect(const QString &path, const QString &contents)
{
    const QString folder = QFileInfo(path).absolutePath();
    const QByteArray name = QFile::encodeName(folder);
    if (!exists(name)) {
        const bool hasParent = QDir().mkpath(QFileInfo(folder).absolutePath());
        if (!hasParent || (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST)) {
            return systemError(Tr::tr("There is no folder to keep the %1 in.").arg(contents),
                               folder);
        }
    }
    struct stat status = {};
    if (::lstat(name.constData(), &status) != 0) {
        return systemError(Tr::tr("There is no folder to keep the %1 in.").arg(contents), folder);
    }
    // Whoever owns the folder, or the link to it, can put another one in its place.
    if (!S_ISDIR(status.st_mode) || status.st_uid != ::geteuid()) {
        return Error{Error::Kind::Configuration,
                     Tr::tr("The folder of the %1 is a link, or not yours.").arg(contents),
                     Tr::tr("Put a folder of your own in its place, and start Maestro again."),
                     folder};
    }
    if ((status.st_mode & 07777) != 0700 && ::chmod(name.constData(), 0700) != 0) {
        return systemError(
            Tr::tr("The folder of the %1 could not be kept from other people's eyes.")
                .arg(contents),
            folder);
    }
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s}) {
        if (auto error = protectFile(path + suffix, contents)) {
            return error;
        }
    }
    return std::nullopt;
}

Result<Content> contentOf(const QString &path, const QString &contents)
{
    if (!exists(QFile::encodeName(path))) {
        // The log alone is what is left of a database, and no new beginning.
        return exists(QFile::encodeName(path + u"-wal"_s)) ? Content::Other : Content::None;
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return systemError(Tr::tr("The %1 cannot be read.").arg(contents), path);
    }
    const QByteArray head = file.read(Magic.size());
    if (file.error() != QFileDevice::NoError) {
        return systemError(Tr::tr("The %1 cannot be read.").arg(contents), path);
    }
    return head == Magic ? Content::Sqlite : Content::Other;
}

Result<QString> makeDraft(const QString &path, const QString &contents)
{
    const QString draft = path + u".new-"_s + QUuid::createUuid().toString(QUuid::Id128);
    const int file = ::open(QFile::encodeName(draft).constData(),
                            O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) {
        return systemError(Tr::tr("No file for the %1 could be made.").arg(contents), draft);
    }
    (void)::fchmod(file, 0600);
    ::close(file);
    return draft;
}

void discard(const QString &draft)
{
    for (const QString &suffix : {u""_s, u"-journal"_s, u"-wal"_s, u"-shm"_s}) {
        QFile::remove(draft + suffix);
    }
}

Result<bool> publish(const QString &draft, const QString &path, const QString &contents)
{
    const QByteArray from = QFile::encodeName(draft);
    const QByteArray to = QFile::encodeName(path);
    // Not rename(), which would put an empty database in the place of one that another process
    // made.
    if (::link(from.constData(), to.constData()) == 0) {
        ::unlink(from.constData());
        syncFolderOf(path);
        return true;
    }
    if (errno == EEXIST) {
        ::unlink(from.constData());
        return false;
    }
    // A file system without hard links.
    if ((errno == EPERM || errno == EOPNOTSUPP) && !exists(to)
        && ::rename(from.constData(), to.constData()) == 0) {
        syncFolderOf(path);
        return true;
    }
    Error error = systemError(Tr::tr("No file for the %1 could be made.").arg(contents), path);
    ::unlink(from.constData());
    return error;
}

Result<QString> setAside(const QString &path, const QString &why, const QString &contents)
{
    const QString stem
        = path + u'.' + why + u'-' + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-hhmmss"_s);
    QString aside = stem;
    for (int i = 2;
         exists(QFile::encodeName(aside)) || exists(QFile::encodeName(aside + u"-wal"_s)); ++i) {
        aside = stem + u'-' + QString::number(i);
    }
    // The log first: without it, the database would be read as an older one.
    for (const QString &suffix : {u"-wal"_s, u""_s}) {
        const QByteArray from = QFile::encodeName(path + suffix);
        if (exists(from)
            && ::rename(from.constData(), QFile::encodeName(aside + suffix).constData()) != 0) {
            return systemError(
                Tr::tr("The damaged file of the %1 could not be moved aside.").arg(contents), path);
        }
    }
    ::unlink(QFile::encodeName(path + u"-shm"_s).constData()); // an index of the log, made anew
    syncFolderOf(path);
    return aside;
}

} // namespace Maestro::DatabaseFile
