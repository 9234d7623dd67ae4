// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/attachment.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Attachment)
};

constexpr qsizetype LongestName = 255;

//! What no text holds: a file with one of these in it is of some other kind.
bool isBinary(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1b';
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    std::ignore = QString(decoder(bytes));
    return !decoder.hasError();
}

//! Empty for what no provider reads.
QString typeOf(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n")) {
        return u"image/png"_s;
    }
    if (bytes.startsWith("\xff\xd8\xff")) {
        return u"image/jpeg"_s;
    }
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a")) {
        return u"image/gif"_s;
    }
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP") {
        return u"image/webp"_s;
    }
    if (bytes.startsWith("%PDF-")) {
        return u"application/pdf"_s;
    }
    const bool isText = std::none_of(bytes.begin(), bytes.end(), isBinary) && isUtf8(bytes);
    return isText ? u"text/plain"_s : QString();
}

} // namespace

QString attachmentName(const QString &fileName)
{
    QString name = QFileInfo(fileName).fileName();
    name.removeIf([](QChar c) { return !c.isPrint(); });
    return name.isEmpty() ? u"file"_s : name.left(LongestName);
}

Result<Attachment> makeAttachment(const QString &fileName, const QByteArray &bytes)
{
    const QString name = attachmentName(fileName);
    if (bytes.isEmpty()) {
        return Error{Error::Kind::InvalidRequest, Tr::tr("%1 is empty.").arg(name),
                     Tr::tr("Attach a file that holds something.")};
    }
    if (bytes.size() > LargestAttachment) {
        return Error{Error::Kind::TooLarge,
                     Tr::tr("%1 is larger than %2 MiB.").arg(name).arg(LargestAttachment >> 20),
                     Tr::tr("Attach a smaller file, or a part of it.")};
    }
    const QString type = typeOf(bytes);
    if (type.isEmpty()) {
        return Error{Error::Kind::Unsupported,
                     Tr::tr("%1 is no picture, PDF or text that a model reads.").arg(name),
                     Tr::tr("PNG, JPEG, WebP, GIF, PDF and plain text in UTF-8 can be attached.")};
    }
    return Attachment{name, type, bytes};
}

QStringList namesOf(const QList<Attachment> &attachments)
{
    QStringList names;
    for (const Attachment &attachment : attachments) {
        names.append(attachment.name);
    }
    return names;
}

} // namespace Maestro
