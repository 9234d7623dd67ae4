// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace Maestro::Cli {

//! The lines a person pastes while a sign-in waits. Standard input that is at its end, or closed,
//! has none.
class PastedLines : public QObject
{
    Q_OBJECT

public:
    explicit PastedLines(QObject *parent = nullptr);
    ~PastedLines() override;

Q_SIGNALS:
    void pasted(const QString &line);
    //! There will be no more.
    void ended();

private:
    void read();

    std::unique_ptr<QSocketNotifier> m_notifier;
    QByteArray m_buffer;
};

} // namespace Maestro::Cli
