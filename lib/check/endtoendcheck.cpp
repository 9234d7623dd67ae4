// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "check/endtoendcheck.h"

#include "check/judgement.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr QLatin1StringView RequestStep = "request"_L1;
constexpr QLatin1StringView FirstTokenStep = "first_token"_L1;
constexpr QLatin1StringView CompleteStep = "complete"_L1;
constexpr QLatin1StringView UsageStep = "usage"_L1;
constexpr QLatin1StringView InvalidCodeStep = "invalid_code_refused"_L1;
constexpr QLatin1StringView InterruptionStep = "interruption_reported"_L1;

constexpr SignInStage SignInStages[]
    = {SignInStage::AuthorizationUrl, SignInStage::Listener, SignInStage::Person, SignInStage::Code,
       SignInStage::Tokens,           SignInStage::ApiKey};

} // namespace

QString EndToEndCheck::standardPrompt()
{
    return u"How would you write a FastAPI application that handles Stripe-based subscriptions?"_s;
}

EndToEndCheck::EndToEndCheck(Setup setup, ChatClient &client, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
    , m_client(client)
    , m_account(m_setup.account)
{
    if (m_setup.makeSignIn) {
        for (const SignInStage stage : SignInStages) {
            m_steps.add(toWord(stage), toText(stage));
        }
    }
    m_steps.add(RequestStep, tr("Streaming request sent"));
    m_steps.add(FirstTokenStep, tr("First token received"));
    m_steps.add(CompleteStep, tr("Response complete"));
    m_steps.add(UsageStep, tr("Usage received"));
    if (m_setup.makeSignIn) {
        m_steps.add(InvalidCodeStep, tr("Recovery: an invalid code is refused"));
    }
    m_steps.add(InterruptionStep, tr("Recovery: an interrupted stream is reported as incomplete"));
}

EndToEndCheck::~EndToEndCheck() = default;

void EndToEndCheck::start()
{
    m_report.providerName = m_setup.provider.name;
    m_report.providerId = m_setup.provider.id;
    m_report.isPractice = m_setup.provider.isPractice;
    m_report.host = m_setup.provider.baseUrl.host();
    m_report.model = m_setup.model;
    m_report.prompt = m_setup.prompt;
    m_report.startedAt = QDateTime::currentDateTimeUtc();
    m_steps.startClock();
    if (m_setup.makeSignIn) {
        beginSignIn();
    } else {
        beginAnswer();
    }
}

void EndToEndCheck::beginSignIn()
{
    run(toWord(SignInStage::AuthorizationUrl));
    m_signIn = m_setup.makeSignIn();
    connect(m_signIn.get(), &SignIn::stageReached, this, &EndToEndCheck::onStage);
    connect(m_signIn.get(), &SignIn::browserRequested, this, &EndToEndCheck::browserRequested);
    connect(m_signIn.get(), &SignIn::finished, this, &EndToEndCheck::onSignedIn);
    m_signIn->start();
}

void EndToEndCheck::onStage(SignInStage stage, const QString &detail)
{
    if (stage == SignInStage::AuthorizationUrl) {
        if (const auto fault = faultOf(m_signIn->authorizationUrl())) {
            fail(toWord(stage), *fault);
            dropSignIn();
            end();
            return;
        }
    }
    if (stage == SignInStage::Person) { // it begins here, and ends with the code
        if (m_steps.isOpen(toWord(SignInStage::Listener))) {
            skip(toWord(SignInStage::Listener), tr("not a part of this provider's sign-in"));
        }
        run(toWord(stage));
        return;
    }
    if (stage == SignInStage::Code) {
        pass(toWord(SignInStage::Person));
    }
    pass(toWord(stage), detail);
    // The next stage is under way, unless this sign-in turns out not to have it. The person's says
    // so itself: it begins when the browser is to open.
    if (stage != SignInStage::Listener && stage != SignInStage::ApiKey) {
        run(toWord(static_cast<SignInStage>(static_cast<int>(stage) + 1)));
    }
}

void EndToEndCheck::onSignedIn(const Result<SignedIn> &result)
{
    const SignInStage reached = m_signIn->stage();
    dropSignIn();
    if (!result) {
        fail(m_steps.running().value_or(toWord(reached)), result.error());
        end();
        return;
    }
    m_report.account = result->account;
    m_account = result->account.key;
    if (result->noKey) {
        fail(toWord(SignInStage::ApiKey), *result->noKey);
        end();
        return;
    }
    for (const SignInStage stage : SignInStages) {
        if (m_steps.isOpen(toWord(stage))) {
            skip(toWord(stage), tr("not a part of this provider's sign-in"));
        }
    }
    beginAnswer();
}

void EndToEndCheck::beginAnswer()
{
    run(RequestStep);
    m_answer = Answer();
    m_stream = m_client.ask(m_setup.provider, m_account,
                            {m_setup.model, {{}, {Prompt{m_setup.prompt}}}});
    connect(m_stream.get(), &ChatStream::received, this, &EndToEndCheck::onAnswer);
    connect(m_stream.get(), &ChatStream::finished, this, &EndToEndCheck::onAnswerFinished);
    m_askedAtMs = m_steps.elapsedMs();
    m_stream->start();
}

void EndToEndCheck::onAnswer(const StreamMessages &messages)
{
    if (m_steps.isOpen(RequestStep)) {
        pass(RequestStep, tr("HTTP status %1").arg(m_stream->transfer().status));
        run(FirstTokenStep);
    }
    for (const StreamMessage &message : messages) {
        m_answer.fold(message);
    }
    if (m_steps.isOpen(FirstTokenStep) && !m_answer.parts().isEmpty()) {
        m_report.firstTokenMs = m_steps.elapsedMs() - m_askedAtMs;
        pass(FirstTokenStep, tr("after %1 ms").arg(*m_report.firstTokenMs));
        run(CompleteStep);
    }
    Q_EMIT answerReceived(messages);
}

void EndToEndCheck::onAnswerFinished(const std::optional<Error> &error)
{
    const ChatStream::Transfer transfer = m_stream->transfer();
    m_report.answerMs = m_steps.elapsedMs() - m_askedAtMs;
    m_report.bytes = transfer.bytes;
    m_report.events = transfer.events;
    m_report.requestId = transfer.requestId;
    dropStream();
    if (error) {
        fail(m_steps.running().value_or(CompleteStep), *error);
        end();
        return;
    }
    judgeAnswer();
}

void EndToEndCheck::judgeAnswer()
{
    if (m_answer.done()) {
        m_report.responseId = m_answer.done()->responseId;
        m_report.answeringModel = m_answer.done()->model;
        m_report.stopReason = m_answer.done()->stopReason;
    }
    m_report.characters = m_answer.text().size();
    m_report.reasoningCharacters = m_answer.reasoning().size();
    m_report.functionCalls = static_cast<int>(m_answer.functionCalls().size());
    m_report.skippedEvents = m_answer.skippedEvents();
    m_report.usage = m_answer.usage();

    if (const auto fault = faultOf(m_answer)) {
        fail(m_steps.running().value_or(CompleteStep), *fault);
    } else {
        pass(CompleteStep,
             tr("%1 characters, %2 events, final event seen, stop reason \"%3\"")
                 .arg(m_report.characters)
                 .arg(m_report.events)
                 .arg(m_report.stopReason));
    }
    if (const auto fault = faultOf(m_report.usage)) {
        fail(UsageStep, *fault);
    } else {
        pass(UsageStep,
             tr("%1 tokens in, %2 out")
                 .arg(*m_report.usage->inputTotal)
                 .arg(*m_report.usage->outputTotal));
    }
    if (m_setup.makeSignIn) {
        beginInvalidCode();
    } else {
        beginInterruption();
    }
}

void EndToEndCheck::beginInvalidCode()
{
    run(InvalidCodeStep);
    m_signIn = m_setup.makeSignIn();
    // The browser stays closed: this attempt's callback is made by us.
    connect(m_signIn.get(), &SignIn::browserRequested, this, &EndToEndCheck::submitInvalidCode);
    connect(m_signIn.get(), &SignIn::finished, this, &EndToEndCheck::onInvalidCodeAnswered);
    m_signIn->start();
}

void EndToEndCheck::submitInvalidCode(const QUrl &authorizationUrl)
{
    if (const auto refused = m_signIn->submitAddress(forgedCallback(authorizationUrl))) {
        fail(InvalidCodeStep, *refused);
        dropSignIn();
        beginInterruption();
    }
}

void EndToEndCheck::onInvalidCodeAnswered(const Result<SignedIn> &result)
{
    const bool atTokens = m_signIn->stage() == SignInStage::Tokens;
    dropSignIn();
    if (result) {
        fail(InvalidCodeStep,
             {Error::Kind::InvalidResponse, tr("A code that nobody issued was accepted."),
              tr("Do not trust this provider with an account.")});
    } else if (const Error::Kind kind = result.error().kind; atTokens
               && (kind == Error::Kind::InvalidGrant || kind == Error::Kind::InvalidRequest)) {
        pass(InvalidCodeStep, result.error().message);
    } else {
        fail(InvalidCodeStep, result.error());
    }
    beginInterruption();
}

void EndToEndCheck::beginInterruption()
{
    run(InterruptionStep);
    m_answer = Answer();
    m_stream = m_client.ask(m_setup.provider, m_account,
                            {m_setup.model, {{}, {Prompt{m_setup.prompt}}}});
    connect(m_stream.get(), &ChatStream::received, this, &EndToEndCheck::onInterruptible);
    connect(m_stream.get(), &ChatStream::finished, this, &EndToEndCheck::onInterrupted);
    m_stream->start();
}

void EndToEndCheck::onInterruptible(const StreamMessages &messages)
{
    for (const StreamMessage &message : messages) {
        m_answer.fold(message);
    }
    if (!m_answer.done() && !m_answer.text().isEmpty()) {
        m_stream->stop();
    }
}

void EndToEndCheck::onInterrupted(const std::optional<Error> &error)
{
    dropStream();
    if (error) {
        fail(InterruptionStep, *error);
    } else if (m_answer.isComplete()) {
        fail(InterruptionStep,
             {Error::Kind::InvalidResponse,
              tr("The answer was complete before it could be interrupted."),
              tr("Run the check again with a prompt that needs a longer answer.")});
    } else {
        pass(InterruptionStep,
             tr("ended on purpose after %1 characters, kept and marked incomplete")
                 .arg(m_answer.text().size()));
    }
    end();
}

void EndToEndCheck::run(const QString &id)
{
    m_steps.run(id);
    announce(id);
}

void EndToEndCheck::pass(const QString &id, const QString &detail)
{
    m_steps.pass(id, detail);
    announce(id);
}

void EndToEndCheck::fail(const QString &id, const Error &error)
{
    m_steps.fail(id, error);
    announce(id);
}

void EndToEndCheck::skip(const QString &id, const QString &why)
{
    m_steps.skip(id, why);
    announce(id);
}

void EndToEndCheck::announce(const QString &id)
{
    Q_EMIT stepChanged(m_steps.list()[m_steps.indexOf(id)]);
}

void EndToEndCheck::dropSignIn()
{
    m_signIn->disconnect(this);
    m_signIn.release()->deleteLater(); // we may be inside one of its signals
}

void EndToEndCheck::dropStream()
{
    m_stream->disconnect(this);
    m_stream.release()->deleteLater();
}

void EndToEndCheck::end()
{
    m_report.steps = m_steps.list();
    m_report.durationMs = m_steps.elapsedMs();
    Q_EMIT finished(m_report);
}

} // namespace Maestro
