// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/tokenrequest.h"
#include "core/result.h"

#include <chrono>
#include <variant>

//! Signing in with a code that is typed into a browser on any machine. It is OpenAI's own form of
//! RFC 8628: the server makes the PKCE pair too, and the end of it is an authorization code.
namespace Maestro::OAuth {

//! What the server began, and the person is to type.
struct DeviceCode
{
    Secret id; //!< names the attempt to the server
    QString userCode;
    std::chrono::seconds interval = std::chrono::seconds(5); //!< between two questions
    //! As the server says, if it does.
    std::optional<std::chrono::seconds> lifetime = {};

    friend bool operator==(const DeviceCode &, const DeviceCode &) = default;
};

//! The person has not typed the code yet, or not confirmed it.
struct DevicePending
{
    bool slowDown = false; //!< RFC 8628 §3.5: five seconds more, from now on
    //! The server's own wish for the next question.
    std::optional<std::chrono::seconds> retryAfter = {};

    friend bool operator==(const DevicePending &, const DevicePending &) = default;
};
struct DeviceGrant
{
    Secret code;
    Secret verifier;

    friend bool operator==(const DeviceGrant &, const DeviceGrant &) = default;
};
using DeviceAnswer = std::variant<DevicePending, DeviceGrant, Error>;

//! These two need a profile with DeviceEndpoints.
TokenRequest makeUserCodeRequest(const OAuthProfile &profile);
TokenRequest makeDeviceQuestion(const OAuthProfile &profile, const DeviceCode &device);

//! Unsupported if the server offers no such sign-in.
Result<DeviceCode> readDeviceCode(int status, const QByteArray &body);
//! `retryAfter` is the value of that header, empty if there was none.
DeviceAnswer readDeviceAnswer(int status, const QByteArray &body, const QByteArray &retryAfter);

//! That the time for it is over.
Error describeExpiredDeviceCode();

//! What a person must know who types such a code: whoever has it typed elsewhere is signed in.
QString deviceCodeWarning();

} // namespace Maestro::OAuth
