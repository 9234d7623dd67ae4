// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/authorizationerror.h"

#include "auth/redact.h"
#include "core/quotation.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("AuthorizationError", text); }

//! What servers say, and what that means. The word is looked for in the code and in the
//! description: OpenAI puts its own words in the latter, behind a general `access_denied`.
struct Meaning
{
    QLatin1StringView word;
    Error::Kind kind;
    const char *message;
    const char *advice;
};

constexpr const char *StartAgain
    = QT_TRANSLATE_NOOP("AuthorizationError", "Start the sign-in again.");
constexpr const char *AskAdministrator = QT_TRANSLATE_NOOP(
    "AuthorizationError", "Ask the administrator of your workspace for access, or use an API key.");

constexpr const char *PlanNotAllowed
    = QT_TRANSLATE_NOOP("AuthorizationError", "Maestro is not allowed to use your ChatGPT plan.");
constexpr const char *AllowPlan
    = QT_TRANSLATE_NOOP("AuthorizationError", "Sign in again and allow it when you are asked.");

//! The account's own troubles, most telling word first.
const std::array<Meaning, 14> &accountErrors()
{
    static const std::array<Meaning, 14> meanings{{
        {"missing_codex_entitlement"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "Your workspace does not let this account sign in to programs."),
         AskAdministrator},
        {"codex_cli_workspace_disabled"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "Your workspace has switched off sign-in for programs."),
         AskAdministrator},
        {"no_valid_organizations"_L1, Error::Kind::NoOrganization,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "This account belongs to no organization that can use the API."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "Create an organization at "
                           "https://platform.openai.com/settings/organization/general and sign in "
                           "again, paste an API key, or continue with ChatGPT.")},
        {"chatgpt_account_missing"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "This account has no ChatGPT workspace that may sign in."),
         QT_TRANSLATE_NOOP(
             "AuthorizationError",
             "Open chatgpt.com once with this account, then sign in again, or use an API key.")},
        {"unsupported_country"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The provider does not offer its service in this country or region."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "A proxy or VPN may make you appear to be somewhere else.")},
        {"Country, region, or territory not supported"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The provider does not offer its service in this country or region."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "A proxy or VPN may make you appear to be somewhere else.")},
        {"subscription_sharing_user_not_eligible"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "This ChatGPT account has no plan that other programs can use."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "That takes ChatGPT Plus or Pro. Sign in with another account, or use "
                           "an API key.")},
        {"chatpass_v2_scope_not_authorized"_L1, Error::Kind::ConsentRequired, PlanNotAllowed,
         AllowPlan},
        {"chatpass_v2_invalid_authorization_context"_L1, Error::Kind::ConsentRequired,
         PlanNotAllowed, AllowPlan},
        {"workspace_restriction"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "This account is not in the workspace that is required."),
         AskAdministrator},
        {"deactivated_workspace"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The ChatGPT workspace of this account has been deactivated."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "Choose another workspace when you sign in again, or use an API key.")},
        {"invalid_workspace_selected"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "This account may not use the workspace that was chosen."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "Choose another workspace when you sign in again, or use an API key.")},
        {"account_deactivated"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "OpenAI says that this account has been deleted or deactivated."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "Sign in with another account, or ask OpenAI at help.openai.com.")},
        {"device code auth"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "This account does not allow sign-in with a device code."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "Switch device codes on under Security in the settings of ChatGPT, or "
                           "ask the administrator of your workspace to. The sign-in in the browser "
                           "of this computer needs no code.")},
    }};
    return meanings;
}

//! RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6; compared as a whole.
const std::array<Meaning, 17> &protocolErrors()
{
    static const std::array<Meaning, 17> meanings{{
        {"access_denied"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The sign-in was refused or cancelled in the browser."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "If that was not meant, start the sign-in again and choose Allow.")},
        {"consent_required"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError", "The sign-in needs your consent in the browser."),
         StartAgain},
        {"login_required"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError", "Nobody signed in in the browser."), StartAgain},
        {"invalid_grant"_L1, Error::Kind::InvalidGrant,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The sign-in server did not take the authorization code."),
         QT_TRANSLATE_NOOP(
             "AuthorizationError",
             "A code is valid for a short time and only once. Start the sign-in again.")},
        {"expired_token"_L1, Error::Kind::Timeout, // RFC 8628 §3.5
         QT_TRANSLATE_NOOP("AuthorizationError", "The code was not typed in time."), StartAgain},
        {"account_selection_required"_L1, Error::Kind::AccessDenied,
         QT_TRANSLATE_NOOP("AuthorizationError", "No account was chosen in the browser."),
         StartAgain},
        {"invalid_client"_L1, Error::Kind::InvalidClient,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The sign-in server does not know this program's client id."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "Check the configured client id, or use an API key.")},
        {"unauthorized_client"_L1, Error::Kind::InvalidClient,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The sign-in server does not let this program sign in so."),
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "Check the configured client id, or use an API key.")},
        {"invalid_scope"_L1, Error::Kind::InvalidRequest,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The sign-in server does not grant what was asked for."),
         QT_TRANSLATE_NOOP("AuthorizationError", "Check the configured scopes.")},
        {"invalid_request"_L1, Error::Kind::InvalidRequest,
         QT_TRANSLATE_NOOP("AuthorizationError", "The sign-in server did not accept the request."),
         StartAgain},
        {"invalid_target"_L1, Error::Kind::InvalidRequest,
         QT_TRANSLATE_NOOP("AuthorizationError", "The sign-in server did not accept the request."),
         StartAgain},
        {"unsupported_response_type"_L1, Error::Kind::Unsupported,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The sign-in server does not support this way of signing in."),
         QT_TRANSLATE_NOOP("AuthorizationError", "Use an API key.")},
        {"unsupported_grant_type"_L1, Error::Kind::Unsupported,
         QT_TRANSLATE_NOOP("AuthorizationError",
                           "The sign-in server does not support this way of signing in."),
         QT_TRANSLATE_NOOP("AuthorizationError", "Use an API key.")},
        {"server_error"_L1, Error::Kind::ServerFailure,
         QT_TRANSLATE_NOOP("AuthorizationError", "The sign-in server had a problem of its own."),
         QT_TRANSLATE_NOOP("AuthorizationError", "Try again in a few minutes.")},
        {"temporarily_unavailable"_L1, Error::Kind::Overloaded,
         QT_TRANSLATE_NOOP("AuthorizationError", "The sign-in server is not available right now."),
         QT_TRANSLATE_NOOP("AuthorizationError", "Try again in a few minutes.")},
        {"rate_limit_exceeded"_L1, Error::Kind::RateLimited,
         QT_TRANSLATE_NOOP("AuthorizationError", "The sign-in server has had too many attempts."),
         QT_TRANSLATE_NOOP("AuthorizationError", "Try again in a few minutes.")},
        {"slow_down"_L1, Error::Kind::RateLimited,
         QT_TRANSLATE_NOOP("AuthorizationError", "The sign-in server has had too many attempts."),
         QT_TRANSLATE_NOOP("AuthorizationError", "Try again in a few minutes.")},
    }};
    return meanings;
}

//! Code and description in one line, as they may be shown.
QString detailOf(const ErrorWords &words)
{
    constexpr qsizetype LongestCode = 80;
    const QString code = quoted(words.code, LongestCode);
    const QString description = quoted(words.description);
    return code.isEmpty() || description.isEmpty() ? QString(code + description)
                                                   : QString(code + u": "_s + description);
}

//! The description, if it is a sentence: some servers put a second code there.
QString reasonOf(const ErrorWords &words)
{
    const QString description = quoted(words.description, 2 * LongestReason);
    return description.contains(u' ') ? shortened(description) : QString();
}

Error errorOf(const Meaning &meaning, const QString &detail)
{
    return {meaning.kind, tr(meaning.message), tr(meaning.advice), detail};
}

std::optional<Error> findMeaning(const ErrorWords &words, const QString &detail)
{
    for (const Meaning &meaning : accountErrors()) {
        if (words.code.contains(meaning.word)
            || words.description.contains(meaning.word, Qt::CaseInsensitive)) {
            return errorOf(meaning, detail);
        }
    }
    for (const Meaning &meaning : protocolErrors()) {
        if (words.code == meaning.word) {
            return errorOf(meaning, detail);
        }
    }
    return std::nullopt;
}

QString waysWithoutKey()
{
    return tr("Create an organization at %1 and sign in again, paste an API key, or continue with "
              "ChatGPT.")
        .arg(organizationPage().toString());
}

bool isMissingOrganization(const ErrorWords &words)
{
    return words.code == "invalid_subject_token"_L1
        || words.description.contains("missing organization_id"_L1);
}

//! By the status alone, for an answer whose words say nothing.
Error describeStatus(int status, const QString &detail)
{
    const QString server = tr("The sign-in server");
    if (status >= 300 && status < 400) {
        return {Error::Kind::InvalidResponse,
                tr("%1 sent us to another address, where secrets must not go.").arg(server),
                tr("Check the configured token address. A network login page can cause this, too."),
                detail};
    }
    if (status == 401) {
        return {Error::Kind::AuthenticationRequired,
                tr("%1 did not accept this sign-in.").arg(server), tr(StartAgain), detail};
    }
    if (status == 403) {
        return {Error::Kind::PermissionDenied, tr("%1 refused this sign-in.").arg(server),
                tr("The network you are in may be blocked. Try again, or use an API key."), detail};
    }
    if (status == 429) {
        return {Error::Kind::RateLimited, tr("%1 has had too many attempts.").arg(server),
                tr("Try again in a few minutes."), detail};
    }
    if (status >= 500) {
        return {Error::Kind::ServerFailure, tr("%1 had a problem of its own.").arg(server),
                tr("Try again in a few minutes."), detail};
    }
    return {Error::Kind::InvalidRequest, tr("%1 did not accept the request.").arg(server),
            tr(StartAgain), detail};
}

} // namespace

Error describeAuthorizationError(const QString &code, const QString &description)
{
    const ErrorWords words{code, description};
    const QString detail = detailOf(words);
    const auto meaning = findMeaning(words, detail);
    Error error = meaning ? *meaning
                          : Error{Error::Kind::Unknown, tr("The sign-in could not be completed."),
                                  tr(StartAgain), detail};
    error.reason = reasonOf(words);
    return error;
}

Error describeTokenError(int status, const ErrorWords &words)
{
    const QString http = u"HTTP "_s + QString::number(status);
    const QString said = detailOf(words);
    const QString detail = said.isEmpty() ? http : QString(http + u", "_s + said);
    // A 5xx is the server's trouble, whatever its body says.
    const auto meaning = isMissingOrganization(words) ? describeMissingOrganization(detail)
        : status >= 500                               ? std::nullopt
                                                      : findMeaning(words, detail);
    Error error = meaning ? *meaning : describeStatus(status, detail);
    error.reason = reasonOf(words);
    return error;
}

Error describeMissingOrganization(const QString &detail)
{
    return {Error::Kind::NoOrganization,
            tr("You are signed in, but this account has no organization that can get an API key."),
            waysWithoutKey(), detail};
}

QUrl organizationPage()
{
    return QUrl(u"https://platform.openai.com/settings/organization/general"_s);
}

Error describeRefusedKey(const QString &detail)
{
    return {Error::Kind::NoOrganization,
            tr("You are signed in, but OpenAI gave this account no API key."), waysWithoutKey(),
            detail};
}

Error describeRefusedRegistration(const QString &provider, const QString &detail)
{
    return {
        Error::Kind::AccessDenied,
        tr("%1 does not let this account use its plan in other programs.").arg(provider),
        tr("Some accounts cannot do that yet. Sign in with another account, or use an API key."),
        detail};
}

Error describeLostRegistration(const QString &provider, const QString &detail)
{
    return {Error::Kind::InvalidClient,
            tr("%1 no longer knows Maestro for this account. It may have been removed in the "
               "account's settings.")
                .arg(provider),
            tr("Add the account anew."), detail};
}

} // namespace Maestro::OAuth
