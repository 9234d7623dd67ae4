// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "syntax/reader.h"
#include "ui/transcript/transcriptcolumn.h"

#include <QObject>
#include <QTimer>

namespace Maestro {

//! Has the code that is laid out read, a stretch at a time, and tells when its colours are known.
class CodeColoring : public QObject
{
    Q_OBJECT

public:
    CodeColoring(TranscriptColumn &column, QObject *parent);

    //! Something may have been laid out whose colours are not known.
    void goOn();

Q_SIGNALS:
    //! From this part on, something is to be laid out again.
    void colored(Maestro::PartPlace first);

private:
    void take(PartPlace place, const std::weak_ptr<CodeColors> &colors,
              const CodeColors::Request &request, const QList<Syntax::ReadLine> &read);

    TranscriptColumn &m_column;
    Syntax::Reader m_reader;
    QTimer m_pause;
    bool m_reading = false;
};

} // namespace Maestro
