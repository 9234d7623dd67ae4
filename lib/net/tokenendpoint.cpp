// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/tokenendpoint.h"

#include "net/httpfetch.h"
#include "net/networkerror.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QTimer>

namespace Maestro {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("TokenEndpoint", text); }

//! Qt says "operation canceled" for whatever ended a reply; this says why we did.
constexpr const char *TooLargeProperty = "maestroTooLarge";

void stopIfTooLarge(QNetworkReply *reply, qint64 limit)
{
    if (reply->bytesAvailable() > limit) {
        reply->setProperty(TooLargeProperty, true);
        reply->abort();
    }
}

} // namespace

TokenEndpoint::TokenEndpoint(QNetworkAccessManager &network, Limits limits)
    : m_network(network)
    , m_limits(limits)
{ }

TokenEndpoint::~TokenEndpoint() { delete m_reply; }

QNetworkReply *TokenEndpoint::post(const OAuth::TokenRequest &token)
{
    delete m_reply;
    QNetworkRequest request(token.url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, token.contentType);
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("Accept-Encoding", "identity"); // nothing to inflate, nothing to blow up
    // A kept connection may have been closed meanwhile, and a request that failed so is not
    // repeated.
    request.setRawHeader("Connection", "close");
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(m_limits.time.count()));

    QNetworkReply *reply = m_network.post(request, token.body.reveal());
    m_reply = reply;
    QObject::connect(reply, &QNetworkReply::readyRead, reply,
                     [reply, limit = m_limits.body] { stopIfTooLarge(reply, limit); });
    // Qt's limit is on silence; an answer that trickles in for ever must end, too.
    QTimer::singleShot(m_limits.time, reply, &QNetworkReply::abort);
    return reply;
}

Result<HttpReply> TokenEndpoint::take(QNetworkReply &reply)
{
    if (reply.property(TooLargeProperty).toBool()) {
        return Error{Error::Kind::TooLarge, tr("The sign-in server's answer is too long."),
                     tr("Start the sign-in again.")};
    }
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isCutOff = reply.error() == QNetworkReply::OperationCanceledError
        || reply.error() == QNetworkReply::TimeoutError
        || reply.error() == QNetworkReply::RemoteHostClosedError;
    if (status == 0 || isCutOff) {
        return describeNetworkError(reply);
    }
    HttpReply answer = headOf(reply);
    answer.body = reply.readAll();
    return answer;
}

TokenNetwork::TokenNetwork(TokenEndpoint &endpoint, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_endpoint(endpoint)
{
    setAutoDeleteReplies(false);
}

QNetworkReply *TokenNetwork::createRequest(Operation, const QNetworkRequest &request,
                                           QIODevice *outgoing)
{
    const QByteArray body = outgoing ? outgoing->readAll() : QByteArray();
    return m_endpoint.post({request.url(),
                            request.header(QNetworkRequest::ContentTypeHeader).toByteArray(),
                            Secret(body)});
}

} // namespace Maestro
