// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTextCursor>

namespace Maestro {

//! Whole blocks of a document that belong together and grow on their own, wherever in the document
//! they stand. Other stretches move out of the way.
class DocumentStretch
{
public:
    //! A new stretch of one empty block at the end of the document.
    static DocumentStretch appendTo(QTextDocument &document);

    //! A cursor at the end. Insert with it, then call extendTo() with where it ended up.
    QTextCursor writer() const;
    void extendTo(const QTextCursor &cursor);
    //! Leaves one empty block without a format.
    void clear();
    //! Takes everything away with the block itself.
    void remove();

    int beginning() const { return m_begin.position(); }
    int end() const { return m_end.position(); }
    bool isEmpty() const { return beginning() == end(); }
    QTextDocument &document() const { return *m_begin.document(); }

private:
    QTextCursor m_begin;
    QTextCursor m_end;
};

} // namespace Maestro
