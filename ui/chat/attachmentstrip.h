// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/attachment.h"
#include "core/jobthread.h"

#include <QList>
#include <QWidget>

#include <atomic>
#include <functional>

class QHBoxLayout;
class QImage;
class QMimeData;

namespace Maestro {

//! The files that will go along with the next prompt. Reads them aside; what cannot go along is
//! refused with the reason, and nothing of the rest is lost.
class AttachmentStrip : public QWidget
{
    Q_OBJECT

public:
    explicit AttachmentStrip(QWidget *parent = nullptr);
    //! Waits for the file that is just being read, if one is.
    ~AttachmentStrip() override;

    //! Whether there are files or a picture in it. Text is not: it belongs where it is pasted.
    static bool canTake(const QMimeData &given);
    void take(const QMimeData &given);
    void addFiles(const QStringList &paths);
    //! Files that were taken before: they come back, however many they are.
    void restore(const QList<Attachment> &attachments);
    void addText(const QString &text);
    void clear();

    QList<Attachment> attachments() const;
    //! Whether files are still being read.
    bool isReading() const { return m_reading > 0; }

Q_SIGNALS:
    void changed();
    void refused(const Maestro::Error &error);

private:
    struct Item
    {
        int number; //!< in the order they were given, whichever is read first
        Attachment attachment;
        QWidget *chip;
    };

    void addImage(const QImage &image);
    //! One that has been read, or why it could not be.
    void give(const Result<Attachment> &attachment);
    void readAside(std::function<Result<Attachment>()> read);
    void settle(int number, const Result<Attachment> &attachment);
    void add(int number, const Attachment &attachment);
    void remove(QWidget *chip);

    QHBoxLayout *m_row;
    QList<Item> m_items;
    int m_reading = 0;
    int m_given = 0; //!< so far
    int m_cleared = 0; //!< those up to here do not come back
    std::atomic_bool m_isEnding = false;
    JobThread m_reader; //!< last, since its jobs read the above
};

} // namespace Maestro
