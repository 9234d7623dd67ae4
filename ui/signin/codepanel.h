// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/panel.h"

#include <QDateTime>
#include <QTimer>
#include <QUrl>

class QPushButton;

namespace Maestro {

//! A code to be typed into a browser on any computer: where, what, and for how long.
class CodePanel : public Panel
{
    Q_OBJECT

public:
    explicit CodePanel(QWidget *parent = nullptr);

    void offer(const QUrl &where, const QString &userCode, const QDateTime &expiresAt);
    void stop();

Q_SIGNALS:
    //! The page may be opened in this computer's browser, too.
    void openRequested(const QUrl &where);

private:
    void refreshTime();

    QUrl m_where;
    QString m_userCode;
    QDateTime m_expiresAt;
    QTimer m_tick;
    QLabel *m_address;
    QLabel *m_code;
    QLabel *m_time;
    QPushButton *m_copy;
    QPushButton *m_open;
};

} // namespace Maestro
