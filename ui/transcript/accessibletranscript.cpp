// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/accessibletranscript.h"

#include <QTextBoundaryFinder>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QAccessibleInterface *makeAccessible(const QString &, QObject *object)
{
    auto *view = qobject_cast<TranscriptView *>(object);
    return view ? new AccessibleTranscript(view) : nullptr;
}

std::optional<QTextBoundaryFinder::BoundaryType> finderType(QAccessible::TextBoundaryType type)
{
    switch (type) {
    case QAccessible::CharBoundary:
        return QTextBoundaryFinder::Grapheme;
    case QAccessible::WordBoundary:
        return QTextBoundaryFinder::Word;
    case QAccessible::SentenceBoundary:
        return QTextBoundaryFinder::Sentence;
    default:
        return {};
    }
}

//! What the text is, in the words of HTML, which screen readers know.
QString tagOf(const Part &part, Markdown::Styles styles)
{
    using Markdown::Style;
    if (styles.testAnyFlags(Style::Link | Style::Image)) {
        return u"a"_s;
    }
    if (styles.testFlag(Style::Code)) {
        return u"code"_s;
    }
    switch (part.block.kind) {
    case Markdown::Block::Kind::Heading:
        return u"h%1"_s.arg(qBound(1, part.block.level, 6));
    case Markdown::Block::Kind::Code:
        return u"pre"_s;
    case Markdown::Block::Kind::Table:
        return u"table"_s;
    case Markdown::Block::Kind::Rule:
        return u"hr"_s;
    case Markdown::Block::Kind::Paragraph:
        break;
    }
    const QList<Markdown::Container> &containers = part.block.containers;
    return containers.isEmpty()                                      ? u"p"_s
        : containers.last().kind == Markdown::Container::Kind::Quote ? u"blockquote"_s
                                                                     : u"li"_s;
}

TextLook lookOf(const Part &part, Markdown::Styles styles)
{
    constexpr TextLook Headings[] = {TextLook::Heading1, TextLook::Heading2, TextLook::Heading3};
    if (part.block.kind == Markdown::Block::Kind::Code || styles.testFlag(Markdown::Style::Code)) {
        return TextLook::Code;
    }
    return part.block.kind == Markdown::Block::Kind::Heading
        ? Headings[qBound(1, part.block.level, 3) - 1]
        : TextLook::Body;
}

//! As IAccessible2 writes them; Qt brings them into the words of each platform. Where it does not
//! know the tag, a heading and code are told by their fonts.
QString attributesOf(const Part &part, Markdown::Styles styles, const TranscriptLook &look)
{
    using Markdown::Style;
    const QFont &font = look.font(lookOf(part, styles));
    QString attributes = u"tag:%1;font-family:%2;font-size:%3pt;"_s.arg(
        tagOf(part, styles), font.families().value(0), QString::number(font.pointSizeF()));
    if (font.bold() || styles.testFlag(Style::Strong)) {
        attributes += u"font-weight:bold;"_s;
    }
    if (styles.testFlag(Style::Emphasis)) {
        attributes += u"font-style:italic;"_s;
    }
    if (styles.testFlag(Style::Strikethrough)) {
        attributes += u"text-line-through-type:single;"_s;
    }
    if (styles.testFlag(Style::Link)) {
        attributes += u"text-underline-style:solid;text-underline-type:single;"_s;
    }
    return attributes;
}

} // namespace

AccessibleTranscript::AccessibleTranscript(TranscriptView *view)
    : QAccessibleWidget(view, QAccessible::Document)
    , m_text(view->column())
{ }

AccessibleTranscript::~AccessibleTranscript()
{
    for (const auto &[place, id] : m_targets) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

void AccessibleTranscript::install()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(installed);
}

QAccessible::State AccessibleTranscript::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    return state;
}

QString AccessibleTranscript::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Value ? view().toPlainText() : QAccessibleWidget::text(kind);
}

void *AccessibleTranscript::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface *>(this)
                                              : QAccessibleWidget::interface_cast(type);
}

int AccessibleTranscript::characterCount() const { return static_cast<int>(m_text.length()); }

QString AccessibleTranscript::text(int startOffset, int endOffset) const
{
    return m_text.mid(qMax(0, startOffset), endOffset < 0 ? characterCount() : endOffset);
}

int AccessibleTranscript::selectionCount() const { return view().hasSelection() ? 1 : 0; }

void AccessibleTranscript::selection(int index, int *startOffset, int *endOffset) const
{
    const bool exists = index == 0 && view().hasSelection();
    *startOffset = exists ? static_cast<int>(m_text.offsetOf(view().selection().begin())) : 0;
    *endOffset = exists ? static_cast<int>(m_text.offsetOf(view().selection().end())) : 0;
}

void AccessibleTranscript::addSelection(int startOffset, int endOffset)
{
    setSelection(0, startOffset, endOffset);
}

void AccessibleTranscript::setSelection(int, int startOffset, int endOffset)
{
    view().select(m_text.placeAt(startOffset), m_text.placeAt(endOffset));
}

void AccessibleTranscript::removeSelection(int)
{
    const TextPlace caret = view().selection().caret();
    view().select(caret, caret);
}

int AccessibleTranscript::cursorPosition() const
{
    return static_cast<int>(m_text.offsetOf(view().selection().caret()));
}

