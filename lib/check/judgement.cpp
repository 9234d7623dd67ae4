// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "check/judgement.h"

#include <QCoreApplication>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! 32 bytes in base64url, without padding: 256 bits of state, and every S256 challenge.
constexpr qsizetype Base64Of256Bits = 43;

QString tr(const char *text) { return QCoreApplication::translate("Judgement", text); }

Error wrongAddress(const QString &what)
{
    return {Error::Kind::Configuration, what,
            tr("This is a fault of Maestro or of its configuration, not of the provider.")};
}

Error wrongAnswer(const QString &what) { return {Error::Kind::InvalidResponse, what}; }

bool isLoopback(const QUrl &url)
{
    return url.scheme() == "http"_L1
        && (url.host() == "localhost"_L1 || url.host() == "127.0.0.1"_L1 || url.host() == "::1"_L1);
}

} // namespace

std::optional<Error> faultOf(const QUrl &authorizationUrl)
{
    const QUrlQuery query(authorizationUrl);
    const QUrl redirect(query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
    if (authorizationUrl.scheme() != "https"_L1 && !isLoopback(authorizationUrl)) {
        return wrongAddress(tr("The authorization address is not https."));
    }
    if (query.queryItemValue(u"response_type"_s) != "code"_L1) {
        return wrongAddress(tr("The authorization address does not ask for a code."));
    }
    if (query.queryItemValue(u"client_id"_s).isEmpty()) {
        return wrongAddress(tr("The authorization address has no client id."));
    }
    if (query.queryItemValue(u"code_challenge_method"_s) != "S256"_L1
        || query.queryItemValue(u"code_challenge"_s).size() != Base64Of256Bits) {
        return wrongAddress(tr("The authorization address has no S256 challenge."));
    }
    if (query.queryItemValue(u"state"_s).size() < Base64Of256Bits
        || query.allQueryItemValues(u"state"_s).size() != 1) {
        return wrongAddress(tr("The authorization address has no state of 256 bits."));
    }
    if (redirect.scheme() != "https"_L1 && !isLoopback(redirect)) {
        return wrongAddress(tr("The redirect address is neither https nor on this computer."));
    }
    if (authorizationUrl.query(QUrl::FullyEncoded).contains(u'+')) {
        return wrongAddress(tr("The authorization address writes a space as a plus sign."));
    }
    return std::nullopt;
}

QString forgedCallback(const QUrl &authorizationUrl)
{
    const QUrlQuery query(authorizationUrl);
    const QString code = u"maestro-check-invalid-code"_s;
    const QString state = query.queryItemValue(u"state"_s, QUrl::FullyDecoded);
    QUrl redirect(query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
    if (!isLoopback(redirect)) {
        return code + u'#' + state; // what such a provider's page gives a person to copy
    }
    redirect.setQuery(QUrlQuery{{u"code"_s, code}, {u"state"_s, state}});
    return redirect.toString(QUrl::FullyEncoded);
}

std::optional<Error> faultOf(const Answer &answer)
{
    if (answer.error()) {
        return answer.error()->error;
    }
    if (!answer.isComplete()) {
        return wrongAnswer(tr("The stream ended without the provider's final event."));
    }
    if (answer.skippedEvents() > 0) {
        return wrongAnswer(
            tr("%1 events of the stream could not be read.").arg(answer.skippedEvents()));
    }
    if (answer.text().trimmed().isEmpty() && answer.functionCalls().isEmpty()) {
        return wrongAnswer(tr("The answer is empty."));
    }
    for (const FunctionCallPart &call : answer.functionCalls()) {
        if (!call.complete) {
            return wrongAnswer(tr("The call of %1 was not completed.").arg(call.name));
        }
    }
    return std::nullopt;
}

std::optional<Error> faultOf(const std::optional<Usage> &usage)
{
    if (!usage || !usage->inputTotal || !usage->outputTotal) {
        return wrongAnswer(tr("The provider reported no usage."));
    }
    if (*usage->inputTotal <= 0 || *usage->outputTotal <= 0) {
        return wrongAnswer(tr("The provider reported no tokens for an answer that has text."));
    }
    if (usage->total && *usage->total < *usage->inputTotal + *usage->outputTotal) {
        return wrongAnswer(
            tr("The provider's total of %1 tokens is less than input and output together.")
                .arg(*usage->total));
    }
    if (usage->reasoning.value_or(0) > *usage->outputTotal) {
        return wrongAnswer(tr("The provider reported more reasoning than output."));
    }
    if (usage->cached.value_or(0) > *usage->inputTotal) {
        return wrongAnswer(tr("The provider reported more cached tokens than input."));
    }
    return std::nullopt;
}

} // namespace Maestro
