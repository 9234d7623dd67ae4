// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret.h"
#include "practice/practiceauthorizationrequest.h"
#include "practice/practicereply.h"

#include <QDateTime>

#include <functional>
#include <optional>

namespace Maestro::Practice {

//! Sign-ins with a code that is typed into a browser. The server goes the way of every other
//! sign-in for them, with a verifier and a redirect of its own, and hands the code over to whoever
//! asks for it with the code that was typed.
class Devices
{
public:
    using Clock = std::function<QDateTime()>;

    explicit Devices(Clock clock = QDateTime::currentDateTimeUtc);

    //! The redirect of its authorization requests.
    void setRedirectUri(const QString &uri) { m_redirectUri = uri; }

    //! POST …/deviceauth/usercode.
    HttpReply begin(const QString &clientId);
    //! What the person is to allow, by what was typed; in any case, with or without the dash.
    //! Nothing if there is no such code any more.
    std::optional<AuthorizationRequest> find(const QString &typed) const;
    //! GET /deviceauth/callback. False if it belongs to no sign-in.
    bool settle(const Parameters &callback);
    //! POST …/deviceauth/token.
    HttpReply ask(const QString &id, const QString &userCode);

private:
    struct Device
    {
        QByteArray id;
        QString userCode;
        AuthorizationRequest request; //!< its state is secret, and names the device
        Secret verifier;
        QDateTime expiresAt;
        Secret code = {}; //!< once it was allowed
        bool denied = false;
    };

    Clock m_clock;
    QString m_redirectUri;
    QList<Device> m_devices;
};

} // namespace Maestro::Practice