void AccessibleTranscript::setCursorPosition(int position)
{
    const TextPlace place = m_text.placeAt(position);
    view().select(place, place);
    view().showPlace(place);
}

QString AccessibleTranscript::around(int offset, int *from) const
{
    const TextPlace place = m_text.placeAt(offset);
    *from = offset - static_cast<int>(place.offset);
    return view().column().isEmpty() ? QString() : textOf(view().column().part(place.at)) + u'\n';
}

void AccessibleTranscript::tellLine(int offset, int *startOffset, int *endOffset) const
{
    const TextPlace place = m_text.placeAt(offset);
    const int from = offset - static_cast<int>(place.offset);
    const PlacedText *text = view().column().layOut(place.at).textAt(place.offset);
    const qsizetype size = textOf(view().column().part(place.at)).size();
    *startOffset = from;
    *endOffset = from + static_cast<int>(size) + 1;
    if (text) {
        const qsizetype inside = place.offset - text->offset;
        const qsizetype begin = text->offset + text->flow->lineStart(inside);
        const qsizetype end = text->offset + text->flow->lineEnd(inside) + 1;
        *startOffset = from + static_cast<int>(begin);
        *endOffset = from + static_cast<int>(qMin(end, size + 1));
    }
}

QString AccessibleTranscript::textAtOffset(int offset, QAccessible::TextBoundaryType boundaryType,
                                           int *startOffset, int *endOffset) const
{
    *startOffset = *endOffset = -1;
    if (view().column().isEmpty() || offset < 0 || offset > characterCount()) {
        return {};
    }
    int from = 0;
    const QString text = around(offset, &from);
    const auto type = finderType(boundaryType);
    if (type) {
        QTextBoundaryFinder finder(*type, text);
        finder.setPosition(offset - from);
        const qsizetype begin = finder.isAtBoundary() ? offset - from : finder.toPreviousBoundary();
        finder.setPosition(offset - from);
        const qsizetype end = finder.toNextBoundary();
        *startOffset = from + static_cast<int>(qMax<qsizetype>(0, begin));
        *endOffset = from + static_cast<int>(end < 0 ? text.size() : end);
    } else if (boundaryType == QAccessible::LineBoundary) {
        tellLine(offset, startOffset, endOffset);
    } else if (boundaryType == QAccessible::ParagraphBoundary) {
        *startOffset = from;
        *endOffset = from + static_cast<int>(text.size());
    } else {
        *startOffset = 0;
        *endOffset = characterCount();
    }
    return m_text.mid(*startOffset, *endOffset);
}

QString AccessibleTranscript::textBeforeOffset(int offset,
                                               QAccessible::TextBoundaryType boundaryType,
                                               int *startOffset, int *endOffset) const
{
    textAtOffset(offset, boundaryType, startOffset, endOffset);
    return *startOffset > 0 ? textAtOffset(*startOffset - 1, boundaryType, startOffset, endOffset)
                            : QString();
}

QString AccessibleTranscript::textAfterOffset(int offset,
                                              QAccessible::TextBoundaryType boundaryType,
                                              int *startOffset, int *endOffset) const
{
    textAtOffset(offset, boundaryType, startOffset, endOffset);
    return *endOffset >= 0 && *endOffset < characterCount()
        ? textAtOffset(*endOffset, boundaryType, startOffset, endOffset)
        : QString();
}

QRect AccessibleTranscript::characterRect(int offset) const
{
    if (view().column().isEmpty()) {
        return {};
    }
    const TextPlace place = m_text.placeAt(offset);
    const QRectF caret = view().column().caret(place);
    const TextPlace after{place.at, place.offset + 1};
    const QRectF end = view().column().caret(after);
    const double width = end.top() == caret.top() ? qAbs(end.x() - caret.x()) : 1;
    const QRect part = view().partRect(place.at);
    const QRectF rect(part.left() + qMin(caret.x(), end.x()),
                      part.top() + caret.top() - view().column().topOf(place.at), qMax(1.0, width),
                      caret.height());
    return rect.toAlignedRect().translated(view().viewport()->mapToGlobal(QPoint()));
}

int AccessibleTranscript::offsetAtPoint(const QPoint &point) const
{
    const QPoint inViewport = view().viewport()->mapFromGlobal(point);
    return view().viewport()->rect().contains(inViewport)
        ? static_cast<int>(m_text.offsetOf(view().textPlaceAt(inViewport)))
        : -1;
}

void AccessibleTranscript::scrollToSubstring(int startIndex, int)
{
    view().showPlace(m_text.placeAt(startIndex));
}

QString AccessibleTranscript::attributes(int offset, int *startOffset, int *endOffset) const
{
    int from = 0;
    const QString text = around(offset, &from);
    *startOffset = from;
    *endOffset = from + static_cast<int>(text.size());
    if (text.isEmpty()) {
        return {};
    }
    const Part &part = view().column().part(m_text.placeAt(offset).at);
    // A mark in it ends where the next begins.
    for (const Markdown::Span &span : part.block.text.spans) {
        const int begin = from + static_cast<int>(span.from);
        const int end = begin + static_cast<int>(span.length);
        if (offset < begin) {
            *endOffset = qMin(*endOffset, begin);
            break;
        }
        if (offset < end) {
            *startOffset = begin;
            *endOffset = end;
            return attributesOf(part, span.styles, view().column().look());
        }
        *startOffset = end;
    }
    return attributesOf(part, {}, view().column().look());
}

} // namespace Maestro
