// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/inlinebuilder.h"

#include "markdown/entities.h"

#include <utility>

namespace Maestro::Markdown {

namespace {

//! Begins an address that stands for a reference: no character, so no text contains it.
constexpr QChar ReferenceMark = u'\uFDD0';

//! Stand around the number of mathematics.
constexpr QChar MathBegin = u'\uFDD2';
constexpr QChar MathEnd = u'\uFDD3';

constexpr QChar LineBreak = u'\u2028';

QString attributeText(const MD_ATTRIBUTE &attribute)
{
    QString text;
    if (attribute.size == 0) {
        return text;
    }
    for (int part = 0; attribute.substr_offsets[part] < attribute.size; ++part) {
        const MD_OFFSET from = attribute.substr_offsets[part];
        const QString piece
            = QString::fromUtf8(attribute.text + from,
                                static_cast<qsizetype>(attribute.substr_offsets[part + 1] - from));
        text += attribute.substr_types[part] == MD_TEXT_ENTITY ? resolveEntity(piece) : piece;
    }
    return text;
}

} // namespace

QString InlineBuilder::addReference(const Address &address)
{
    m_references.append(address);
    return ReferenceMark + QString::number(m_references.size() - 1);
}

QString InlineBuilder::addMath(const QString &text, const QString &source, bool isDisplayed)
{
    m_math.append({text, source, isDisplayed});
    return MathBegin + QString::number(m_math.size() - 1) + MathEnd;
}

void InlineBuilder::enter(MD_SPANTYPE type, const void *detail)
{
    switch (type) {
    case MD_SPAN_STRONG:
        ++m_strong;
        break;
    case MD_SPAN_EM:
        ++m_emphasis;
        break;
    case MD_SPAN_DEL:
        ++m_strikethrough;
        break;
    case MD_SPAN_CODE:
        ++m_code;
        break;
    case MD_SPAN_A: {
        const auto *link = static_cast<const MD_SPAN_A_DETAIL *>(detail);
        m_links.append({addressOf(link->href, link->title), Style::Link, m_inline.text.size()});
        break;
    }
    case MD_SPAN_IMG: {
        const auto *image = static_cast<const MD_SPAN_IMG_DETAIL *>(detail);
        m_links.append({addressOf(image->src, image->title), Style::Image, m_inline.text.size()});
        break;
    }
    default:
        break; // not asked for
    }
}

void InlineBuilder::leave(MD_SPANTYPE type)
{
    switch (type) {
    case MD_SPAN_STRONG:
        --m_strong;
        break;
    case MD_SPAN_EM:
        --m_emphasis;
        break;
    case MD_SPAN_DEL:
        --m_strikethrough;
        break;
    case MD_SPAN_CODE:
        --m_code;
        break;
    case MD_SPAN_A:
    case MD_SPAN_IMG: {
        const OpenLink &last = m_links.last();
        if (last.style == Style::Image && last.from == m_inline.text.size()) {
            addMarked(QString(m_inline.addresses.at(last.address).url));
        }
        m_links.removeLast();
        break;
    }
    default:
        break;
    }
}

void InlineBuilder::add(MD_TEXTTYPE type, QByteArrayView text)
{
    switch (type) {
    case MD_TEXT_BR:
        addMarked(QStringView(&LineBreak, 1));
        break;
    case MD_TEXT_SOFTBR:
        addMarked(u" ");
        break;
    case MD_TEXT_ENTITY:
        addMarked(resolveEntity(QString::fromUtf8(text)));
        break;
    case MD_TEXT_NULLCHAR:
        addMarked(u"\uFFFD");
        break;
    default:
        addText(QString::fromUtf8(text));
        break;
    }
}

void InlineBuilder::addText(const QString &text)
{
    qsizetype from = 0;
    for (qsizetype at = text.indexOf(MathBegin); at >= 0; at = text.indexOf(MathBegin, from)) {
        const qsizetype end = text.indexOf(MathEnd, at);
        if (end < 0) {
            break;
        }
        addMarked(QStringView(text).sliced(from, at - from));
        addMathematics(m_math.value(QStringView(text).sliced(at + 1, end - at - 1).toLongLong()));
        from = end + 1;
    }
    addMarked(QStringView(text).sliced(from));
}

void InlineBuilder::addMathematics(const Math &math)
{
    if (m_code > 0) {
        addMarked(math.source);
        return;
    }
    if (math.isDisplayed && !m_inline.text.isEmpty()) {
        if (m_inline.text.endsWith(u' ') && styles() == Styles()) {
            m_inline.text.chop(1);
        }
        m_wantsLine = !m_inline.text.endsWith(LineBreak);
    }
    addMarked(math.text, Style::Math);
    m_wantsLine = math.isDisplayed;
}

//! A text that is no text to read, such as an address.
QString InlineBuilder::withSources(const QString &text) const
{
    QString result = text;
    for (qsizetype at = result.indexOf(MathBegin); at >= 0; at = result.indexOf(MathBegin)) {
        const qsizetype end = result.indexOf(MathEnd, at);
        if (end < 0) {
            break;
        }
        const qsizetype index = QStringView(result).sliced(at + 1, end - at - 1).toLongLong();
        result.replace(at, end + 1 - at, unescaped(m_math.value(index).source));
    }
    return result;
}

void InlineBuilder::addMarked(QStringView text, Styles also)
{
    while (m_wantsLine && text.startsWith(u' ')) {
        text = text.sliced(1);
    }
    if (text.isEmpty()) {
        return;
    }
    if (std::exchange(m_wantsLine, false) && text.front() != LineBreak) {
        m_inline.text += LineBreak;
    }
    const Styles marks = styles() | also;
    const qsizetype leadsTo = address();
    const qsizetype from = m_inline.text.size();
    m_inline.text += text;
    if (!marks) {
        return;
    }
    if (!m_inline.spans.isEmpty()) {
        Span &last = m_inline.spans.last();
        if (last.from + last.length == from && last.styles == marks && last.address == leadsTo) {
            last.length += text.size();
            return;
        }
    }
    m_inline.spans.append({from, text.size(), marks, leadsTo});
}

Inline InlineBuilder::take()
{
    m_links.clear();
    m_wantsLine = false;
    m_strong = m_emphasis = m_strikethrough = m_code = 0;
    return std::exchange(m_inline, {});
}

qsizetype InlineBuilder::addressOf(const MD_ATTRIBUTE &url, const MD_ATTRIBUTE &title)
{
    const QString text = attributeText(url);
    if (text.startsWith(ReferenceMark)) {
        m_inline.addresses.append(m_references.value(text.sliced(1).toLongLong()));
    } else {
        m_inline.addresses.append({withSources(text), withSources(attributeText(title))});
    }
    return m_inline.addresses.size() - 1;
}

Styles InlineBuilder::styles() const
{
    Styles styles;
    styles.setFlag(Style::Strong, m_strong > 0);
    styles.setFlag(Style::Emphasis, m_emphasis > 0);
    styles.setFlag(Style::Strikethrough, m_strikethrough > 0);
    styles.setFlag(Style::Code, m_code > 0);
    for (const OpenLink &link : m_links) {
        styles |= link.style;
    }
    return styles;
}

//! A link leads further than the image in it: a badge is opened as what it links to.
qsizetype InlineBuilder::address() const
{
    for (const OpenLink &link : m_links) {
        if (link.style == Style::Link) {
            return link.address;
        }
    }
    return m_links.isEmpty() ? -1 : m_links.last().address;
}

} // namespace Maestro::Markdown
