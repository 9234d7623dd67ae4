// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "check/doctor.h"

#include <QDialog>

#include <functional>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace Maestro {

class ProbeRow;

//! Help → Connection check: shows what the doctor finds as it finds it, and hands out the report.
//! It begins at once; closing it ends the check.
class DoctorDialog : public QDialog
{
    Q_OBJECT

public:
    using MakeDoctor = std::function<std::unique_ptr<Doctor>()>;

    explicit DoctorDialog(MakeDoctor makeDoctor, QWidget *parent = nullptr);
    ~DoctorDialog() override;

private:
    void run();
    void showRows(const QStringList &titles);
    void onProbeFinished(int index, const ProbeResult &result);
    void onFinished(const DoctorReport &report);
    void copyReport();

    MakeDoctor m_makeDoctor;
    std::unique_ptr<Doctor> m_doctor;
    DoctorReport m_report;
    int m_done = 0;
    QList<ProbeRow *> m_rows;

    QLabel *m_summary;
    QScrollArea *m_scroll;
    QPushButton *m_copy;
    QPushButton *m_again;
};

} // namespace Maestro
