// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceauthorizationrequest.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

//! Longer than any client's, and short enough for a redirect address.
constexpr qsizetype MaxParameterLength = 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("Maestro::Practice::AuthorizationRequest", text);
}

//! RFC 8252 §7.3, and no more than that: a code must not leave this computer.
bool isLoopbackCallback(const QString &redirectUri)
{
    const QUrl url(redirectUri, QUrl::StrictMode);
    const QString host = url.host();
    return url.isValid() && url.scheme() == "http"_L1 && url.port() > 0
        && url.path(QUrl::FullyEncoded) == "/auth/callback"_L1
        && (host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1)
        && url.userInfo().isEmpty() && !url.hasQuery()
        && !url.hasFragment()
        // Only what is its own canonical spelling: it goes into a header.
        && url.toString(QUrl::FullyEncoded) == redirectUri;
}

bool isSha256Challenge(const QString &challenge)
{
    static const QRegularExpression pattern(u"\\A[A-Za-z0-9_-]{43}\\z"_s);
    return pattern.match(challenge).hasMatch();
}

} // namespace

QStringList problemsOf(const Parameters &parameters)
{
    QStringList problems;
    const auto require = [&](const QString &name, const QString &problem, auto isRight) {
        const QString value = parameters.value(name);
        if (value.isEmpty()) {
            problems.append(tr("The parameter %1 is missing.").arg(name));
        } else if (value.size() > MaxParameterLength) {
            problems.append(tr("The parameter %1 is too long.").arg(name));
        } else if (!isRight(value)) {
            problems.append(problem);
        }
    };
    const auto anything = [](const QString &) { return true; };

    require(u"response_type"_s, tr("The parameter response_type must be “code”."),
            [](const QString &value) { return value == "code"_L1; });
    require(u"client_id"_s, {}, anything);
    require(u"redirect_uri"_s,
            tr("The parameter redirect_uri must be an http address on this computer, with a port "
               "and the path "
               "/auth/callback."),
            isLoopbackCallback);
    require(u"code_challenge"_s,
            tr("The parameter code_challenge must be 43 characters of base64url."),
            isSha256Challenge);
    require(u"code_challenge_method"_s, tr("The parameter code_challenge_method must be “S256”."),
            [](const QString &value) { return value == "S256"_L1; });
    require(u"state"_s, {}, anything);
    if (parameters.value(u"scope"_s).size() > MaxParameterLength) {
        problems.append(tr("The parameter %1 is too long.").arg(u"scope"_s));
    }
    return problems;
}

AuthorizationRequest readAuthorizationRequest(const Parameters &parameters)
{
    return {.clientId = parameters.value(u"client_id"_s),
            .redirectUri = parameters.value(u"redirect_uri"_s),
            .codeChallenge = parameters.value(u"code_challenge"_s),
            .state = parameters.value(u"state"_s),
            .scope = parameters.value(u"scope"_s)};
}

} // namespace Maestro::Practice
