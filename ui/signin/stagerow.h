// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QLabel;

namespace Maestro {

//! One stage: a mark for its state, what it is, and how long it took.
class StageRow : public QWidget
{
    Q_OBJECT

public:
    enum class State { Pending, Running, Done, Failed };

    StageRow(const QString &text, QWidget *parent);

    State state() const { return m_state; }
    void setState(State state);
    //! State and time, in words that are the same in every language.
    QString report() const;
    //! Turns the mark and counts the time of a stage under way.
    void tick();

private:
    QString stateText() const;

    State m_state = State::Pending;
    QString m_text;
    QElapsedTimer m_clock;
    qint64 m_elapsedMs = 0;
    QWidget *m_mark;
    QLabel *m_label;
    QLabel *m_time;
};

} // namespace Maestro
