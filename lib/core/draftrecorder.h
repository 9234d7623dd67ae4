// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QTimer>

namespace Maestro {

//! Keeps what was typed and not sent, and the files that were to go along, a moment behind. It
//! knows in which conversation, or in place of which message, so that nothing is ever kept with
//! another.
class DraftRecorder : public QObject
{
    Q_OBJECT

public:
    //! The store must outlive it.
    explicit DraftRecorder(ChatStore &store, QObject *parent = nullptr);

    void set(ChatId conversation, const Prompt &draft);
    //! The same where `before` has been given: writes what is different. Files are large, and text
    //! changes with every key.
    void change(ChatId conversation, const Prompt &before, const Prompt &draft);
    void flush();
    //! Whether there is nothing that is not written.
    bool isSettled() const { return !m_text && !m_files && m_underWay == 0; }
    //! Whether the last could not be written.
    bool isFailing() const { return m_isFailing; }

Q_SIGNALS:
    //! Nothing if it went well; else it is kept here, and written again in a moment.
    void written(const std::optional<Maestro::Error> &error);

private:
    void setText(ChatId conversation, const QString &text);
    void setFiles(ChatId conversation, const QList<Attachment> &files);
    void goTo(ChatId conversation);
    void startSoon();
    void flushText();
    void flushFiles();
    void settle(const std::optional<Error> &error);

    ChatStore &m_store;
    QTimer m_due;
    ChatId m_conversation = 0;
    // What is not written.
    std::optional<QString> m_text;
    std::optional<QList<Attachment>> m_files;
    int m_underWay = 0;
    bool m_isFailing = false;
};

} // namespace Maestro
