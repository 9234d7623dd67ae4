// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/devicecode.h"

#include "auth/tokenreply.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro::OAuth {

namespace {

constexpr qsizetype LongestUserCode = 32; // somebody types it
constexpr qsizetype LongestToken = 4096;
constexpr auto LongestInterval = 60s;
constexpr auto LongestRetryAfter = 15min;

QString tr(const char *text) { return QCoreApplication::translate("DeviceCode", text); }

Error unreadable(int status, const QByteArray &body)
{
    return {Error::Kind::InvalidResponse, tr("The sign-in server's answer cannot be read."),
            tr("Sign in in the browser of this computer, or use an API key."),
            tr("HTTP %1, %2 bytes").arg(status).arg(body.size())};
}

QJsonObject objectOf(const QByteArray &body)
{
    return body.size() > LongestTokenReply ? QJsonObject() : QJsonDocument::fromJson(body).object();
}

//! Goes into a request again, and is no longer than anything real.
std::optional<Secret> token(const QJsonObject &object, QLatin1StringView name)
{
    const QByteArray bytes = object.value(name).toString().toUtf8();
    if (bytes.isEmpty() || bytes.size() > LongestToken || !isVisibleAscii(bytes)) {
        return std::nullopt;
    }
    return Secret(bytes);
}

//! OpenAI writes the number as a string.
std::optional<std::chrono::seconds> seconds(const QJsonValue &value)
{
    constexpr double Day = 86400;
    const double number = value.isString() ? value.toString().toDouble() : value.toDouble();
    if (!(number >= 1 && number <= Day)) {
        return std::nullopt;
    }
    return std::chrono::seconds(static_cast<qint64>(number));
}

bool isTypeable(const QString &code)
{
    return !code.isEmpty() && code.size() <= LongestUserCode
        && std::all_of(code.begin(), code.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'A' && c <= u'Z')
                   || (c >= u'a' && c <= u'z') || c == u'-';
           });
}

TokenRequest jsonRequest(const QUrl &url, const QJsonObject &object)
{
    return {url, "application/json", Secret(QJsonDocument(object).toJson(QJsonDocument::Compact))};
}

std::optional<std::chrono::seconds> readRetryAfter(const QByteArray &value)
{
    bool isNumber = false;
    const qint64 number = value.trimmed().toLongLong(&isNumber);
    if (!isNumber || number < 0) { // a date would need both clocks to agree
        return std::nullopt;
    }
    return std::min<std::chrono::seconds>(std::chrono::seconds(number), LongestRetryAfter);
}

//! OpenAI says so with 403 and 404, whatever their bodies hold, RFC 8628 §3.5 with 400 and a word.
bool isNotYet(int status, const QString &code)
{
    if (code == "access_denied"_L1 || code == "expired_token"_L1) {
        return false;
    }
    return status == 403 || status == 404
        || (status == 400
            && (code == "authorization_pending"_L1
                || code == "deviceauth_authorization_pending"_L1));
}

} // namespace

TokenRequest makeUserCodeRequest(const OAuthProfile &profile)
{
    return jsonRequest(profile.device->userCodeUrl, {{u"client_id"_s, profile.clientId}});
}

TokenRequest makeDeviceQuestion(const OAuthProfile &profile, const DeviceCode &device)
{
    return jsonRequest(profile.device->tokenUrl,
                       {{u"device_auth_id"_s, QString::fromLatin1(device.id.reveal())},
                        {u"user_code"_s, device.userCode}});
}

Result<DeviceCode> readDeviceCode(int status, const QByteArray &body)
{
    if (status == 404) {
        return Error{
            Error::Kind::Unsupported, tr("The sign-in server does not offer sign-in with a code."),
            tr("Sign in in the browser of this computer, or use an API key."), u"HTTP 404"_s};
    }
    if (status < 200 || status >= 300) {
        return describeTokenError(status, readErrorWords(body));
    }
    const QJsonObject object = objectOf(body);
    const auto id = token(object, "device_auth_id"_L1);
    QString userCode = object.value("user_code"_L1).toString();
    if (userCode.isEmpty()) {
        userCode = object.value("usercode"_L1).toString();
    }
    if (!id || !isTypeable(userCode)) {
        return unreadable(status, body);
    }
    DeviceCode device{.id = *id, .userCode = userCode};
    if (const auto interval = seconds(object.value("interval"_L1))) {
        device.interval = std::min<std::chrono::seconds>(*interval, LongestInterval);
    }
    device.lifetime = seconds(object.value("expires_in"_L1));
    return device;
}

DeviceAnswer readDeviceAnswer(int status, const QByteArray &body, const QByteArray &retryAfter)
{
    const ErrorWords words = readErrorWords(body);
    const bool asksToWait = status == 429 || (status == 503 && !retryAfter.isEmpty());
    const bool isSlowDown = words.code == "slow_down"_L1 || asksToWait;
    if (isSlowDown || isNotYet(status, words.code)) {
        return DevicePending{isSlowDown, readRetryAfter(retryAfter)};
    }
    if (status < 200 || status >= 300) {
        return describeTokenError(status, words);
    }
    const QJsonObject object = objectOf(body);
    const auto code = token(object, "authorization_code"_L1);
    const auto verifier = token(object, "code_verifier"_L1);
    if (!code || !verifier) {
        return unreadable(status, body);
    }
    return DeviceGrant{*code, *verifier};
}

Error describeExpiredDeviceCode()
{
    return {
        Error::Kind::Timeout, tr("The code was not typed and confirmed in time."),
        tr("Start the sign-in again. If the page said that device codes are not enabled, switch "
           "them on under Security in the settings of ChatGPT, or ask the administrator of "
           "your workspace to.")};
}

QString deviceCodeWarning()
{
    return tr("Type this code only if you started this sign-in yourself, and give it to nobody: "
              "whoever asks you for it would be signed in to your account.");
}

} // namespace Maestro::OAuth
