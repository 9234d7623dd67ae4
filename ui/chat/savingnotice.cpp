// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/savingnotice.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Maestro {

SavingNotice::SavingNotice(QWidget *parent)
    : Panel(Tone::Danger, parent)
    , m_message(makeLabel({}, LabelLook::Strong, this))
    , m_advice(makeLabel({}, LabelLook::Body, this))
{
    auto *retry = new QPushButton(tr("Save &again"), this);
    retry->setAccessibleName(tr("Save again"));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(gridSteps(0.25));
    texts->addWidget(m_message);
    texts->addWidget(m_advice);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1), gridSteps(1.5), gridSteps(1));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(
        makeIconLabel(themeIcon(u"warning"_s, IconTint::Danger), gridSteps(2.5), this), 0,
        Qt::AlignTop);
    layout->addLayout(texts, 1);
    layout->addWidget(retry, 0, Qt::AlignVCenter);
    connect(retry, &QPushButton::clicked, this, &SavingNotice::retryRequested);
    hide();
}

void SavingNotice::showFailure(const Error &error)
{
    m_message->setText(
        tr("What is said here cannot be saved at the moment. %1").arg(error.message));
    m_advice->setText(tr("Nothing is lost: Maestro keeps it while it runs, and goes on trying. %1")
                          .arg(error.advice)
                          .trimmed());
    setAccessibleName(m_message->text());
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace Maestro
