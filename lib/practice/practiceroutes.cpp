// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceroutes.h"

#include "practice/practiceanswer.h"
#include "practice/practicepages.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

//! What stands before the mark, or everything.
QByteArray before(char mark, const QByteArray &text)
{
    const qsizetype at = text.indexOf(mark);
    return at < 0 ? text : text.first(at);
}

QByteArray pathOf(const HttpRequestReader::Request &request) { return before('?', request.target); }

QByteArray queryOf(const HttpRequestReader::Request &request)
{
    const qsizetype mark = request.target.indexOf('?');
    return mark < 0 ? QByteArray() : request.target.sliced(mark + 1);
}

//! Without parameters such as the charset, in lower case.
QByteArray mediaTypeOf(const HttpRequestReader::Request &request)
{
    return before(';', headerValue(request.headers, "Content-Type")).trimmed().toLower();
}

Result<Parameters> readBody(const HttpRequestReader::Request &request)
{
    const QByteArray type = mediaTypeOf(request);
    if (type == "application/x-www-form-urlencoded") {
        return readForm(request.body);
    }
    if (type == "application/json") {
        return readJsonForm(request.body);
    }
    return Error{.kind = Error::Kind::InvalidRequest,
                 .message = u"The body must be a form or JSON."_s};
}

} // namespace

Routes::Routes(Authorization &authorization)
    : m_authorization(authorization)
{ }

void Routes::setPort(quint16 port)
{
    m_port = port;
    m_devices.setRedirectUri(u"http://127.0.0.1:%1/deviceauth/callback"_s.arg(port));
}

const QList<Routes::Route> &Routes::routes()
{
    static const QList<Route> list{
        {"GET", "/", &Routes::welcome},
        {"GET", "/oauth/authorize", &Routes::authorize},
        {"POST", "/oauth/authorize/decision", &Routes::decide},
        {"POST", "/oauth/token", &Routes::token},
        {"POST", "/oauth/revoke", &Routes::revoke},
        {"POST", "/api/accounts/deviceauth/usercode", &Routes::makeUserCode},
        {"POST", "/api/accounts/deviceauth/token", &Routes::askAboutDevice},
        {"GET", "/codex/device", &Routes::showDevice},
        {"POST", "/codex/device", &Routes::takeUserCode},
        {"GET", "/deviceauth/callback", &Routes::settleDevice},
        {"GET", "/deviceauth/done", &Routes::deviceDone},
        {"GET", "/v1/models", &Routes::listModels},
        {"POST", "/v1/responses", &Routes::respond},
    };
    return list;
}

Reply Routes::answer(const Request &request)
{
    if (!isForUs(request)) {
        return apiError(421, u"invalid_request_error"_s, u"wrong_host"_s,
                        u"The practice provider answers to this computer's own names only."_s);
    }
    const QByteArray path = pathOf(request);
    QByteArray allowed;
    for (const Route &route : routes()) {
        if (route.path == path && route.method == request.method) {
            return (this->*route.answer)(request);
        }
        if (route.path == path) {
            allowed += (allowed.isEmpty() ? "" : ", ") + route.method;
        }
    }
    if (!allowed.isEmpty()) {
        HttpReply reply
            = apiError(405, u"invalid_request_error"_s, u"method_not_supported"_s,
                       u"This address takes %1 only."_s.arg(QString::fromLatin1(allowed)));
        reply.headers.append({"Allow", allowed});
        return reply;
    }
    return apiError(404, u"invalid_request_error"_s, u"unknown_url"_s,
                    u"There is nothing at this address."_s);
}

QString Routes::nameOf(const Request &request)
{
    const QByteArray path = pathOf(request);
    for (const Route &route : routes()) {
        if (route.path == path && route.method == request.method) {
            return QString::fromLatin1(route.method + ' ' + route.path);
        }
    }
    return u"other"_s;
}

bool Routes::isForUs(const Request &request) const
{
    const QByteArray port = ':' + QByteArray::number(m_port);
    const QByteArrayList names{"127.0.0.1" + port, "localhost" + port, "[::1]" + port};
    return request.headerCount("Host") == 1
        && names.contains(headerValue(request.headers, "Host").toLower());
}

Reply Routes::welcome(const Request &)
{
    return welcomePage(u"http://127.0.0.1:%1/v1"_s.arg(m_port));
}

Reply Routes::authorize(const Request &request)
{
    const auto parameters = readForm(queryOf(request));
    if (!parameters) {
        return badRequestPage({parameters.error().message});
    }
    const QStringList problems = problemsOf(*parameters);
    if (!problems.isEmpty()) {
        return badRequestPage(problems);
    }
    const AuthorizationRequest authorization = readAuthorizationRequest(*parameters);
    return authorizePage(authorization, m_authorization.begin(authorization));
}

