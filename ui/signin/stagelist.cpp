// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/stagelist.h"

#include "ui/common/theme.h"
#include "ui/signin/stagerow.h"

#include <QVBoxLayout>

namespace Maestro {

namespace {

//! Smooth enough for the turning mark of the stage under way.
constexpr int TickMs = 40;

} // namespace

StageList::StageList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(gridSteps(0.75));
    m_tick.setInterval(TickMs);
    connect(&m_tick, &QTimer::timeout, this, &StageList::refresh);
}

void StageList::begin(const QList<SignInStep> &stages)
{
    for (const auto &[stage, widget] : m_rows) {
        // Gone at once, not at the next event loop: the new ones take their place.
        delete widget;
    }
    m_rows.clear();
    m_details.clear();
    for (const SignInStep stage : stages) {
        row(stage);
    }
    if (!stages.isEmpty()) {
        run(stages.first());
    }
}

StageRow &StageList::row(SignInStep stage)
{
    StageRow *&widget = m_rows[stage];
    if (!widget) {
        widget = new StageRow(toText(stage), this);
        const auto place = std::distance(m_rows.begin(), m_rows.find(stage));
        m_layout->insertWidget(static_cast<int>(place), widget);
    }
    return *widget;
}

void StageList::run(SignInStep stage)
{
    row(stage).setState(StageRow::State::Running);
    m_tick.start();
}

void StageList::reach(SignInStep stage, const QString &detail)
{
    m_details[stage] = detail;
    row(stage);
    for (const auto &[each, widget] : m_rows) {
        if (each < stage || (each == stage && stage != SignInStep::Person)) {
            widget->setState(StageRow::State::Done);
        }
    }
    if (stage == SignInStep::Person) {
        run(stage);
    } else if (const auto next = m_rows.upper_bound(stage); next != m_rows.end()) {
        run(next->first);
    } else {
        m_tick.stop();
    }
}

SignInStep StageList::fail(SignInStep stage)
{
    m_tick.stop();
    SignInStep failed = stage;
    if (row(stage).state() == StageRow::State::Done) {
        for (const auto &[each, widget] : m_rows) {
            failed = widget->state() == StageRow::State::Running ? each : failed;
        }
    }
    for (const auto &[each, widget] : m_rows) {
        if (each == failed) {
            widget->setState(StageRow::State::Failed);
        } else if (widget->state() == StageRow::State::Running) {
            widget->setState(each < failed ? StageRow::State::Done : StageRow::State::Pending);
        }
    }
    return failed;
}

void StageList::complete()
{
    m_tick.stop();
    for (const auto &[stage, widget] : m_rows) {
        widget->setState(StageRow::State::Done);
    }
}

QString StageList::report() const
{
    QString report;
    for (const auto &[stage, widget] : m_rows) {
        report += toWord(stage) + QLatin1StringView(": ") + widget->report();
        if (const auto detail = m_details.find(stage);
            detail != m_details.end() && !detail->second.isEmpty()) {
            report += QLatin1StringView(" (") + detail->second + QLatin1Char(')');
        }
        report += QLatin1Char('\n');
    }
    return report;
}

void StageList::refresh()
{
    for (const auto &[stage, widget] : m_rows) {
        widget->tick();
    }
}

} // namespace Maestro
