// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/check/doctordialog.h"

#include "ui/check/proberow.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QPushButton *makeButton(const QString &text, const QString &tip, const QIcon &icon, QWidget *parent)
{
    auto *button = new QPushButton(icon, text, parent);
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

} // namespace

DoctorDialog::DoctorDialog(MakeDoctor makeDoctor, QWidget *parent)
    : QDialog(parent)
    , m_makeDoctor(std::move(makeDoctor))
    , m_summary(makeLabel({}, LabelLook::Heading, this))
    , m_scroll(new QScrollArea(this))
    , m_copy(makeButton(tr("&Copy report"), tr("Copy the whole report; it holds no secret"),
                        themeIcon(u"copy"_s), this))
    , m_again(makeButton(tr("&Run again"), tr("Look at everything once more"),
                         themeIcon(u"retry"_s), this))
{
    setWindowTitle(tr("Connection check"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::StrongFocus); // the keys scroll it
    m_scroll->setAccessibleName(tr("What was found"));
    QPushButton *close = makeButton(tr("C&lose"), tr("Close the connection check"), {}, this);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(gridSteps(1));
    buttons->addWidget(m_copy);
    buttons->addWidget(m_again);
    buttons->addStretch();
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(2.5), gridSteps(2), gridSteps(2.5), gridSteps(2));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(m_summary);
    layout->addWidget(m_scroll, 1);
    layout->addLayout(buttons);
    resize(gridSteps(78), gridSteps(74));

    connect(m_copy, &QPushButton::clicked, this, &DoctorDialog::copyReport);
    connect(m_again, &QPushButton::clicked, this, &DoctorDialog::run);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    run();
}

DoctorDialog::~DoctorDialog() = default;

void DoctorDialog::run()
{
    m_doctor = m_makeDoctor();
    m_done = 0;
    m_copy->setEnabled(false);
    m_again->setEnabled(false);
    m_scroll->setFocus(); // the button that had it cannot keep it
    showRows(m_doctor->titles());
    m_summary->setText(tr("Looking at %1 things…").arg(m_rows.size()));
    connect(m_doctor.get(), &Doctor::probeFinished, this, &DoctorDialog::onProbeFinished);
    connect(m_doctor.get(), &Doctor::finished, this, &DoctorDialog::onFinished);
    m_doctor->start();
}

void DoctorDialog::showRows(const QStringList &titles)
{
    m_rows.clear();
    auto *list = new QWidget;
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, gridSteps(1), 0);
    layout->setSpacing(gridSteps(1.5));
    for (const QString &title : titles) {
        m_rows.append(new ProbeRow(title, list));
        layout->addWidget(m_rows.last());
    }
    layout->addStretch();
    m_scroll->setWidget(list); // which deletes the one of the run before
}

void DoctorDialog::onProbeFinished(int index, const ProbeResult &result)
{
    m_rows[index]->setResult(result);
    m_summary->setText(tr("Looked at %1 of %2 things…").arg(++m_done).arg(m_rows.size()));
}

void DoctorDialog::onFinished(const DoctorReport &report)
{
    m_report = report;
    m_summary->setText(summaryOf(report));
    m_copy->setEnabled(true);
    m_again->setEnabled(true);
    m_copy->setFocus();
    setAccessibleDescription(m_summary->text());
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void DoctorDialog::copyReport()
{
    QGuiApplication::clipboard()->setText(toPlainText(m_report));
    m_summary->setText(summaryOf(m_report) + u' ' + tr("The report was copied."));
}

} // namespace Maestro
