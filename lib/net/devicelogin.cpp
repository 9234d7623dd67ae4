// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/devicelogin.h"

#include "auth/tokenrequest.h"

#include <QNetworkReply>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro {

namespace {

//! RFC 8628 §3.5
constexpr auto SlowDownBy = 5s;

std::optional<Error> findObstacle(const OAuth::OAuthProfile &profile)
{
    if (!profile.device) {
        return Error{
            Error::Kind::Unsupported,
            DeviceLogin::tr("%1 has no sign-in with a code.").arg(profile.name),
            DeviceLogin::tr("Sign in in the browser of this computer, or use an API key.")};
    }
    return OAuth::findFault(profile);
}

} // namespace

DeviceLogin::DeviceLogin(OAuth::OAuthProfile profile, CredentialStore &store,
                         QNetworkAccessManager &network, QObject *parent)
    : DeviceLogin(std::move(profile), store, network, Limits(), parent)
{ }

DeviceLogin::DeviceLogin(OAuth::OAuthProfile profile, CredentialStore &store,
                         QNetworkAccessManager &network, Limits limits, QObject *parent)
    : SignIn(parent)
    , m_profile(std::move(profile))
    , m_limits(limits)
    , m_endpoint(network, limits.endpoint)
    , m_redemption(m_profile, store, m_endpoint)
{
    m_pause.setSingleShot(true);
    m_expiry.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &DeviceLogin::ask);
    connect(&m_expiry, &QTimer::timeout, this,
            [this] { conclude(m_lastTrouble.value_or(OAuth::describeExpiredDeviceCode())); });
    connect(&m_redemption, &CodeRedemption::stageReached, this, &DeviceLogin::reach);
    connect(&m_redemption, &CodeRedemption::otherAccountFound, this,
            &DeviceLogin::otherAccountFound);
    connect(&m_redemption, &CodeRedemption::finished, this, &DeviceLogin::conclude);
}

QUrl DeviceLogin::authorizationUrl() const
{
    return m_device ? m_profile.device->verificationUrl : QUrl();
}

void DeviceLogin::start()
{
    m_clock.start();
    QMetaObject::invokeMethod(this, &DeviceLogin::requestCode, Qt::QueuedConnection);
}

std::optional<Error> DeviceLogin::submitAddress(const QString &)
{
    return Error{Error::Kind::Unsupported, tr("A sign-in with a code needs no address."),
                 tr("Type the code on the page, and confirm it there.")};
}

void DeviceLogin::requestCode()
{
    if (const auto fault = findObstacle(m_profile)) {
        conclude(*fault);
        return;
    }
    post(OAuth::makeUserCodeRequest(m_profile), &DeviceLogin::onCode);
}

void DeviceLogin::post(const OAuth::TokenRequest &request,
                       void (DeviceLogin::*read)(const Result<HttpReply> &))
{
    QNetworkReply *reply = m_endpoint.post(request);
    connect(
        reply, &QNetworkReply::finished, this,
        [this, reply, read] {
            if (!m_isOver) {
                (this->*read)(TokenEndpoint::take(*reply));
            }
        },
        Qt::QueuedConnection);
}

void DeviceLogin::onCode(const Result<HttpReply> &reply)
{
    const auto device = reply ? OAuth::readDeviceCode(reply->status, reply->body)
                              : Result<OAuth::DeviceCode>(reply.error());
    if (!device) {
        conclude(device.error());
        return;
    }
    m_device = *device;
    m_interval = device->interval;
    const std::chrono::milliseconds lifetime
        = std::min<std::chrono::milliseconds>(m_limits.lifetime, device->lifetime.value_or(24h));
    m_expiry.start(lifetime);
    if (!reach(SignInStage::AuthorizationUrl, SignInStage::Person,
               tr("%1, asked every %2 s")
                   .arg(m_profile.device->verificationUrl.host())
                   .arg(m_interval.count()))) {
        return;
    }
    const QPointer<DeviceLogin> guard(this);
    Q_EMIT codeOffered(m_profile.device->verificationUrl, m_device->userCode,
                       QDateTime::currentDateTimeUtc().addMSecs(lifetime.count()));
    if (guard && reach(SignInStage::Person, SignInStage::Person, {})) {
        wait({});
    }
}

void DeviceLogin::ask()
{
    post(OAuth::makeDeviceQuestion(m_profile, *m_device), &DeviceLogin::onAnswer);
}

void DeviceLogin::onAnswer(const Result<HttpReply> &reply)
{
    if (!reply) { // A code that is being typed must not be lost to a short break: RFC 8628 §3.5.
        m_lastTrouble = reply.error();
        wait({.slowDown = true});
        return;
    }
    m_lastTrouble.reset();
    const OAuth::DeviceAnswer answer = OAuth::readDeviceAnswer(
        reply->status, reply->body, headerValue(reply->headers, "Retry-After"));
    if (const auto *pending = std::get_if<OAuth::DevicePending>(&answer)) {
        wait(*pending);
    } else if (const auto *grant = std::get_if<OAuth::DeviceGrant>(&answer)) {
        redeem(*grant);
    } else {
        conclude(std::get<Error>(answer));
    }
}

void DeviceLogin::wait(const OAuth::DevicePending &pending)
{
    if (pending.slowDown) {
        m_interval += SlowDownBy;
    }
    const std::chrono::milliseconds pause = std::max(m_interval, pending.retryAfter.value_or(0s));
    m_pause.start(std::min(pause, m_limits.longestPause));
}

void DeviceLogin::redeem(const OAuth::DeviceGrant &grant)
{
    m_expiry.stop(); // The code was typed in time.
    constexpr double Second = 1000;
    if (!reach(SignInStage::Code, SignInStage::Tokens,
               tr("%1 characters, after %2 s")
                   .arg(grant.code.reveal().size())
                   .arg(static_cast<double>(m_clock.elapsed()) / Second, 0, 'f', 1))) {
        return;
    }
    const QString redirectUri = QString::fromLatin1(m_profile.device->redirectUrl.toEncoded());
    m_redemption.start(
        OAuth::makeCodeExchange(m_profile, redirectUri, grant.code, grant.verifier, Secret()));
}

bool DeviceLogin::reach(SignInStage reached, SignInStage next, const QString &detail)
{
    const QPointer<DeviceLogin> guard(this);
    m_stage = next;
    m_clock.restart();
    Q_EMIT stageReached(reached, detail);
    return !guard.isNull();
}

void DeviceLogin::conclude(const Result<SignedIn> &result)
{
    m_isOver = true;
    m_pause.stop();
    m_expiry.stop();
    Q_EMIT finished(result);
}

} // namespace Maestro
