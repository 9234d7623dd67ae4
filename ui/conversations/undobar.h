// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatid.h"
#include "ui/common/panel.h"

#include <QTimer>

class QPushButton;
class QToolButton;

namespace Maestro {

//! Offers to bring back what was deleted last, for a while.
class UndoBar : public Panel
{
    Q_OBJECT

public:
    explicit UndoBar(QWidget *parent = nullptr);

    void offer(ChatId conversation, const QString &title);

protected:
    void resizeEvent(QResizeEvent *event) override;

Q_SIGNALS:
    void undoRequested(Maestro::ChatId conversation);

private:
    void showText();

    ChatId m_conversation = 0;
    QString m_deleted;
    QTimer m_while;
    QLabel *m_text;
    QPushButton *m_undo;
    QToolButton *m_close;
};

} // namespace Maestro
