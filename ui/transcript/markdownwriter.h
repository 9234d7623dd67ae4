// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/documentstretch.h"
#include "ui/transcript/markdownline.h"
#include "ui/transcript/transcriptformat.h"

#include <QPointer>
#include <QTextTable>

#include <optional>

namespace Maestro {

//! Writes growing Markdown into a stretch of a document, line by line: a line that has ended is
//! never touched again, and only the open one is laid out anew as it grows. The text goes in as
//! characters with formats; nothing of it is read as HTML.
class MarkdownWriter
{
public:
    enum class Look { Answer, Reasoning };

    //! Both must outlive the writer.
    MarkdownWriter(DocumentStretch &stretch, TranscriptFormat &format, Look look);

    //! Writes at the end of the stretch.
    void write(QStringView text);

private:
    void endLine();
    //! Shows the open line again, from its beginning.
    void showOpenLine();
    //! Adds to an open line that is too long, or too plain, to be laid out anew.
    void growOpenLine(QStringView text);
    //! The end of the stretch is where the open line begins.
    void markOpenLine();
    void startBlock(QTextCursor &cursor, const QTextBlockFormat &format);
    void beginFence(QStringView line);
    void appendTableRow(const QStringList &cells);
    bool closesFence(QStringView line) const;
    MarkdownLine kindOf(QStringView line) const;
    void insertInline(QTextCursor &cursor, QStringView line, const QTextCharFormat &base) const;
    void insertLine(QTextCursor &cursor, QStringView line, MarkdownLine kind);
    QTextBlockFormat blockFormat(QStringView line, MarkdownLine kind) const;
    QTextBlockFormat codeBlockFormat() const;

    DocumentStretch &m_stretch;
    TranscriptFormat &m_format;
    Look m_look;
    int m_barId;
    QString m_open; //!< the line that has not ended
    std::optional<QTextCursor> m_openAt; //!< where it is shown, if it is
    MarkdownLine m_previous = MarkdownLine::None;
    bool m_blankBefore = true;
    QString m_fence; //!< what opened the code block that is open; empty outside of one
    int m_codeId = 0;
    QPointer<QTextTable> m_table;
};

} // namespace Maestro
