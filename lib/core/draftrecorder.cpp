// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/draftrecorder.h"

#include "core/after.h"

using namespace std::chrono_literals;

namespace Maestro {

namespace {

constexpr auto Delay = 500ms;

} // namespace

DraftRecorder::DraftRecorder(ChatStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    m_due.setSingleShot(true);
    m_due.setInterval(Delay);
    connect(&m_due, &QTimer::timeout, this, &DraftRecorder::flush);
}

void DraftRecorder::set(ChatId conversation, const QString &draft)
{
    if (conversation != m_conversation) {
        flush();
        m_conversation = conversation;
    }
    m_draft = draft;
    if (!m_due.isActive()) {
        m_due.start();
    }
}

void DraftRecorder::flush()
{
    m_due.stop();
    const std::optional<QString> draft = std::exchange(m_draft, std::nullopt);
    if (!draft) {
        return;
    }
    ++m_underWay;
    after(this, m_store.setDraft(m_conversation, *draft),
          [this, conversation = m_conversation, draft](const std::optional<Error> &error) {
              --m_underWay;
              m_isFailing = error.has_value();
              // What was typed since, here or elsewhere, is not replaced by what was before.
              if (error && !m_draft && conversation == m_conversation) {
                  m_draft = draft;
                  m_due.start();
              }
              Q_EMIT written(error);
          });
}

} // namespace Maestro