Reply Routes::decide(const Request &request)
{
    const auto parameters = readBody(request);
    if (!parameters) {
        return badRequestPage({parameters.error().message});
    }
    const QList<Outcome> known = outcomes();
    const auto outcome = std::find_if(known.begin(), known.end(), [&](Outcome candidate) {
        return toString(candidate) == parameters->value(u"outcome"_s, u"success"_s);
    });
    const QString decision = parameters->value(u"decision"_s);
    if (outcome == known.end() || (decision != "allow"_L1 && decision != "deny"_L1)) {
        return badRequestPage({u"The form is not the one of this page."_s});
    }
    const auto location = m_authorization.decide(
        parameters->value(u"request"_s),
        decision == "allow"_L1 ? Authorization::Decision::Allow : Authorization::Decision::Deny,
        *outcome);
    if (!location) {
        return decidedPage();
    }
    return HttpReply{303, {{"Location", *location}, {"Referrer-Policy", "no-referrer"}}, {}};
}

Reply Routes::token(const Request &request)
{
    const auto parameters = readBody(request);
    return parameters ? m_authorization.exchange(*parameters)
                      : oauthError(400, u"invalid_request"_s, parameters.error().message);
}

Reply Routes::revoke(const Request &request)
{
    const auto parameters = readBody(request);
    if (!parameters) {
        return oauthError(400, u"invalid_request"_s, parameters.error().message);
    }
    m_authorization.revoke(parameters->value(u"token"_s));
    return jsonReply(200, {}); // also for a token that nobody knows: RFC 7009 §2.2
}

Reply Routes::makeUserCode(const Request &request)
{
    const auto parameters = readBody(request);
    return parameters ? m_devices.begin(parameters->value(u"client_id"_s))
                      : oauthError(400, u"invalid_request"_s, parameters.error().message);
}

Reply Routes::askAboutDevice(const Request &request)
{
    const auto parameters = readBody(request);
    return parameters
        ? m_devices.ask(parameters->value(u"device_auth_id"_s), parameters->value(u"user_code"_s))
        : oauthError(400, u"invalid_request"_s, parameters.error().message);
}

Reply Routes::showDevice(const Request &) { return devicePage(); }

Reply Routes::takeUserCode(const Request &request)
{
    const auto parameters = readBody(request);
    if (!parameters) {
        return badRequestPage({parameters.error().message});
    }
    const auto authorization = m_devices.find(parameters->value(u"user_code"_s));
    if (!authorization) {
        return devicePage(u"There is no such code, or it is too old. Look again."_s);
    }
    return authorizePage(*authorization, m_authorization.begin(*authorization));
}

Reply Routes::settleDevice(const Request &request)
{
    const auto parameters = readForm(queryOf(request));
    if (!parameters || !m_devices.settle(*parameters)) {
        return badRequestPage({u"The redirect belongs to no sign-in with a code."_s});
    }
    // On to an address without the authorization code (RFC 9700 §4.3).
    return HttpReply{
        303, {{"Location", "/deviceauth/done"}, {"Referrer-Policy", "no-referrer"}}, {}};
}

Reply Routes::deviceDone(const Request &) { return deviceDonePage(); }

Reply Routes::listModels(const Request &request)
{
    if (auto refusal = unauthorized(request)) {
        return *std::move(refusal);
    }
    constexpr qint64 CreatedAt = 1'700'000'000; // any fixed time will do
    QJsonArray list;
    for (const Model &model : models()) {
        list.append(QJsonObject{{u"id"_s, model.id},
                                {u"object"_s, u"model"_s},
                                {u"created"_s, CreatedAt},
                                {u"owned_by"_s, u"practice"_s}});
    }
    return jsonReply(200, {{u"object"_s, u"list"_s}, {u"data"_s, list}});
}

Reply Routes::respond(const Request &request)
{
    if (auto refusal = unauthorized(request)) {
        return *std::move(refusal);
    }
    auto question = readQuestion(request.body);
    if (auto *refusal = std::get_if<HttpReply>(&question)) {
        return std::move(*refusal);
    }
    const QByteArray seed = makePracticeSecret("response");
    Reply reply = makeAnswer(std::get<Question>(question), {seed, QDateTime::currentDateTimeUtc()},
                             m_charactersPerDelta);
    const HttpHeader requestId{
        "x-request-id",
        "req_" + QCryptographicHash::hash(seed, QCryptographicHash::Sha256).first(16).toHex()};
    std::visit([&requestId](auto &answer) { answer.headers.append(requestId); }, reply);
    return reply;
}

std::optional<HttpReply> Routes::unauthorized(const Request &request) const
{
    const QByteArray authorization = headerValue(request.headers, "Authorization");
    constexpr QByteArrayView Scheme = "Bearer ";
    const bool isBearer = request.headerCount("Authorization") == 1
        && QByteArrayView(authorization)
                .first(std::min(Scheme.size(), authorization.size()))
                .compare(Scheme, Qt::CaseInsensitive)
            == 0;
    if (isBearer && m_authorization.accepts(authorization.sliced(Scheme.size()).trimmed())) {
        return std::nullopt;
    }
    if (!isBearer) {
        return apiError(
            401, u"invalid_request_error"_s, {},
            u"You didn't provide an API key. Send it in an Authorization header, as in 'Bearer practice'."_s);
    }
    return apiError(
        401, u"invalid_request_error"_s, u"invalid_api_key"_s,
        u"Incorrect API key provided: ****. The practice provider takes the keys it issued, and 'practice'."_s);
}

} // namespace Maestro::Practice
