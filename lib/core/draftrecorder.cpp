// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/draftrecorder.h"

#include "core/after.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace Maestro {

namespace {

constexpr auto Delay = 500ms;

//! Without a look at the bytes, which are shared as long as nobody reads the file again.
bool areSame(const QList<Attachment> &some, const QList<Attachment> &others)
{
    return std::equal(some.begin(), some.end(), others.begin(), others.end(),
                      [](const Attachment &one, const Attachment &other) {
                          return one.bytes.constData() == other.bytes.constData()
                              && one.name == other.name && one.mimeType == other.mimeType;
                      });
}

} // namespace

DraftRecorder::DraftRecorder(ChatStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    m_due.setSingleShot(true);
    m_due.setInterval(Delay);
    connect(&m_due, &QTimer::timeout, this, &DraftRecorder::flush);
}

void DraftRecorder::set(ChatId conversation, const Prompt &draft)
{
    setText(conversation, draft.text);
    setFiles(conversation, draft.attachments);
}

void DraftRecorder::change(ChatId conversation, const Prompt &before, const Prompt &draft)
{
    if (draft.text != before.text) {
        setText(conversation, draft.text);
    }
    if (!areSame(draft.attachments, before.attachments)) {
        setFiles(conversation, draft.attachments);
    }
}

void DraftRecorder::setText(ChatId conversation, const QString &text)
{
    goTo(conversation);
    m_text = text;
    startSoon();
}

void DraftRecorder::setFiles(ChatId conversation, const QList<Attachment> &files)
{
    goTo(conversation);
    m_files = files;
    startSoon();
}

void DraftRecorder::goTo(ChatId conversation)
{
    if (conversation != m_conversation) {
        flush();
        m_conversation = conversation;
    }
}

void DraftRecorder::startSoon()
{
    if (!m_due.isActive()) {
        m_due.start();
    }
}

void DraftRecorder::flush()
{
    m_due.stop();
    flushText();
    flushFiles();
}

// What could not be written is written again in a moment; but what was given since, here or
// elsewhere, is not replaced by what was before.

void DraftRecorder::flushText()
{
    const std::optional<QString> text = std::exchange(m_text, std::nullopt);
    if (!text) {
        return;
    }
    ++m_underWay;
    after(this, m_store.setDraft(m_conversation, *text),
          [this, conversation = m_conversation, text](const std::optional<Error> &error) {
              if (error && !m_text && conversation == m_conversation) {
                  m_text = text;
              }
              settle(error);
          });
}

void DraftRecorder::flushFiles()
{
    const std::optional<QList<Attachment>> files = std::exchange(m_files, std::nullopt);
    if (!files) {
        return;
    }
    ++m_underWay;
    after(this, m_store.setDraftFiles(m_conversation, *files),
          [this, conversation = m_conversation, files](const std::optional<Error> &error) {
              if (error && !m_files && conversation == m_conversation) {
                  m_files = files;
              }
              settle(error);
          });
}

void DraftRecorder::settle(const std::optional<Error> &error)
{
    --m_underWay;
    m_isFailing = error.has_value();
    if (m_text || m_files) {
        startSoon();
    }
    Q_EMIT written(error);
}

} // namespace Maestro
