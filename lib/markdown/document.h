// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

#include <QStringView>

namespace Maestro::Markdown {

//! Markdown that arrives in pieces. However the text was cut, blocks() is what parse() makes of all
//! that has come.
class Document
{
public:
    //! The index of the first block that changed; blocks().size() if none did. Blocks may have
    //! gone from there on.
    qsizetype append(QStringView text);

    //! No more comes. Changes no block: the text may end anywhere, and blocks() shows it as ended.
    void finish();

    const QList<Block> &blocks() const { return m_blocks; }
    const QString &source() const { return m_source; }

    static QList<Block> parse(QStringView text);

private:
    QString m_source;
    QList<Block> m_blocks;
};

} // namespace Maestro::Markdown
