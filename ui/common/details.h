// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QPlainTextEdit;
class QToolButton;

namespace Maestro {

//! The other side's own words, folded away until somebody asks for them, and ready to be copied.
class Details : public QWidget
{
    Q_OBJECT

public:
    explicit Details(QWidget *parent = nullptr);

    //! Folds, and hides itself when there is nothing to show.
    void setText(const QString &text);
    QString text() const;

private:
    void setOpen(bool open);

    QToolButton *m_toggle;
    QToolButton *m_copy;
    QPlainTextEdit *m_text;
};

} // namespace Maestro
