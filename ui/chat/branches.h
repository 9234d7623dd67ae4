// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/openchats.h"
#include "ui/transcript/part.h"

#include <QObject>

namespace Maestro {

class TranscriptView;

//! Those that a transcript has something to show of.
QList<Turn> shownTurns(const QList<Turn> &turns);

//! The versions of what was said: offers under the messages what can be done with them, and goes
//! from one version to another. Nothing is ever replaced.
class Branches : public QObject
{
    Q_OBJECT

public:
    //! Both must outlive it.
    Branches(OpenChat &chat, TranscriptView &transcript, QObject *parent = nullptr);

    //! Shows what can be done now.
    void refresh();
    void editLast();
    //! Where a message stands in the transcript; -1 if it is not shown.
    qsizetype entryOf(ChatId message) const { return m_messages.indexOf(message); }
    //! Which version of what was said a message belongs to, in words; empty where there is one.
    QString versionText(ChatId message) const;

Q_SIGNALS:
    //! The person wants to say something else in this prompt's place.
    void editRequested(Maestro::ChatId prompt, const Maestro::Prompt &words);
    //! To be said in passing.
    void noticed(const QString &text);

private:
    void onChosen(qsizetype entry, Target::Kind kind);
    void goTo(qsizetype entry, Target::Kind kind);
    QList<Target> footerOf(ChatId message, bool isLast) const;

    OpenChat &m_chat;
    TranscriptView &m_transcript;
    QList<ChatId> m_messages; //!< of the transcript's entries
};

} // namespace Maestro
