// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/pieces.h"

#include "markdown/mathspans.h"

#include <QList>

#include <algorithm>

namespace Maestro::Markdown {

namespace {

bool isWordCharacter(QChar character) { return character.isLetterOrNumber(); }

//! Walks over text and knows where nothing is open: no mark before there can still find its end
//! behind it. What it is unsure of counts as open for good.
class OpenMarks
{
public:
    explicit OpenMarks(QStringView text)
        : m_text(text)
        , m_math(text)
    { }

    //! The last place to cut at, or -1.
    qsizetype lastCut();

private:
    struct Mark
    {
        QChar character;
        qsizetype length = 0;
    };

    QChar at(qsizetype index) const
    {
        return index >= 0 && index < m_text.size() ? m_text.at(index) : QChar(u' ');
    }
    bool isCut(qsizetype index) const;
    //! Behind the mark at `index`, or -1 if from there on all is open.
    qsizetype behind(qsizetype index);
    qsizetype behindCode(qsizetype index) const;
    qsizetype behindDelimiters(qsizetype index);
    qsizetype behindBracket(qsizetype index);
    qsizetype behindMath(qsizetype index);

    QStringView m_text;
    QList<Mark> m_open;
    MathFinder m_math;
    bool m_mayBeMath = false; //!< what could begin mathematics has not ended
};

qsizetype OpenMarks::lastCut()
{
    qsizetype cut = -1;
    for (qsizetype index = 0; index >= 0 && index < m_text.size();) {
        if (m_open.isEmpty() && isCut(index) && !(m_mayBeMath && cut > 0)) {
            cut = index;
        }
        index = behind(index);
    }
    return cut;
}

bool OpenMarks::isCut(qsizetype index) const
{
    const QChar character = m_text.at(index);
    return (character == u' ' || character == u'\n') && index + 1 < m_text.size()
        && !at(index - 1).isSpace() && at(index - 1) != u'\\' && !at(index + 1).isSpace();
}

qsizetype OpenMarks::behind(qsizetype index)
{
    switch (m_text.at(index).unicode()) {
    case u'`':
        return behindCode(index);
    case u'*':
    case u'_':
    case u'~':
        return behindDelimiters(index);
    case u'[':
    case u']':
        return behindBracket(index);
    case u'\\':
    case u'$':
        return behindMath(index);
    default:
        return index + 1;
    }
}

qsizetype OpenMarks::behindCode(qsizetype index) const
{
    const auto runEnd = [this](qsizetype from) {
        while (from < m_text.size() && m_text.at(from) == u'`') {
            ++from;
        }
        return from;
    };
    const qsizetype behindOpening = runEnd(index);
    qsizetype from = m_text.indexOf(u'`', behindOpening);
    while (from >= 0) {
        const qsizetype to = runEnd(from);
        if (to - from == behindOpening - index && to < m_text.size()) {
            return to;
        }
        from = m_text.indexOf(u'`', to);
    }
    return -1;
}

qsizetype OpenMarks::behindDelimiters(qsizetype index)
{
    const QChar mark = m_text.at(index);
    qsizetype end = index;
    while (end < m_text.size() && m_text.at(end) == mark) {
        ++end;
    }
    const QChar before = at(index - 1);
    const QChar after = at(end);
    const bool isIdle = (before.isSpace() && after.isSpace())
        || (mark == u'_' && isWordCharacter(before) && isWordCharacter(after));
    if (isIdle) {
        return end;
    }
    const qsizetype length = end - index;
    const bool isSame
        = !m_open.isEmpty() && m_open.last().character == mark && m_open.last().length == length;
    if (isSame && isWordCharacter(before) && !isWordCharacter(after)) {
        m_open.removeLast();
        return end;
    }
    if (!isWordCharacter(before) && isWordCharacter(after) && length <= 2) {
        m_open.append({mark, length});
        return end;
    }
    return -1;
}

qsizetype OpenMarks::behindBracket(qsizetype index)
{
    if (m_text.at(index) == u'[') {
        m_open.append({u'[', 1});
        return index + 1;
    }
    if (m_open.isEmpty()) {
        return index + 1;
    }
    if (m_open.last().character != u'[') {
        return -1;
    }
    m_open.removeLast();
    if (at(index + 1) != u'(') {
        return index + 1;
    }
    const qsizetype end = m_text.indexOf(u')', index);
    return end < 0 || m_text.sliced(index, end - index).count(u'(') > 1 ? -1 : end + 1;
}

qsizetype OpenMarks::behindMath(qsizetype index)
{
    if (const auto math = m_math.find(index)) {
        return math->to;
    }
    m_mayBeMath = m_mayBeMath || m_math.isUndecided(index);
    return m_text.at(index) == u'$' ? index + 1 : index + 2;
}

} // namespace

Piece firstPiece(QStringView text)
{
    if (text.size() <= MostOfAPiece) {
        return {.length = text.size()};
    }
    const QStringView most = text.first(MostOfAPiece);
    qsizetype cut = OpenMarks(most).lastCut();
    if (cut < 0) {
        cut = std::max(most.lastIndexOf(u' '), most.lastIndexOf(u'\n'));
    }
    if (cut > 0) {
        return {.length = cut, .gap = 1};
    }
    return {.length = MostOfAPiece - (most.back().isHighSurrogate() ? 1 : 0)};
}

void appendTo(Inline &text, const Inline &piece)
{
    const qsizetype from = text.text.size();
    const qsizetype addresses = text.addresses.size();
    text.text += piece.text;
    text.addresses += piece.addresses;
    for (Span span : piece.spans) {
        span.from += from;
        span.address += span.address < 0 ? 0 : addresses;
        text.spans.append(span);
    }
}

} // namespace Maestro::Markdown
