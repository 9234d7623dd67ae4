// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpchatstream.h"

#include "core/after.h"
#include "net/exchangeoutcome.h"
#include "net/retrypolicy.h"

#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>

namespace Maestro {

namespace {

constexpr int Unauthorized = 401;

QByteArray requestIdOf(const HttpReply &head)
{
    const QByteArray openAi = headerValue(head.headers, "x-request-id");
    return (openAi.isEmpty() ? headerValue(head.headers, "request-id") : openAi).left(128);
}

//! A fault and an end are none yet.
bool isOfAnAnswer(const StreamMessage &message)
{
    return !std::holds_alternative<StreamFault>(message) && !std::holds_alternative<Done>(message);
}

} // namespace

HttpChatStream::HttpChatStream(QNetworkAccessManager &network, CredentialSource &credentials,
                               HttpChatClient::Limits limits, const WakingClock &clock,
                               const Provider &provider, const AccountKey &account,
                               const ChatRequest &request)
    : m_network(network)
    , m_credentials(credentials)
    , m_limits(limits)
    , m_clock(clock)
    , m_provider(provider)
    , m_account(account)
    , m_request(request)
    , m_decoder(std::make_unique<StreamDecoder>(m_provider))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &HttpChatStream::goOn);
}

HttpChatStream::~HttpChatStream() = default;

void HttpChatStream::start()
{
    // Queued, since a credential that is ready at once would be sent, and could fail, inside
    // start().
    QMetaObject::invokeMethod(this, &HttpChatStream::askForCredential, Qt::QueuedConnection);
}

void HttpChatStream::askForCredential()
{
    if (!m_stopped && m_provider.findObstacle) {
        if (const auto obstacle = m_provider.findObstacle(m_provider, m_request)) {
            settle(*obstacle);
            return;
        }
    }
    after(this, m_credentials.credentialFor(m_account),
          [this](const Result<Credential> &credential) { send(credential); });
}

void HttpChatStream::stop()
{
    if (m_settled || m_stopped) {
        return;
    }
    m_stopped = true;
    m_pause.stop();
    if (m_exchange && m_exchange->isRunning()) {
        m_exchange->stop(); // onExchanged() follows
    } else {
        QMetaObject::invokeMethod(this, &HttpChatStream::onExchanged, Qt::QueuedConnection);
    }
}

void HttpChatStream::keepWaiting()
{
    if (m_exchange) {
        m_exchange->keepWaiting();
    }
}

void HttpChatStream::retryNow()
{
    if (m_pause.isActive()) {
        m_pause.stop();
        goOn();
    }
}

ChatStream::Transfer HttpChatStream::transfer() const
{
    Transfer transfer{.events = m_decoder->eventCount()};
    if (m_exchange) {
        transfer.status = m_exchange->reply().status;
        transfer.requestId = requestIdOf(m_exchange->reply());
        transfer.bytes = m_exchange->bytes();
        if (m_provider.readPlanLimits) {
            transfer.planLimits
                = m_provider.readPlanLimits(m_exchange->reply().headers, m_exchange->headArrived());
        }
    }
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
    m_credential = *credential;
    forgetExchange();
    m_exchange = std::make_unique<StreamExchange>(m_network, m_limits.stream, m_clock);
    connect(m_exchange.get(), &StreamExchange::received, this, &HttpChatStream::onBytes);
    connect(m_exchange.get(), &StreamExchange::stalled, this, &HttpChatStream::stalled);
    connect(m_exchange.get(), &StreamExchange::finished, this, &HttpChatStream::onExchanged);
    m_exchange->start(m_provider.makeChatRequest(m_provider, m_request),
                      m_provider.authorize(m_credential));
}

void HttpChatStream::onBytes(const QByteArray &bytes)
{
    hold(m_decoder->feed(bytes));
    const QPointer<HttpChatStream> guard(this);
    if (m_hasAnswer) {
        deliver();
    }
    if (guard && m_done && m_exchange) {
        m_exchange->stop(); // whoever keeps the connection open has nothing more to say
    }
}

StreamMessages HttpChatStream::withCause(StreamMessages messages) const
{
    for (StreamMessage &message : messages) {
        if (auto *done = std::get_if<Done>(&message); done && !done->hasEnded()) {
            done->ending = m_stopped ? Done::Ending::Stopped
                : m_exchange && m_exchange->end() == StreamExchange::End::Silent
                ? Done::Ending::Silent
                : done->ending;
        }
    }
    return messages;
}

void HttpChatStream::hold(const StreamMessages &messages)
{
    for (const StreamMessage &message : messages) {
        if (const auto *done = std::get_if<Done>(&message)) {
            m_done = *done;
        } else if (const auto *fault = std::get_if<StreamFault>(&message); fault && fault->fatal) {
            m_fault = *fault;
        }
    }
    m_hasAnswer = m_hasAnswer || std::any_of(messages.begin(), messages.end(), isOfAnAnswer);
    m_held += messages;
}

void HttpChatStream::deliver()
{
    if (!m_held.isEmpty()) {
        Q_EMIT received(std::exchange(m_held, {}));
    }
}

void HttpChatStream::onExchanged()
{
    if (m_settled) {
        return;
    }
    if (mayRenew()) {
        renew();
        return;
    }
    // Done belongs to an answer that began; a request that was refused has none.
    if (m_stopped || (m_exchange && m_exchange->isStream())) {
        hold(withCause(m_decoder->finish()));
    }
    const auto error = m_stopped ? std::nullopt
                                 : outcomeOf({*m_exchange, m_provider, m_done, m_fault,
                                              m_decoder->eventCount(), m_hasAnswer, m_renewed});
    if (error && pauseAfter(*error)) {
        return;
    }
    const QPointer<HttpChatStream> guard(this);
    deliver();
    if (guard) {
        settle(error);
    }
}

bool HttpChatStream::mayRenew() const
{
    return m_exchange && m_exchange->reply().status == Unauthorized && !m_renewed && !m_stopped
        && m_credential.type == Credential::Type::OAuthToken;
}

void HttpChatStream::renew()
{
    m_renewed = true;
    after(this, m_credentials.renewedFor(m_account, m_credential),
          [this](const Result<Credential> &credential) { send(credential); });
}

void HttpChatStream::forgetExchange()
{
    m_decoder = std::make_unique<StreamDecoder>(m_provider);
    m_held.clear();
    m_done.reset();
    m_fault.reset();
}

bool HttpChatStream::pauseAfter(const Error &error)
{
    const HttpReply &reply = m_exchange->reply();
    if (m_hasAnswer || reply.status == 0) { // unknown what the other side did with it
        return false;
    }
    const auto pause
        = retryPause(error, reply, m_tries, QRandomGenerator::global()->generateDouble());
    if (!pause) {
        return false;
    }
    ++m_tries;
    forgetExchange();
    const std::chrono::milliseconds length(
        static_cast<qint64>(m_limits.pauses * static_cast<double>(pause->count())));
    m_pause.start(length);
    Q_EMIT pausing({error, length, m_tries});
    return true;
}

void HttpChatStream::goOn()
{
    const QPointer<HttpChatStream> guard(this);
    Q_EMIT resumed();
    if (guard && !m_stopped) {
        askForCredential();
    }
}

void HttpChatStream::settle(const std::optional<Error> &error)
{
    m_settled = true;
    Q_EMIT finished(error);
}

} // namespace Maestro
