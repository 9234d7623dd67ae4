// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/waitpanel.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Maestro {

QString durationText(std::chrono::milliseconds length)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(length).count();
    if (seconds < 60) {
        return WaitPanel::tr("%1 s").arg(seconds);
    }
    return seconds % 60 == 0 ? WaitPanel::tr("%1 min").arg(seconds / 60)
                             : WaitPanel::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

WaitPanel::WaitPanel(QWidget *parent)
    : Panel(Tone::Notice, parent)
    , m_message(makeLabel({}, LabelLook::Strong, this))
    , m_timeLeft(makeLabel({}, LabelLook::Body, this))
    , m_go(new QPushButton(tr("Keep waiting"), this))
    , m_stop(new QPushButton(themeIcon(u"stop"_s), tr("Stop"), this))
{
    m_go->setAccessibleName(m_go->text());
    m_stop->setAccessibleName(tr("Stop waiting"));
    m_stop->setToolTip(tr("Give up this answer; what came stays (Esc)"));
    m_second.setInterval(std::chrono::seconds(1));
    m_second.setTimerType(Qt::PreciseTimer); // a countdown that skips a number looks broken

    auto *text = new QVBoxLayout;
    text->setSpacing(gridSteps(0.5));
    text->addWidget(m_message);
    text->addWidget(m_timeLeft);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.25), gridSteps(1.5), gridSteps(1.25));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(makeIconLabel(themeIcon(u"clock"_s, IconTint::Accent), gridSteps(3), this), 0,
                      Qt::AlignTop);
    layout->addLayout(text, 1);
    layout->addWidget(m_go, 0, Qt::AlignVCenter);
    layout->addWidget(m_stop, 0, Qt::AlignVCenter);

    connect(&m_second, &QTimer::timeout, this, &WaitPanel::showTimeLeft);
    connect(m_stop, &QPushButton::clicked, this, &WaitPanel::stopRequested);
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (m_cause == Cause::Pause) {
            Q_EMIT retryNowRequested();
        } else {
            dismiss();
            Q_EMIT keepWaitingRequested();
        }
    });
    hide();
}

void WaitPanel::showPause(const RetryPause &pause)
{
    m_go->setText(tr("Try now"));
    m_go->setAccessibleName(tr("Try now"));
    m_go->setToolTip(tr("Ask again at once"));
    begin(Cause::Pause, pause.cause.message, pause.length);
}

void WaitPanel::showStall(std::chrono::milliseconds silentFor, std::chrono::milliseconds endsIn)
{
    m_go->setText(tr("Keep waiting"));
    m_go->setAccessibleName(tr("Keep waiting"));
    m_go->setToolTip(tr("Give the model its whole time once more"));
    begin(Cause::Stall, tr("Nothing has come for %1.").arg(durationText(silentFor)), endsIn);
}

void WaitPanel::begin(Cause cause, const QString &message, std::chrono::milliseconds length)
{
    m_cause = cause;
    m_end.setRemainingTime(length, Qt::PreciseTimer);
    m_message->setText(message);
    setAccessibleName(message);
    showTimeLeft();
    m_second.start();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void WaitPanel::showTimeLeft()
{
    const QString left = durationText(std::chrono::milliseconds(m_end.remainingTime()));
    m_timeLeft->setText(m_cause == Cause::Pause
                            ? tr("Your question is asked again in %1.").arg(left)
                            : tr("The model may be thinking. Maestro gives up in %1.").arg(left));
    setAccessibleDescription(m_timeLeft->text());
}

void WaitPanel::dismiss()
{
    m_second.stop();
    hide();
}

} // namespace Maestro
