// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is not said yet, and the end, before which all must be written.

#include "core/after.h"
#include "core/recordedchat.h"

#include <utility>

namespace Maestro {

void RecordedChat::setDraft(const Prompt &draft)
{
    const Prompt before = std::exchange(m_draft, draft);
    if (!isTemporary()) {
        m_drafts.change(m_conversation, before, draft);
    }
}

void RecordedChat::setChanging(const std::optional<PromptEdit> &changing)
{
    const auto before = std::exchange(m_changing, changing);
    if (m_conversation == 0) {
        return;
    }
    const bool isSame = before && changing && before->message == changing->message;
    if (before && !isSame) {
        m_changes.set(before->message, {});
    }
    if (changing) {
        m_changes.change(changing->message, isSame ? before->words : Prompt(), changing->words);
    }
}

void RecordedChat::flushDraft()
{
    m_drafts.flush();
    m_changes.flush();
}

void RecordedChat::setReadsFiles(bool reads)
{
    if (reads == m_filesRead.has_value()) {
        return;
    }
    if (reads) {
        m_filesRead.emplace().start();
        return;
    }
    m_filesRead->addResult(true);
    m_filesRead->finish();
    m_filesRead.reset();
    Q_EMIT settled();
}

void RecordedChat::restoreDraft(const Prompt &draft)
{
    Prompt restored;
    if (m_draft.text.isEmpty()) {
        m_draft.text = restored.text = draft.text;
    }
    if (m_draft.attachments.isEmpty()) {
        m_draft.attachments = restored.attachments = draft.attachments;
    }
    if (restored != Prompt{}) {
        Q_EMIT draftRestored(restored);
    }
}

// What was said is kept already: nothing is forgotten before it has its place.
void RecordedChat::takeDraftAlong(const Prompt &said)
{
    m_drafts.set(0, {});
    if (m_draft != said && m_draft != Prompt{}) {
        m_drafts.set(m_conversation, m_draft);
    }
    m_drafts.flush();
}

ChatStore::Done RecordedChat::flush()
{
    // Not later: whoever ends the session may not wait for more.
    const ChatStore::Done written = write();
    if (!m_filesRead || isTemporary()) {
        return written;
    }
    const auto promise = std::make_shared<QPromise<std::optional<Error>>>();
    promise->start();
    after(this, m_filesRead->future(), [this, promise](bool) {
        after(this, flush(), [promise](const std::optional<Error> &error) {
            promise->addResult(error);
            promise->finish();
        });
    });
    return promise->future();
}

ChatStore::Done RecordedChat::write()
{
    flushDraft();
    if (m_recorder) {
        save(m_recorder->message());
    }
    saveAgain();
    return after(this, m_store.flush(), [this](const std::optional<Error> &error) {
        if (error || (!m_writes.hasFailed() && !m_drafts.isFailing() && !m_changes.isFailing())) {
            return error;
        }
        return std::optional(Error{Error::Kind::Configuration,
                                   tr("A part of the conversation could not be saved."),
                                   tr("Check that the disk is neither full nor write-protected.")});
    });
}

bool RecordedChat::isSettled() const
{
    return !m_recorder && m_writes.isSettled() && m_drafts.isSettled() && m_changes.isSettled()
        && !m_filesRead;
}

} // namespace Maestro
