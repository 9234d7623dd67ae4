// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/loopbackreplyhandler.h"

#include "core/overloaded.h"
#include "net/tokenendpoint.h"

#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr QByteArrayView OutcomePath = "/done";

using Request = HttpRequestReader::Request;

//! RFC 9112 §3.2, and no other name than those of this computer: a page that has its own name
//! resolve to 127.0.0.1 is not to reach us (DNS rebinding).
bool isOurHost(const Request &request, quint16 port)
{
    const QByteArray host = headerValue(request.headers, "Host");
    const QByteArray suffix = ':' + QByteArray::number(port);
    return request.headerCount("Host") == 1
        && (host == "localhost" + suffix || host == "127.0.0.1" + suffix
            || host == "[::1]" + suffix);
}

bool isPrefetch(const Request &request)
{
    for (const char *name : {"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"}) {
        if (request.headerCount(name) > 0) {
            return true;
        }
    }
    return false;
}

//! A person's browser going there, and no script, image or form on some page.
bool isNavigation(const Request &request)
{
    const int modes = request.headerCount("Sec-Fetch-Mode");
    return request.headerCount("Origin") == 0
        && (modes == 0
            || (modes == 1 && headerValue(request.headers, "Sec-Fetch-Mode") == "navigate"));
}

CallbackPage pageOf(LoopbackReplyHandler::Outcome outcome)
{
    switch (outcome) {
    case LoopbackReplyHandler::Outcome::SignedIn:
        return CallbackPage::SignedIn;
    case LoopbackReplyHandler::Outcome::SignedInWithoutKey:
        return CallbackPage::SignedInWithoutKey;
    case LoopbackReplyHandler::Outcome::Denied:
        return CallbackPage::Denied;
    case LoopbackReplyHandler::Outcome::Failed:
        return CallbackPage::Failed;
    }
    Q_UNREACHABLE();
}

void refuse(LoopbackConnection *connection, int status)
{
    connection->answer(toResponse(CallbackPage::NothingHere, status));
}

} // namespace

LoopbackReplyHandler::LoopbackReplyHandler(const OAuth::OAuthProfile &profile, const Secret &state,
                                           Limits limits, QObject *parent)
    // The base class listens whatever it is told; on loopback at least, for this one moment.
    : QOAuthHttpServerReplyHandler(QHostAddress(QHostAddress::LocalHost), 0, parent)
    , m_profile(profile)
    , m_path(std::get<OAuth::LoopbackRedirect>(profile.redirect).path.toLatin1())
    , m_state(state)
    , m_limits(limits)
    , m_server(limits.server)
{
    QOAuthHttpServerReplyHandler::close();
    m_overdue.setSingleShot(true);
    m_closing.setSingleShot(true);
    connect(&m_overdue, &QTimer::timeout, this, &LoopbackReplyHandler::onOutcomeOverdue);
    connect(&m_closing, &QTimer::timeout, this, &LoopbackReplyHandler::close);
    connect(&m_server, &LoopbackServer::requested, this, &LoopbackReplyHandler::onRequested);
    connect(&m_server, &LoopbackServer::rejected, this, &refuse);
    connect(&m_server, &LoopbackServer::drained, this, &LoopbackReplyHandler::close);
}

LoopbackReplyHandler::~LoopbackReplyHandler() { m_server.close(); }

std::optional<Error> LoopbackReplyHandler::start()
{
    return m_server.listen(std::get<OAuth::LoopbackRedirect>(m_profile.redirect).ports);
}

QString LoopbackReplyHandler::callback() const { return OAuth::redirectUri(m_profile, port()); }

std::optional<Error> LoopbackReplyHandler::submit(const QString &address)
{
    const auto callback = OAuth::readPastedAddress(address, m_profile, this->callback(), m_state);
    if (const auto *foreign = std::get_if<OAuth::ForeignCallback>(&callback)) {
        return foreign->error;
    }
    if (m_isSettled) {
        return Error{Error::Kind::StateMismatch, tr("This address has been used already."),
                     tr("Wait for the sign-in to end, or start it again.")};
    }
    settle(callback);
    return std::nullopt;
}

void LoopbackReplyHandler::conclude(Outcome outcome)
{
    m_isSettled = true;
    m_outcome = outcome;
    switch (m_browser) {
    case Browser::NotSeen:
        close();
        return;
    case Browser::SentToOutcome:
        m_closing.start(m_limits.closing);
        tell(pageOf(outcome));
        return;
    case Browser::Told: // at the redirect itself
        m_closing.start(m_limits.closing);
        m_server.finish();
        return;
    }
}

