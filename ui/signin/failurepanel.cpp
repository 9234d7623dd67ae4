// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/failurepanel.h"

#include "ui/common/details.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! What was being tried, as a person would say it.
QString attemptText(SignInStage stage)
{
    switch (stage) {
    case SignInStage::AuthorizationUrl:
        return FailurePanel::tr("The sign-in could not be prepared");
    case SignInStage::Listener:
        return FailurePanel::tr("Maestro could not wait for the browser on this computer");
    case SignInStage::Person:
        return FailurePanel::tr("The sign-in ended in the browser");
    case SignInStage::Code:
        return FailurePanel::tr("What the browser brought back could not be used");
    case SignInStage::Tokens:
        return FailurePanel::tr("The authorization code could not be exchanged");
    case SignInStage::ApiKey:
        return FailurePanel::tr("No working API key");
    }
    Q_UNREACHABLE();
}

QString report(SignInStage stage, const Error &error)
{
    QString text = u"stage: %1\nkind: %2"_s.arg(toString(stage), toString(error.kind));
    if (!error.detail.isEmpty()) {
        text += u'\n' + error.detail;
    }
    return text;
}

} // namespace

FailurePanel::FailurePanel(QWidget *parent)
    : Panel(Tone::Danger, parent)
    , m_stage(makeLabel({}, LabelLook::Strong, this))
    , m_message(makeLabel({}, LabelLook::Body, this))
    , m_advice(makeLabel({}, LabelLook::Body, this))
    , m_details(new Details(this))
    , m_retry(new QPushButton(themeIcon(u"retry"_s), tr("Try again"), this))
{
    m_retry->setToolTip(tr("Begin this sign-in anew"));
    m_retry->setAccessibleName(tr("Try again"));
    auto *text = new QVBoxLayout;
    text->setSpacing(gridSteps(0.75));
    text->addWidget(m_stage);
    text->addWidget(m_message);
    text->addWidget(m_advice);
    text->addWidget(m_retry, 0, Qt::AlignLeft);
    text->addWidget(m_details);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(makeIconLabel(themeIcon(u"warning"_s, IconTint::Danger), gridSteps(3), this),
                      0, Qt::AlignTop);
    layout->addLayout(text, 1);
    connect(m_retry, &QPushButton::clicked, this, &FailurePanel::retryRequested);
    hide();
}

void FailurePanel::showFailure(SignInStage stage, const Error &error)
{
    m_stage->setText(attemptText(stage));
    m_message->setText(error.message);
    m_advice->setText(error.advice);
    m_advice->setVisible(!error.advice.isEmpty());
    m_details->setText(report(stage, error));
    setAccessibleName(u"%1. %2"_s.arg(attemptText(stage), error.message));
    setAccessibleDescription(error.advice);
    show();
    m_retry->setFocus();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace Maestro
