// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/attachedfiletool.h"

#include "core/utf8.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

AttachedFileTool::AttachedFileTool(std::function<QList<Attachment>()> attachments)
    : m_attachments(std::move(attachments))
{ }

FunctionDeclaration AttachedFileTool::declaration() const
{
    const QJsonObject name{{u"type"_s, u"string"_s},
                           {u"description"_s, u"The name of the file, as it was attached."_s}};
    return {u"read_attached_file"_s,
            u"Reads a text file that the user attached to this conversation."_s,
            {{u"type"_s, u"object"_s},
             {u"properties"_s, QJsonObject{{u"name"_s, name}}},
             {u"required"_s, QJsonArray{u"name"_s}},
             {u"additionalProperties"_s, false}}};
}

QString AttachedFileTool::question(const QJsonObject &) const { return {}; }

QFuture<Result<ToolOutput>> AttachedFileTool::run(const QJsonObject &arguments)
{
    return QtFuture::makeReadyFuture(read(arguments["name"_L1].toString()));
}

Result<ToolOutput> AttachedFileTool::read(const QString &name) const
{
    const QList<Attachment> attachments = m_attachments();
    const auto found
        = std::find_if(attachments.rbegin(), attachments.rend(),
                       [&name](const Attachment &attachment) { return attachment.name == name; });
    if (found == attachments.rend()) {
        const QStringList names = namesOf(attachments);
        return Error{Error::Kind::InvalidRequest,
                     names.isEmpty()
                         ? u"No file is attached."_s
                         : u"No such file is attached. There are: %1"_s.arg(names.join(u", "_s))};
    }
    if (!found->isText()) {
        return Error{Error::Kind::Unsupported,
                     u"This file is not text. It stands in the conversation itself."_s};
    }
    return ToolOutput{decodeUtf8(found->bytes)};
}

} // namespace Maestro