void LoopbackReplyHandler::close()
{
    m_overdue.stop();
    m_closing.stop();
    m_waiting.clear();
    m_isSettled = true;
    m_server.close();
    Q_EMIT closed();
}

void LoopbackReplyHandler::networkReplyFinished(QNetworkReply *reply)
{
    const auto answer = TokenEndpoint::take(*reply);
    const auto tokens = answer ? OAuth::readTokens(answer->status, answer->body)
                               : Result<OAuth::Tokens>(answer.error());
    Q_EMIT exchanged(tokens);
    if (tokens) {
        QVariantMap values{
            {u"access_token"_s, QString::fromLatin1(tokens->accessToken.reveal())},
            {u"refresh_token"_s, QString::fromLatin1(tokens->refreshToken.reveal())},
            {u"id_token"_s, QString::fromLatin1(tokens->idToken.reveal())},
        };
        Q_EMIT tokensReceived(values);
    }
}

void LoopbackReplyHandler::onRequested(LoopbackConnection *connection, const Request &request)
{
    const QByteArrayView target = request.target;
    const qsizetype question = target.indexOf('?');
    // The bytes as they came: what needs decoding to be our path is not our path.
    const QByteArrayView path = question < 0 ? target : target.first(question);

    if (request.method == "HEAD") {
        connection->answer(headOnly(toResponse(CallbackPage::NothingHere, 405)));
    } else if (request.method != "GET") {
        refuse(connection, 405);
    } else if (!isOurHost(request, port())) {
        refuse(connection, 421);
    } else if (path == m_path) {
        onCallback(connection, request,
                   question < 0 ? QByteArrayView() : target.sliced(question + 1));
    } else if (target == OutcomePath && m_browser != Browser::NotSeen) {
        onOutcomeAsked(connection);
    } else {
        refuse(connection, 404);
    }
}

void LoopbackReplyHandler::onCallback(LoopbackConnection *connection, const Request &request,
                                      QByteArrayView query)
{
    if (isPrefetch(request)) {
        refuse(connection, 503); // The browser comes again when the person really goes there.
        return;
    }
    if (!isNavigation(request)) {
        refuse(connection, 400);
        return;
    }
    const auto callback = OAuth::readCallback(query, m_state, m_profile.issuer);
    if (std::holds_alternative<OAuth::ForeignCallback>(callback)) {
        connection->answer(toResponse(CallbackPage::OtherAttempt, 400));
        return;
    }
    if (m_isSettled) {
        connection->answer(toResponse(CallbackPage::AlreadyUsed, 410));
        return;
    }
    if (const auto *refused = std::get_if<OAuth::RefusedCallback>(&callback)) {
        const bool isDenied = refused->error.kind == Error::Kind::AccessDenied;
        m_browser = Browser::Told;
        connection->answer(isDenied ? toResponse(CallbackPage::Denied, 403)
                                    : toResponse(CallbackPage::Failed, 400));
    } else {
        m_browser = Browser::SentToOutcome;
        connection->answer(toRedirect(OutcomePath.toByteArray()));
    }
    settle(callback);
}

void LoopbackReplyHandler::onOutcomeAsked(LoopbackConnection *connection)
{
    m_waiting.append(connection);
    if (m_outcome) {
        tell(pageOf(*m_outcome));
    } else if (!m_overdue.isActive()) {
        m_overdue.start(m_limits.outcome);
    }
}

void LoopbackReplyHandler::onOutcomeOverdue()
{
    for (const auto &connection : std::exchange(m_waiting, {})) {
        if (connection) {
            connection->answer(toResponse(CallbackPage::StillWorking, 200));
        }
    }
}

void LoopbackReplyHandler::settle(const OAuth::Callback &callback)
{
    m_isSettled = true;
    Q_EMIT settled(callback);
    if (const auto *authorized = std::get_if<OAuth::AuthorizedCallback>(&callback)) {
        Q_EMIT callbackReceived({{u"code"_s, QString::fromLatin1(authorized->code.reveal())},
                                 {u"state"_s, QString::fromLatin1(m_state.reveal())}});
    }
}

void LoopbackReplyHandler::tell(CallbackPage page)
{
    bool isTold = false;
    for (const auto &connection : std::exchange(m_waiting, {})) {
        if (connection && connection->isOpen()) {
            connection->answer(toResponse(page, 200));
            isTold = true;
        }
    }
    if (isTold) {
        m_browser = Browser::Told;
        m_server.finish();
    }
}

} // namespace Maestro
