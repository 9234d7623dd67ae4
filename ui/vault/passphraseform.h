// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"
#include "core/secret.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace Maestro {

//! Where a new passphrase is chosen: typed twice, with a hint how good it is, and what it means to
//! forget it.
class PassphraseForm : public QWidget
{
    Q_OBJECT

public:
    explicit PassphraseForm(QWidget *parent = nullptr);

    //! Forgets what was typed.
    void clear();
    void setBusy(bool busy);
    void showProblem(const Error &error);
    void focusFirst();

Q_SIGNALS:
    //! Both are the same and long enough.
    void accepted(const Maestro::Secret &passphrase);

private:
    bool isComplete() const;
    void refresh();
    void submit();

    QLineEdit *m_first;
    QLineEdit *m_second;
    QWidget *m_meter;
    QLabel *m_hint;
    QLabel *m_problem;
    QPushButton *m_use;
    bool m_isBusy = false;
};

} // namespace Maestro
