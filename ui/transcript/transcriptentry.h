// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/codecolors.h"
#include "ui/transcript/entrycontent.h"
#include "ui/transcript/heightsums.h"
#include "ui/transcript/partlayout.h"

#include <QHash>

namespace Maestro {

//! What an entry is laid out for.
struct LayoutFrame
{
    int width = 0;
    const TranscriptLook *look = nullptr;
};

//! One prompt or answer with the heights of its parts. What was said long ago is read, and laid
//! out, when it is seen.
class TranscriptEntry
{
public:
    //! Of a conversation: not read before unfold().
    explicit TranscriptEntry(const Prompt &prompt);
    explicit TranscriptEntry(const Answer &answer);
    explicit TranscriptEntry(std::unique_ptr<EntryContent> content);

    bool isUnfolded() const { return m_content != nullptr; }
    //! Reads it, so that it has parts.
    void unfold(const LayoutFrame &frame);
    //! What a call of it returned, as it is kept in the conversation.
    void addKeptResult(const FunctionResult &result) { m_keptResults.append(result); }
    //! What can be done with it, as buttons under it; whether that is another thing than before.
    bool setFooter(const QList<Target> &buttons);
    //! Forgets what can be read again; its height stays.
    void fold();
    EntryContent &content() { return *m_content; }
    const EntryContent &content() const { return *m_content; }

    //! Of all parts, as far as they have been laid out; otherwise about.
    int height() const { return m_content ? m_heights.total() : m_foldedHeight; }
    //! About how high it is, for an entry that is not unfolded.
    void estimate(const LayoutFrame &frame);
    //! Takes up what changed in the content; the first part that did, or nothing.
    std::optional<qsizetype> refresh(const LayoutFrame &frame);
    //! Another width, or look: every height is an estimate again.
    void reset(const LayoutFrame &frame);

    qsizetype partCount() const { return static_cast<qsizetype>(m_slots.size()); }
    const Part &part(qsizetype index) const { return slot(index).part; }
    int partTop(qsizetype index) const { return m_heights.before(index); }
    int partHeight(qsizetype index) const { return m_heights.at(index); }
    qsizetype partAt(int y) const { return m_heights.find(y); }
    //! Lays a part out if it is not.
    PartLayout &layOut(qsizetype index, const LayoutFrame &frame);
    const PartLayout *layout(qsizetype index) const { return slot(index).layout.get(); }
    //! What looks otherwise since the last time; empty if that is not known.
    QRect takeChanged(qsizetype index);
    void dropLayout(qsizetype index) { slot(index).layout.reset(); }

    //! Whether the words of a part of code are not known as it was laid out.
    bool lacksColors(qsizetype index) const { return slot(index).lacksColors; }
    //! What to read so that they are; nothing if that is of no use.
    std::optional<CodeColors::Request> colorRequest(qsizetype index);
    //! Of the block that a part is of; null for none.
    std::shared_ptr<CodeColors> colors(qsizetype index) const;
    //! More is known of the part's block from a line on; the first part that is of that.
    qsizetype recolor(qsizetype index, qsizetype fromLine);

    int scrolledBy(qsizetype index) const;
    void setScrolledBy(qsizetype index, int x);
    //! What was chosen in a part; whether something changed.
    bool choose(qsizetype index, Target::Kind kind);
    //! The source of an answer's words, as they came.
    QString source() const;

private:
    struct Slot
    {
        Part part;
        std::unique_ptr<PartLayout> layout;
        bool isStale = true; //!< the layout is of the part as it was before
        bool lacksColors = false;
    };
    bool canFold() const { return !std::holds_alternative<std::monostate>(m_source); }
    struct Shown
    {
        const Section *section;
        qsizetype parts;
    };

    const Slot &slot(qsizetype index) const { return m_slots[static_cast<size_t>(index)]; }
    Slot &slot(qsizetype index) { return m_slots[static_cast<size_t>(index)]; }
    using BlockKey = std::pair<const Section *, qsizetype>;

    BlockKey blockKey(qsizetype index) const;
    LineColors lineColors(qsizetype index);
    //! Which section a part is of, and which of its parts it is.
    std::pair<size_t, qsizetype> place(qsizetype index) const;
    std::optional<qsizetype> replace(qsizetype from, qsizetype count, const QList<Part> &parts,
                                     qsizetype firstNew, const LayoutFrame &frame);

    //! An answer is large, and half of the entries are none.
    std::variant<std::monostate, Prompt, std::unique_ptr<const Answer>> m_source;
    QList<FunctionResult> m_keptResults;
    QList<Target> m_footer;
    std::unique_ptr<EntryContent> m_content;
    //! Of the source.
    qsizetype m_letters = 0;
    qsizetype m_lines = 0;
    int m_foldedHeight = 0;
    std::vector<Slot> m_slots;
    HeightSums m_heights;
    std::vector<Shown> m_shown;
    QHash<BlockKey, int> m_scrolled;
    QHash<BlockKey, std::shared_ptr<CodeColors>> m_colors;
};

} // namespace Maestro
