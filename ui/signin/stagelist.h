// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinstep.h"

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
    void begin(const QList<SignInStep> &stages);
    //! The stage has come about, and all before it; waiting for the person lasts until the next.
    //! `detail` is a fact for the report.
    void reach(SignInStep stage, const QString &detail = {});
    //! It ended here. Returns the stage that failed: `stage`, or the one under way if that was
    //! done.
    SignInStep fail(SignInStep stage);
    //! All is well.
    void complete();
    //! A line for each stage: its state, its time and its fact. None of it is secret.
    QString report() const;

private:
    StageRow &row(SignInStep stage);
    void run(SignInStep stage);
    void refresh();

    QVBoxLayout *m_layout;
    std::map<SignInStep, StageRow *> m_rows;
    std::map<SignInStep, QString> m_details;
    QTimer m_tick;
};

} // namespace Maestro
