// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpchatstream.h"

#include "core/after.h"
#include "net/httpfetch.h"
#include "net/networkerror.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslError>

namespace Maestro {

namespace {

constexpr int Unauthorized = 401;

bool isStream(int status) { return status >= 200 && status < 300; }

QByteArray requestIdOf(const HttpReply &head)
{
    const QByteArray openAi = headerValue(head.headers, "x-request-id");
    return (openAi.isEmpty() ? headerValue(head.headers, "request-id") : openAi).left(128);
}

Error rejectedTwice(const Error &error)
{
    return {Error::Kind::AuthenticationRequired,
            HttpChatStream::tr("Your sign-in was renewed, and the provider still rejects it."),
            HttpChatStream::tr("Sign in again. What you wrote stays as it is."),
            error.detail.isEmpty() ? error.message : error.detail};
}

} // namespace

HttpChatStream::HttpChatStream(QNetworkAccessManager &network, CredentialSource &credentials,
                               HttpChatClient::Limits limits, const Provider &provider,
                               const AccountKey &account, const ChatRequest &request)
    : m_network(network)
    , m_credentials(credentials)
    , m_limits(limits)
    , m_provider(provider)
    , m_account(account)
    , m_request(request)
    , m_decoder(m_provider)
{ }

HttpChatStream::~HttpChatStream()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void HttpChatStream::start()
{
    // Queued, since a credential that is ready at once would be sent, and could fail, inside
    // start().
    QMetaObject::invokeMethod(
        this,
        [this] {
            after(this, m_credentials.credentialFor(m_account),
                  [this](const Result<Credential> &credential) { send(credential); });
        },
        Qt::QueuedConnection);
}

void HttpChatStream::stop()
{
    if (m_settled || m_stopped) {
        return;
    }
    m_stopped = true;
    if (m_reply) {
        m_reply->abort(); // onReplyFinished() follows
    } else {
        QMetaObject::invokeMethod(this, &HttpChatStream::onReplyFinished, Qt::QueuedConnection);
    }
}

ChatStream::Transfer HttpChatStream::transfer() const
{
    Transfer transfer = m_transfer;
    transfer.events = m_decoder.eventCount();
    return transfer;
}

void HttpChatStream::send(const Result<Credential> &credential)
{
    if (m_stopped) {
        return;
    }
    if (!credential) {
        settle(credential.error());
        return;
    }
    m_transfer = {};
    m_errorBody.clear();
    m_credential = *credential;
    const HttpRequest request = m_provider.makeChatRequest(m_provider, m_request);
    QNetworkRequest networkRequest = toNetworkRequest(request, m_provider.authorize(m_credential));
    networkRequest.setTransferTimeout(static_cast<int>(m_limits.silence.count()));
    m_reply = m_network.post(networkRequest, request.body);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpChatStream::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &HttpChatStream::onReplyFinished);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_tlsProblem = errors.isEmpty() ? QString() : errors.first().errorString();
    });
}

void HttpChatStream::onReadyRead() { take(m_reply->readAll()); }

void HttpChatStream::take(const QByteArray &bytes)
{
    if (m_transfer.status == 0) {
        const HttpReply head = headOf(*m_reply);
        m_transfer.status = head.status;
        m_transfer.requestId = requestIdOf(head);
    }
    m_transfer.bytes += bytes.size();
    if (!isStream(m_transfer.status)) {
        m_errorBody.append(bytes.left(m_limits.errorBody - m_errorBody.size()));
        return;
    }
    if (m_transfer.bytes > m_limits.answer) {
        m_tooLarge = true;
        m_reply->abort();
        return;
    }
    deliver(m_decoder.feed(bytes));
}

void HttpChatStream::onReplyFinished()
{
    if (m_settled) {
        return;
    }
    Q_ASSERT(m_reply
             || m_stopped); // stop() comes here without a reply, when none was asked for yet
    if (m_reply && !m_stopped && !m_tooLarge) {
        // abort() inside take() comes back here; the guard above ends the outer call.
        take(m_reply->isReadable() ? m_reply->readAll() : QByteArray());
        if (m_settled) {
            return;
        }
    }
    if (mayRenew()) {
        renew();
        return;
    }
    // Done belongs to an answer that began; a request that was refused has none.
    if (isStream(m_transfer.status) || m_stopped) {
        deliver(m_decoder.finish());
    }
    settle(m_stopped ? std::nullopt : outcome());
}

bool HttpChatStream::mayRenew() const
{
    return m_transfer.status == Unauthorized && !m_renewed && !m_stopped
        && m_credential.type == Credential::Type::OAuthToken;
}

void HttpChatStream::renew()
{
    m_renewed = true;
    dropReply();
    after(this, m_credentials.renewedFor(m_account, m_credential),
          [this](const Result<Credential> &credential) { send(credential); });
}

void HttpChatStream::dropReply()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->deleteLater();
        m_reply = nullptr;
    }
}

void HttpChatStream::deliver(const StreamMessages &messages)
{
    for (const StreamMessage &message : messages) {
        if (const auto *done = std::get_if<Done>(&message)) {
            m_done = *done;
        } else if (const auto *fault = std::get_if<StreamFault>(&message); fault && fault->fatal) {
            m_fault = *fault;
        }
    }
    if (!messages.isEmpty()) {
        Q_EMIT received(messages);
    }
}

std::optional<Error> HttpChatStream::outcome() const
{
    const QString host = m_provider.baseUrl.host();
    if (m_transfer.status == 0) {
        Error error = describeNetworkError(*m_reply);
        if (!m_tlsProblem.isEmpty()) {
            error.detail = m_tlsProblem;
        }
        return error;
    }
    if (!isStream(m_transfer.status)) {
        HttpReply reply = headOf(*m_reply);
        reply.body = m_errorBody;
        const Error error = m_provider.readError(m_provider, reply);
        return m_renewed && m_transfer.status == Unauthorized ? rejectedTwice(error) : error;
    }
    if (m_tooLarge) {
        return Error{
            Error::Kind::TooLarge,
            tr("The answer grew over %1 MiB and was ended.").arg(m_limits.answer / (1024 * 1024)),
            tr("What arrived is kept.")};
    }
    if (m_fault) {
        return m_fault->error;
    }
    if (m_done && m_done->ending == Done::Ending::Complete) {
        return std::nullopt;
    }
    if (m_decoder.eventCount() == 0) {
        return Error{Error::Kind::InvalidResponse,
                     tr("%1 answered with something that is not a stream.").arg(host),
                     tr("A network login page or a wrong address can cause this."),
                     tr("HTTP status %1, %2 bytes").arg(m_transfer.status).arg(m_transfer.bytes)};
    }
    const bool isSilence = m_reply->error() == QNetworkReply::OperationCanceledError;
    return Error{
        isSilence ? Error::Kind::Timeout : Error::Kind::Interrupted,
        isSilence ? tr("%1 stopped sending in the middle of the answer.").arg(host)
                  : tr("The connection to %1 ended in the middle of the answer.").arg(host),
        tr("What arrived is kept. Ask again for the rest."),
        tr("%1 events, %2 bytes received").arg(m_decoder.eventCount()).arg(m_transfer.bytes)};
}

void HttpChatStream::settle(const std::optional<Error> &error)
{
    m_settled = true;
    dropReply();
    Q_EMIT finished(error);
}

} // namespace Maestro
