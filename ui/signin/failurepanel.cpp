// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/failurepanel.h"

#include "core/quotation.h"
#include "ui/common/details.h"
#include "ui/common/icons.h"
#include "ui/common/quotation.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! What was being tried, as a person would say it.
QString attemptText(SignInStep step)
{
    switch (step) {
    case SignInStep::AuthorizationUrl:
        return FailurePanel::tr("The sign-in could not be prepared");
    case SignInStep::Listener:
        return FailurePanel::tr("Maestro could not wait for the browser on this computer");
    case SignInStep::Person:
        return FailurePanel::tr("The sign-in ended in the browser");
    case SignInStep::Code:
        return FailurePanel::tr("What the browser brought back could not be used");
    case SignInStep::Tokens:
        return FailurePanel::tr("The authorization code could not be exchanged");
    case SignInStep::ApiKey:
        return FailurePanel::tr("No working API key");
    case SignInStep::Account:
    case SignInStep::Models:
        return FailurePanel::tr("The account could not be kept");
    }
    Q_UNREACHABLE();
}

QString errorReport(SignInStep step, const Error &error)
{
    QString text = u"stage: %1\nkind: %2"_s.arg(toWord(step), toWord(error.kind));
    if (!error.detail.isEmpty()) {
        text += u'\n' + error.detail;
    }
    return text;
}

QPushButton *makeButton(const QString &icon, const QString &text, const QString &tip,
                        QWidget *parent)
{
    auto *button = new QPushButton(themeIcon(icon), text, parent);
    button->setAccessibleName(text);
    button->setToolTip(tip);
    return button;
}

} // namespace

FailurePanel::FailurePanel(QWidget *parent)
    : Panel(Tone::Danger, parent)
    , m_stage(makeLabel({}, LabelLook::Strong, this))
    , m_message(makeLabel({}, LabelLook::Body, this))
    , m_reason(new Quotation(this))
    , m_advice(makeLabel({}, LabelLook::Body, this))
    , m_details(new Details(this))
    , m_retry(makeButton(u"retry"_s, tr("Try again"), {}, this))
    , m_restart(makeButton(u"browser"_s, tr("Start over"), tr("Begin this sign-in anew"), this))
    , m_copy(makeButton(u"copy"_s, tr("Copy report"),
                        tr("Copy stages, times and what went wrong; no secret is in it"), this))
{
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_retry);
    buttons->addWidget(m_restart);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    auto *text = new QVBoxLayout;
    text->setSpacing(gridSteps(0.75));
    text->addWidget(m_stage);
    text->addWidget(m_message);
    text->addWidget(m_reason);
    text->addWidget(m_advice);
    text->addLayout(buttons);
    text->addWidget(m_details);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(makeIconLabel(themeIcon(u"warning"_s, IconTint::Danger), gridSteps(3), this),
                      0, Qt::AlignTop);
    layout->addLayout(text, 1);
    connect(m_retry, &QPushButton::clicked, this, &FailurePanel::retryRequested);
    connect(m_restart, &QPushButton::clicked, this, &FailurePanel::restartRequested);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_report);
        m_copy->setText(tr("Report copied"));
    });
    hide();
}

void FailurePanel::showFailure(SignInStep step, const Error &error, Retry retry,
                               const QString &report)
{
    m_report = report + errorReport(step, error);
    m_copy->setText(tr("Copy report"));
    m_retry->setToolTip(retry == Retry::FromHere
                            ? tr("Go on from here; what you did in the browser still holds")
                            : tr("Begin this sign-in anew"));
    m_restart->setVisible(retry == Retry::FromHere);
    m_stage->setText(attemptText(step));
    m_message->setText(error.message);
    m_reason->setReason(error.reason);
    m_advice->setText(error.advice);
    m_advice->setVisible(!error.advice.isEmpty());
    m_details->setText(errorReport(step, error));
    setAccessibleName(u"%1. %2"_s.arg(attemptText(step), error.message));
    setAccessibleDescription(u"%1 %2"_s.arg(quotation(error.reason), error.advice).trimmed());
    show();
    m_retry->setFocus();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace Maestro
