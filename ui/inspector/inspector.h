// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/inspection.h"

#include <QDialog>
#include <QPointer>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;

namespace Maestro {

//! What was sent, exactly: the last request of a session as JSON and as a line for a shell. It
//! follows the session while it is open. No credential ever comes here.
class Inspector : public QDialog
{
    Q_OBJECT

public:
    explicit Inspector(const ChatSession &session, QWidget *parent = nullptr);

    //! Shows another session, that of the conversation that is shown now.
    void setSession(const ChatSession &session);

private:
    void refresh();
    QPlainTextEdit *makeView(const QString &name);
    QWidget *makePage(QPlainTextEdit *view, const QString &copyText,
                      QString (*text)(const InspectedRequest &));

    QPointer<const ChatSession> m_session;
    QLabel *m_target;
    QLabel *m_left;
    QStackedWidget *m_pages;
    QLabel *m_empty;
    QTabWidget *m_tabs;
    QPlainTextEdit *m_json;
    QPlainTextEdit *m_curl;
};

} // namespace Maestro
