// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinchoice.h"

#include <QWizardPage>

class QLabel;

namespace Maestro {

//! The ways in.
class ChoicePage : public QWizardPage
{
    Q_OBJECT

public:
    explicit ChoicePage(const QList<SignInChoice> &choices, QWidget *parent = nullptr);

    //! Whether the way in that was chosen is being made ready.
    void setBusy(bool busy);
    //! Where to, by the way that was chosen; the wizard knows.
    void setNextId(int id) { m_nextId = id; }
    int nextId() const override { return m_nextId; }

Q_SIGNALS:
    void chosen(int index);

private:
    int m_nextId = -1;
    QWidget *m_ways;
    QLabel *m_busy;
};

} // namespace Maestro
