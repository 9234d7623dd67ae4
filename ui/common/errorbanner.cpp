// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/errorbanner.h"

#include "core/quotation.h"
#include "ui/common/details.h"
#include "ui/common/icons.h"
#include "ui/common/quotation.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Remedies
{
    bool retry = false;
    bool signIn = false;
};

//! What may help: asking again, signing in, neither or both.
Remedies remediesFor(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::AuthenticationRequired:
    case Error::Kind::InvalidGrant:
    case Error::Kind::AccessDenied:
    case Error::Kind::StateMismatch:
    case Error::Kind::InvalidClient:
    case Error::Kind::NoOrganization:
    case Error::Kind::ConsentRequired:
    case Error::Kind::PortInUse:
    case Error::Kind::BrowserUnavailable:
        return {.retry = false, .signIn = true};
    case Error::Kind::PermissionDenied:
        return {.retry = true, .signIn = true};
    case Error::Kind::InvalidRequest:
    case Error::Kind::ContextTooLong:
    case Error::Kind::QuotaExceeded:
    case Error::Kind::ContentFiltered:
    case Error::Kind::TooLarge:
    case Error::Kind::Configuration:
    case Error::Kind::Unsupported:
        return {};
    case Error::Kind::Unknown:
    case Error::Kind::Network:
    case Error::Kind::Offline:
    case Error::Kind::Timeout:
    case Error::Kind::Tls:
    case Error::Kind::Proxy:
    case Error::Kind::ModelNotFound:
    case Error::Kind::RateLimited:
    case Error::Kind::Overloaded:
    case Error::Kind::ServerFailure:
    case Error::Kind::InvalidResponse:
    case Error::Kind::Interrupted:
        return {.retry = true, .signIn = false};
    }
    Q_UNREACHABLE();
}

} // namespace

ErrorBanner::ErrorBanner(QWidget *parent)
    : Panel(Tone::Danger, parent)
    , m_wrong(makeIconLabel(themeIcon(u"warning"_s, IconTint::Danger), gridSteps(3), this))
    , m_mended(makeIconLabel(themeIcon(u"done"_s, IconTint::Success), gridSteps(3), this))
    , m_message(makeLabel({}, LabelLook::Strong, this))
    , m_reason(new Quotation(this))
    , m_advice(makeLabel({}, LabelLook::Body, this))
    , m_details(new Details(this))
    , m_continue(new QPushButton(themeIcon(u"continue"_s), tr("Continue"), this))
    , m_retry(new QPushButton(themeIcon(u"retry"_s), tr("Try again"), this))
    , m_signIn(new QPushButton(themeIcon(u"person"_s), tr("Sign in"), this))
    , m_dismiss(new QToolButton(this))
{
    m_continue->setToolTip(tr("Ask the model to go on where its answer ends"));
    m_continue->setAccessibleName(tr("Continue"));
    m_retry->setToolTip(tr("Ask the last question again"));
    m_retry->setAccessibleName(tr("Try again"));
    m_signIn->setToolTip(tr("Sign in again or add an account"));
    m_signIn->setAccessibleName(tr("Sign in"));
    m_dismiss->setIcon(themeIcon(u"close"_s, IconTint::Muted));
    m_dismiss->setToolTip(tr("Dismiss"));
    m_dismiss->setAccessibleName(tr("Dismiss the error"));

    auto *text = new QVBoxLayout;
    text->setSpacing(gridSteps(0.5));
    text->addWidget(m_message);
    text->addWidget(m_reason);
    text->addWidget(m_advice);
    text->addWidget(m_details);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(1), gridSteps(1.5));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(m_wrong, 0, Qt::AlignTop);
    layout->addWidget(m_mended, 0, Qt::AlignTop);
    layout->addLayout(text, 1);
    layout->addWidget(m_continue, 0, Qt::AlignTop);
    layout->addWidget(m_retry, 0, Qt::AlignTop);
    layout->addWidget(m_signIn, 0, Qt::AlignTop);
    layout->addWidget(m_dismiss, 0, Qt::AlignTop);

    connect(m_continue, &QPushButton::clicked, this, &ErrorBanner::continueRequested);
    connect(m_retry, &QPushButton::clicked, this, &ErrorBanner::retryRequested);
    connect(m_signIn, &QPushButton::clicked, this, &ErrorBanner::signInRequested);
    connect(m_dismiss, &QToolButton::clicked, this, &ErrorBanner::dismiss);
    hide();
}

