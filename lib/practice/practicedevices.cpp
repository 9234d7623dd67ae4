// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practicedevices.h"

#include "practice/practiceidtoken.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro::Practice {

namespace {

constexpr qsizetype MaxKept = 64;
constexpr std::chrono::seconds Lifetime = 15min;

//! Without letters and digits that look alike; eight of them, four by four.
QString makeUserCode()
{
    const QString letters = u"BCDFGHJKLMNPQRSTVWXZ"_s;
    QString code;
    for (int i = 0; i < 8; ++i) {
        code += letters.at(QRandomGenerator::system()->bounded(letters.size()));
    }
    return code.insert(4, u'-');
}

QString challengeOf(const Secret &verifier)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(verifier.reveal(), QCryptographicHash::Sha256)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

//! As a person types it.
QByteArray plain(const QString &code)
{
    return code.trimmed().toUpper().remove(u'-').remove(u' ').toUtf8();
}

} // namespace

Devices::Devices(Clock clock)
    : m_clock(std::move(clock))
{ }

HttpReply Devices::begin(const QString &clientId)
{
    if (clientId.isEmpty()) {
        return oauthError(400, u"invalid_request"_s, u"client_id is missing."_s);
    }
    const Secret verifier(makePracticeSecret("verifier"));
    Device device{.id = makePracticeSecret("device"),
                  .userCode = makeUserCode(),
                  .request = {.clientId = clientId,
                              .redirectUri = m_redirectUri,
                              .codeChallenge = challengeOf(verifier),
                              .state = QString::fromLatin1(makePracticeSecret("state")),
                              .scope = u"openid profile email offline_access"_s},
                  .verifier = verifier,
                  .expiresAt = m_clock().addSecs(Lifetime.count())};
    if (m_devices.size() >= MaxKept) {
        m_devices.removeFirst();
    }
    m_devices.append(device);
    return jsonReply(200,
                     {{u"device_auth_id"_s, QString::fromLatin1(device.id)},
                      {u"user_code"_s, device.userCode},
                      {u"interval"_s, u"1"_s}, // nobody here minds, and practising is quicker
                      {u"expires_at"_s, device.expiresAt.toString(Qt::ISODate)}});
}

std::optional<AuthorizationRequest> Devices::find(const QString &typed) const
{
    const auto found = std::find_if(m_devices.begin(), m_devices.end(),
                                    [code = plain(typed)](const Device &device) {
                                        return equalInConstantTime(plain(device.userCode), code);
                                    });
    const bool isOpen = found != m_devices.end() && m_clock() < found->expiresAt
        && found->code.isEmpty() && !found->denied;
    return isOpen ? std::optional(found->request) : std::nullopt;
}

bool Devices::settle(const Parameters &callback)
{
    const QByteArray state = callback.value(u"state"_s).toUtf8();
    const auto found
        = std::find_if(m_devices.begin(), m_devices.end(), [&state](const Device &device) {
              return equalInConstantTime(device.request.state.toLatin1(), state);
          });
    const QString code = callback.value(u"code"_s);
    if (found == m_devices.end() || !found->code.isEmpty() || found->denied
        || (code.isEmpty() && !callback.contains(u"error"_s))) {
        return false;
    }
    found->code = Secret(code.toUtf8());
    found->denied = code.isEmpty();
    return true;
}

HttpReply Devices::ask(const QString &id, const QString &userCode)
{
    const auto found
        = std::find_if(m_devices.begin(), m_devices.end(), [&id](const Device &device) {
              return equalInConstantTime(device.id, id.toUtf8());
          });
    if (found == m_devices.end() || found->userCode != userCode || m_clock() >= found->expiresAt) {
        return oauthError(400, u"expired_token"_s, u"There is no such code any more."_s);
    }
    if (found->denied) {
        return oauthError(400, u"access_denied"_s, u"The person pressed Deny."_s);
    }
    if (found->code.isEmpty()) {
        return apiError(403, u"invalid_request_error"_s, u"deviceauth_authorization_pending"_s,
                        u"The code was not confirmed yet."_s);
    }
    const HttpReply reply
        = jsonReply(200,
                    {{u"authorization_code"_s, QString::fromLatin1(found->code.reveal())},
                     {u"code_challenge"_s, found->request.codeChallenge},
                     {u"code_verifier"_s, QString::fromLatin1(found->verifier.reveal())}});
    m_devices.erase(found); // handed out once
    return reply;
}

} // namespace Maestro::Practice
