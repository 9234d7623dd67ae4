// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/signin.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro {

Error describeUnkept(const Error &error)
{
    const QString advice = error.advice.isEmpty()
        ? QCoreApplication::translate("SignIn", "Sign in again when that is put right.")
        : error.advice;
    const QString detail
        = error.detail.isEmpty() ? error.message : QString(error.message + u' ' + error.detail);
    return {error.kind,
            QCoreApplication::translate(
                "SignIn", "The sign-in went well, but it could not be kept."),
            advice, detail};
}

QString toText(SignInStage stage)
{
    switch (stage) {
    case SignInStage::AuthorizationUrl:
        return QCoreApplication::translate("SignInStage", "Authorization address made and checked");
    case SignInStage::Listener:
        return QCoreApplication::translate("SignInStage", "Listener ready on this computer");
    case SignInStage::Person:
        return QCoreApplication::translate("SignInStage", "Waiting for you in the browser");
    case SignInStage::Code:
        return QCoreApplication::translate("SignInStage", "Authorization code received");
    case SignInStage::Tokens:
        return QCoreApplication::translate("SignInStage", "Tokens received");
    case SignInStage::ApiKey:
        return QCoreApplication::translate("SignInStage", "API key obtained");
    }
    Q_UNREACHABLE();
}

QString toWord(SignInStage stage)
{
    switch (stage) {
    case SignInStage::AuthorizationUrl:
        return u"authorization_url"_s;
    case SignInStage::Listener:
        return u"listener"_s;
    case SignInStage::Person:
        return u"person"_s;
    case SignInStage::Code:
        return u"code"_s;
    case SignInStage::Tokens:
        return u"tokens"_s;
    case SignInStage::ApiKey:
        return u"api_key"_s;
    }
    Q_UNREACHABLE();
}

} // namespace Maestro
