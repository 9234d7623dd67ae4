// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace Maestro {

//! For a browser on another computer: the address it ended at is pasted here by hand. It holds the
//! authorization code, so it is never shown anywhere else and gone once it was taken.
class PasteAddress : public QWidget
{
    Q_OBJECT

public:
    explicit PasteAddress(QWidget *parent = nullptr);

    //! Whether there is another way for another computer: a code that is typed there.
    void setOffersCode(bool offersCode);
    void showProblem(const Error &error);
    void reset();

Q_SIGNALS:
    void submitted(const QString &address);
    void codeRequested();

private:
    void setOpen(bool open);

    QToolButton *m_toggle;
    QWidget *m_form;
    QLineEdit *m_address;
    QPushButton *m_use;
    QLabel *m_problem;
    QPushButton *m_code;
};

} // namespace Maestro
