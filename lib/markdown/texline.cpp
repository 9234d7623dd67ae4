// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/texline.h"

namespace Maestro::Markdown {

namespace {

constexpr QStringView Opening = u" ([{\u27E8\u230A\u2308\u2003\u2028";
constexpr QStringView Closing = u" )]},;\u27E9\u230B\u2309\u2003\u2028";

//! Raised and lowered letters and digits belong to what they follow.
bool isFullWidth(QChar character)
{
    return character.isLetterOrNumber() && character.category() != QChar::Number_Other
        && character.category() != QChar::Letter_Modifier;
}

} // namespace

void TexLine::add(QStringView text)
{
    if (text.isEmpty()) {
        return;
    }
    const bool isApart = m_wantsSpace || (m_wantsGap && isFullWidth(text.front()));
    const bool isOpen = m_text.isEmpty() || Opening.contains(m_text.back());
    if (isApart && !isOpen && !Closing.contains(text.front())) {
        m_text += u' ';
    }
    m_text += text;
    m_wantsSpace = m_wantsGap = false;
}

void TexLine::addOperator(QStringView text)
{
    addSpace();
    add(text);
    addSpace();
}

void TexLine::addFunction(QStringView text)
{
    m_wantsSpace = m_wantsSpace || (!m_text.isEmpty() && m_text.back().isLetterOrNumber());
    add(text);
    m_wantsGap = true;
}

} // namespace Maestro::Markdown
