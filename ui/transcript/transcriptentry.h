// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

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
    using Source = std::variant<Prompt, Answer>;

    //! Of a conversation: not read before unfold().
    explicit TranscriptEntry(const Source &source);
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
    void dropLayout(qsizetype index) { slot(index).layout.reset(); }

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
    };
    struct Shown
    {
        const Section *section;
        qsizetype parts;
    };

    const Slot &slot(qsizetype index) const { return m_slots[static_cast<size_t>(index)]; }
    Slot &slot(qsizetype index) { return m_slots[static_cast<size_t>(index)]; }
    //! Which section a part is of, and which of its parts it is.
    std::pair<size_t, qsizetype> place(qsizetype index) const;
    std::optional<qsizetype> replace(qsizetype from, qsizetype count, const QList<Part> &parts,
                                     qsizetype firstNew, const LayoutFrame &frame);

    std::optional<Source> m_source;
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
    QHash<std::pair<const Section *, qsizetype>, int> m_scrolled;
};

} // namespace Maestro
