// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/check/proberow.h"

#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QWidget *makeMark(ProbeResult::Status status, QWidget *parent)
{
    const int size = gridSteps(2.75);
    switch (status) {
    case ProbeResult::Status::Ok:
        return makeIconLabel(themeIcon(u"done"_s, IconTint::Success), size, parent);
    case ProbeResult::Status::Problem:
        return makeIconLabel(themeIcon(u"failed"_s, IconTint::Danger), size, parent);
    case ProbeResult::Status::Skipped:
        return makeIconLabel(themeIcon(u"pending"_s, IconTint::Muted), size, parent);
    }
    Q_UNREACHABLE();
}

QString spoken(ProbeResult::Status status)
{
    switch (status) {
    case ProbeResult::Status::Ok:
        return ProbeRow::tr("ok");
    case ProbeResult::Status::Problem:
        return ProbeRow::tr("problem");
    case ProbeResult::Status::Skipped:
        return ProbeRow::tr("skipped");
    }
    Q_UNREACHABLE();
}

} // namespace

ProbeRow::ProbeRow(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_mark(makeMark(ProbeResult::Status::Skipped, this))
    , m_finding(makeLabel(tr("Looking…"), LabelLook::Muted, this))
    , m_advice(makeLabel({}, LabelLook::Body, this))
{
    auto *text = new QVBoxLayout;
    text->setSpacing(gridSteps(0.25));
    text->addWidget(makeLabel(title, LabelLook::Strong, this));
    text->addWidget(m_finding);
    text->addWidget(m_advice);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(1.25));
    layout->addWidget(m_mark, 0, Qt::AlignTop);
    layout->addLayout(text, 1);
    for (QLabel *label : {m_finding, m_advice}) {
        // By mouse alone: a stop of the Tab key for every line would be in the way.
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setFocusPolicy(Qt::NoFocus);
    }
    m_advice->hide();
    setAccessibleName(tr("%1: being looked at").arg(title));
}

void ProbeRow::setResult(const ProbeResult &result)
{
    QWidget *mark = makeMark(result.status, this);
    delete layout()->replaceWidget(m_mark, mark);
    layout()->setAlignment(mark, Qt::AlignTop);
    delete m_mark;
    m_mark = mark;
    m_finding->setText(result.status == ProbeResult::Status::Skipped
                           ? tr("Skipped: %1").arg(result.finding)
                           : result.finding);
    m_advice->setText(result.advice);
    m_advice->setVisible(!result.advice.isEmpty());
    setAccessibleName(u"%1: %2. %3"_s.arg(m_title, spoken(result.status), result.finding));
    setAccessibleDescription(result.advice);
}

} // namespace Maestro
