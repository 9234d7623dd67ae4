// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/signin.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <map>

class QVBoxLayout;

namespace Maestro {

class StageRow;

//! The stages of a sign-in as they happen, each with the time it took.
class StageList : public QWidget
{
    Q_OBJECT

public:
    explicit StageList(QWidget *parent = nullptr);

    //! Begins with these, all still to come. Others join when they are reached.
    void begin(const QList<SignInStage> &stages);
    //! The stage has come about, and all before it; waiting for the person lasts until the next.
    void reach(SignInStage stage);
    //! It ended here. Returns the stage that failed: `stage`, or the one under way if that was
    //! done.
    SignInStage fail(SignInStage stage);
    //! All is well.
    void complete();

private:
    StageRow &row(SignInStage stage);
    void run(SignInStage stage);
    void refresh();

    QVBoxLayout *m_layout;
    std::map<SignInStage, StageRow *> m_rows;
    QTimer m_tick;
};

} // namespace Maestro
