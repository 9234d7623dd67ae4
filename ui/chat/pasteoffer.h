// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/panel.h"

class QPushButton;

namespace Maestro {

//! Asks what becomes of a text that is too large to be written with: a file that goes along, or
//! text all the same. Hidden while there is none.
class PasteOffer : public Panel
{
    Q_OBJECT

public:
    explicit PasteOffer(QWidget *parent = nullptr);

    void offer(const QString &text);

Q_SIGNALS:
    void fileChosen(const QString &text);
    void textChosen(const QString &text);

private:
    QString m_text;
    QLabel *m_question;
    QPushButton *m_asFile;
    QPushButton *m_asText;
};

} // namespace Maestro
