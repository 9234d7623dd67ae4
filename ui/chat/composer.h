// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/attachment.h"
#include "ui/common/panel.h"

#include <QPlainTextEdit>

class QPushButton;
class QToolButton;

namespace Maestro {

class AttachmentStrip;

//! The text field of the composer: grows with its text up to a limit; Enter submits, Shift+Enter
//! breaks the line, and Enter that belongs to an input method is left to it. Files and pictures
//! that are pasted or dropped are not text.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);

Q_SIGNALS:
    void submitted();
    void filesGiven(const QMimeData *given);

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
    //! Lets the person choose files.
    void chooseFiles();
    void clear();
    //! Send is Stop meanwhile.
    void setAnswering(bool answering);
    void focusText();

Q_SIGNALS:
    void sendRequested(const QString &text, const QList<Maestro::Attachment> &attachments);
    void stopRequested();
    void attachmentRefused(const Maestro::Error &error);

private:
    bool canSubmit() const;
    void submit();
    void updateButton();

    AttachmentStrip *m_strip;
    ComposerEdit *m_edit;
    QToolButton *m_attach;
    QPushButton *m_button;
    bool m_answering = false;
};

} // namespace Maestro
