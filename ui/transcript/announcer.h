// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/transcripttext.h"

#include <QAccessible>
#include <QObject>

namespace Maestro {

class TranscriptView;

//! Tells assistive technology of an answer while it comes in, sentence by sentence.
class Announcer : public QObject, private QAccessible::ActivationObserver
{
    Q_OBJECT

public:
    //! `view` must outlive it.
    explicit Announcer(TranscriptView &view);
    ~Announcer() override;

    //! Begins with what comes after the entries that there are.
    void begin();
    //! Says what has become whole since, or everything that is left.
    void announce(bool everything);
    //! The selection or the caret is elsewhere.
    void tellSelection();
    //! Something else of the transcript has the keyboard.
    void tellFocus();

Q_SIGNALS:
    void announced(const QString &words);
    void focusTold(QAccessible::Id focused);

private:
    void accessibilityActiveChanged(bool active) override { m_isHeard = active; }
    QString takeWhole(bool everything);

    TranscriptView &m_view;
    TranscriptText m_text;
    TextPlace m_said;
    bool m_isHeard; //!< by anybody
};

} // namespace Maestro
