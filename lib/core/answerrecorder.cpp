// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/answerrecorder.h"

#include "core/after.h"

using namespace std::chrono_literals;

namespace Maestro {

namespace {

constexpr auto LongestDelay = 500ms;
constexpr qsizetype LargestTail = 4096; // bytes

//! The text that a message adds to, if it continues the one before it.
QString *continued(StreamMessage &before, const StreamMessage &next)
{
    if (auto *content = std::get_if<Content>(&before)) {
        const auto *more = std::get_if<Content>(&next);
        return more && more->part == content->part && !more->replacesPart ? &content->text
                                                                          : nullptr;
    }
    if (auto *reasoning = std::get_if<Reasoning>(&before)) {
        const auto *more = std::get_if<Reasoning>(&next);
        return more && more->part == reasoning->part && !more->replacesContent && !more->took
            ? &reasoning->text
            : nullptr;
    }
    if (auto *call = std::get_if<FunctionCall>(&before)) {
        const auto *more = std::get_if<FunctionCall>(&next);
        return more && more->call == call->call && call->phase != FunctionCall::Phase::Complete
                && more->phase == FunctionCall::Phase::Arguments
            ? &call->arguments
            : nullptr;
    }
    return nullptr;
}

const QString &textOf(const StreamMessage &message)
{
    static const QString none;
    if (const auto *content = std::get_if<Content>(&message)) {
        return content->text;
    }
    if (const auto *reasoning = std::get_if<Reasoning>(&message)) {
        return reasoning->text;
    }
    const auto *call = std::get_if<FunctionCall>(&message);
    return call ? call->arguments : none;
}

void join(StreamMessages &messages, const StreamMessage &next)
{
    QString *text = messages.isEmpty() ? nullptr : continued(messages.last(), next);
    if (text) {
        *text += textOf(next);
    } else {
        messages.append(next);
    }
}

//! The first half of a character whose second half has not come cannot be written.
QChar takeHalfCharacter(StreamMessage &message)
{
    const auto take = [](QString &text) {
        if (text.isEmpty() || !text.back().isHighSurrogate()) {
            return QChar();
        }
        const QChar half = text.back();
        text.chop(1);
        return half;
    };
    if (auto *content = std::get_if<Content>(&message)) {
        return take(content->text);
    }
    if (auto *reasoning = std::get_if<Reasoning>(&message)) {
        return take(reasoning->text);
    }
    auto *call = std::get_if<FunctionCall>(&message);
    return call ? take(call->arguments) : QChar();
}

//! What continues the message with this text.
StreamMessage continuationOf(const StreamMessage &message, const QString &text)
{
    if (const auto *content = std::get_if<Content>(&message)) {
        return Content{.part = content->part, .text = text};
    }
    if (const auto *reasoning = std::get_if<Reasoning>(&message)) {
        return Reasoning{.part = reasoning->part, .text = text};
    }
    FunctionCall call = std::get<FunctionCall>(message);
    call.phase = FunctionCall::Phase::Arguments;
    call.arguments = text;
    return call;
}

} // namespace

AnswerRecorder::AnswerRecorder(ChatStore &store, ChatId message, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_message(message)
{
    m_due.setSingleShot(true);
    m_due.setInterval(LongestDelay);
    connect(&m_due, &QTimer::timeout, this, &AnswerRecorder::write);
}

void AnswerRecorder::take(const StreamMessages &messages)
{
    for (const StreamMessage &message : messages) {
        // After Done comes the whole answer.
        if (!std::holds_alternative<Done>(message)) {
            m_pendingBytes += textOf(message).size() * qsizetype(sizeof(QChar));
            join(m_pending, message);
        }
    }
    if (m_pendingBytes >= LargestTail) {
        write();
    } else if (!m_pending.isEmpty() && !m_due.isActive()) {
        m_due.start();
    }
}

void AnswerRecorder::forget()
{
    m_pending.clear();
    m_pendingBytes = 0;
    m_inFlight.clear();
    m_due.stop();
}

void AnswerRecorder::write()
{
    // One piece at a time: where the disk is slow, the next one gets larger.
    if (m_isWriting || m_pending.isEmpty()) {
        return;
    }
    m_due.stop();
    m_isWriting = true;
    m_inFlight = std::exchange(m_pending, {});
    m_pendingBytes = 0;
    if (const QChar half = takeHalfCharacter(m_inFlight.last()); !half.isNull()) {
        m_pending.append(continuationOf(m_inFlight.last(), half));
    }
    after(this, m_store.append(m_message, m_piece, m_inFlight),
          [this](const std::optional<Error> &error) { onWritten(error); });
}

void AnswerRecorder::onWritten(const std::optional<Error> &error)
{
    m_isWriting = false;
    const StreamMessages written = std::exchange(m_inFlight, {});
    if (error) {
        const StreamMessages since = std::exchange(m_pending, written);
        for (const StreamMessage &message : since) {
            join(m_pending, message);
        }
        // Not at once: a full disk stays full for a while.
        m_due.start();
        Q_EMIT failed(*error);
        return;
    }
    ++m_piece;
    if (m_pendingBytes >= LargestTail) {
        write();
    } else if (!m_pending.isEmpty() && !m_due.isActive()) {
        m_due.start();
    }
}

} // namespace Maestro
