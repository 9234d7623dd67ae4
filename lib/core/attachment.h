// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QMetaType>
#include <QStringList>

namespace Maestro {

//! A file that goes along with a prompt.
struct Attachment
{
    QString name; //!< without a folder
    //! image/png, image/jpeg, image/webp, image/gif, application/pdf or text/plain.
    QString mimeType;
    QByteArray bytes;

    bool isImage() const { return mimeType.startsWith(QLatin1StringView("image/")); }
    bool isText() const { return mimeType == QLatin1StringView("text/plain"); }
    friend bool operator==(const Attachment &, const Attachment &) = default;
};

//! The most bytes that one attachment may have: no provider takes much more in one request.
inline constexpr qsizetype LargestAttachment = 16 * 1024 * 1024;

//! What a file is called where it is shown and sent: no folder of this computer, and nothing that
//! steers a screen.
QString attachmentName(const QString &fileName);

//! The file as an attachment. What it is, its bytes say, whatever it is called. `bytes` may be one
//! byte longer than LargestAttachment, so that a reader need not read on. TooLarge, Unsupported or
//! InvalidRequest say why it cannot go along.
Result<Attachment> makeAttachment(const QString &fileName, const QByteArray &bytes);

QStringList namesOf(const QList<Attachment> &attachments);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::Attachment)
