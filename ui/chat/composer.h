// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/conversation.h"
#include "ui/common/panel.h"

#include <QPlainTextEdit>

class QPushButton;
class QToolButton;

namespace Maestro {

class AttachmentStrip;
class PasteOffer;

//! The text field of the composer: grows with its text up to a limit; Enter submits, Shift+Enter
//! breaks the line, and keys that belong to an input method are left to it. Files and pictures
//! that are pasted or dropped are not text, and very large texts are better files.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);

Q_SIGNALS:
    void submitted();
    void filesGiven(const QMimeData *given);
    void largeTextGiven(const QString &text);
    //! ↑, where there is nothing to go up in.
    void previousWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();

    bool m_composing = false; //!< an input method holds text that is not decided yet
};

//! Where the person writes. It never drops text by itself: who takes it calls clear().
class Composer : public Panel
{
    Q_OBJECT

public:
    explicit Composer(QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    //! The files that go along, as far as they have been read.
    QList<Attachment> attachments() const;
    void attach(const QStringList &paths);
    //! As it was pasted or dropped somewhere.
    void attach(const QMimeData &given);
    //! What was written before goes before what is there, and its files along with it; says
    //! changed() once.
    void restore(const Prompt &prompt);
    //! Whether files are still being read.
    bool isReading() const;
    //! Lets the person choose files.
    void chooseFiles();
    void clear();
    //! Send is Stop meanwhile, and what is sent waits its turn.
    void setAnswering(bool answering);
    void focusText();

Q_SIGNALS:
    void sendRequested(const QString &text, const QList<Maestro::Attachment> &attachments);
    void stopRequested();
    void attachmentRefused(const Maestro::Error &error);
    //! The text, or the files.
    void changed();
    //! The last message is to be changed.
    void editLastRequested();

private:
    bool canSubmit() const;
    void submit();
    void updateButton();

    PasteOffer *m_offer;
    AttachmentStrip *m_strip;
    ComposerEdit *m_edit;
    QToolButton *m_attach;
    QToolButton *m_queue; //!< while an answer comes in
    QPushButton *m_button;
    bool m_answering = false;
};

} // namespace Maestro