void ErrorBanner::showError(const Error &error)
{
    m_message->setText(error.message);
    m_reason->setReason(error.reason);
    QString advice = error.advice;
    if (error.retryAfter) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*error.retryAfter).count();
        advice += (advice.isEmpty() ? QString() : u" "_s)
            + tr("The provider asks to wait %1 s.").arg(seconds);
    }
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_details->setText(error.detail);
    showMended(false);
    m_kind = error.kind;
    m_canContinue = false;
    m_isSignInNeeded = error.kind == Error::Kind::AuthenticationRequired
        || error.kind == Error::Kind::InvalidGrant || error.kind == Error::Kind::ConsentRequired;
    const QString signIn = m_isSignInNeeded && m_canRetry ? tr("Sign in again") : tr("Sign in");
    m_signIn->setText(signIn);
    m_signIn->setAccessibleName(signIn);
    showRemedies();
    setAccessibleName(tr("Error: %1").arg(error.message));
    setAccessibleDescription(u"%1 %2"_s.arg(quotation(error.reason), advice).trimmed());
    show();
    sayAloud();
}

bool ErrorBanner::awaitsSignIn() const { return m_isSignInNeeded && isVisible(); }

void ErrorBanner::showSignedIn()
{
    m_canContinue = false;
    showRemedied(tr("You are signed in again."),
                 tr("Your question can be sent again; nothing of it was lost."));
    m_retry->setFocus();
}

void ErrorBanner::showOtherChoice(const QString &model)
{
    showRemedied(tr("%1 is asked from now on.").arg(model),
                 tr("Your question can be sent again; nothing of it was lost."));
    sayAloud();
}

void ErrorBanner::showOnline()
{
    if (m_kind != Error::Kind::Offline) {
        return;
    }
    if (!m_canRetry) {
        dismiss();
        return;
    }
    m_canContinue = false;
    showRemedied(tr("You are online again."),
                 tr("Nothing was sent meanwhile. You can ask again now."));
    sayAloud();
}

void ErrorBanner::showRemedied(const QString &message, const QString &advice)
{
    showMended(true);
    m_isSignInNeeded = false;
    m_kind = Error::Kind::Interrupted; // of which asking again is the remedy
    m_message->setText(message);
    m_reason->setReason({});
    m_advice->setText(advice);
    m_advice->show();
    m_details->setText({});
    setAccessibleName(m_message->text());
    setAccessibleDescription(m_advice->text());
    showRemedies();
}

void ErrorBanner::showMended(bool isMended)
{
    setTone(isMended ? Tone::Notice : Tone::Danger);
    m_wrong->setVisible(!isMended);
    m_mended->setVisible(isMended);
}

void ErrorBanner::sayAloud()
{
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ErrorBanner::dismiss()
{
    m_kind.reset();
    m_isSignInNeeded = false;
    hide();
}

void ErrorBanner::setCanRetry(bool canRetry)
{
    m_canRetry = canRetry;
    showRemedies();
}

void ErrorBanner::setCanContinue(bool canContinue)
{
    m_canContinue = canContinue;
    showRemedies();
}

void ErrorBanner::showRemedies()
{
    const Remedies remedies = m_kind ? remediesFor(*m_kind) : Remedies();
    m_continue->setVisible(remedies.retry && m_canRetry && m_canContinue);
    m_retry->setVisible(remedies.retry && m_canRetry);
    m_signIn->setVisible(remedies.signIn);
}

} // namespace Maestro
