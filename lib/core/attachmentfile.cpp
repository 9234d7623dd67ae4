// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/attachmentfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Attachment)
};

} // namespace

Result<Attachment> readAttachment(const QString &path)
{
    const QFileInfo info(path);
    const QString name = attachmentName(path);
    // Opening a pipe or a device may never come back.
    if (info.exists() && !info.isFile()) {
        return Error{Error::Kind::InvalidRequest, Tr::tr("%1 is not a file.").arg(name),
                     Tr::tr("Choose a picture, a PDF or a text file.")};
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{Error::Kind::InvalidRequest, Tr::tr("%1 cannot be read.").arg(name),
                     Tr::tr("Check that the file is still there and that you may read it."),
                     file.errorString()};
    }
    const QByteArray bytes = file.read(LargestAttachment + 1);
    if (file.error() != QFile::NoError) {
        return Error{Error::Kind::InvalidRequest, Tr::tr("%1 cannot be read.").arg(name),
                     Tr::tr("Try again, or choose another file."), file.errorString()};
    }
    return makeAttachment(name, bytes);
}

} // namespace Maestro
