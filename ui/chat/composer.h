// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/panel.h"

#include <QPlainTextEdit>

class QPushButton;

namespace Maestro {

//! The text field of the composer: grows with its text up to a limit; Enter submits, Shift+Enter
//! breaks the line, and Enter that belongs to an input method is left to it.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);

Q_SIGNALS:
    void submitted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
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
    void clear();
    //! Send is Stop meanwhile.
    void setAnswering(bool answering);
    void focusText();

Q_SIGNALS:
    void sendRequested(const QString &text);
    void stopRequested();

private:
    void submit();
    void updateButton();

    ComposerEdit *m_edit;
    QPushButton *m_button;
    bool m_answering = false;
};

} // namespace Maestro
