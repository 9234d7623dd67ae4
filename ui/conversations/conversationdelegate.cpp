// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversations/conversationdelegate.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/conversations/conversationmodel.h"

#include <QDateTime>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

double padding() { return gridSteps(1.25); }

QFont smallFont(const QFont &font)
{
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * 0.88);
    return small;
}

void paintBackground(QPainter &painter, const QStyleOptionViewItem &option,
                     const ThemeColors &colors)
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    if (isSelected || isHovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isSelected ? colors.accentSoft : colors.raised);
        painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), gridSteps(0.75),
                                gridSteps(0.75));
    }
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter.setPen(QPen(colors.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(option.rect).adjusted(2.5, 1.5, -2.5, -1.5), gridSteps(0.75),
                                gridSteps(0.75));
    }
}

struct Snippet
{
    QString text;
    QList<SearchHit::Range> highlights;
};

//! On one line, however long it is.
QTextLine layOut(QTextLayout &layout, const Snippet &snippet, const QColor &accent)
{
    QTextOption option(Qt::AlignVCenter);
    option.setWrapMode(QTextOption::NoWrap);
    layout.setText(snippet.text);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    for (const SearchHit::Range &range : snippet.highlights) {
        QTextLayout::FormatRange format{
            static_cast<int>(range.start), static_cast<int>(range.length), {}};
        format.format.setForeground(accent);
        format.format.setFontWeight(QFont::Bold);
        formats.append(format);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(100'000);
    layout.endLayout();
    return line;
}

//! As much as there is room for, with the first thing that was found.
Snippet fitted(const Snippet &snippet, const QTextLine &line, double width, double ellipsis)
{
    const double whole = line.naturalTextWidth();
    if (whole <= width) {
        return snippet;
    }
    const double found = snippet.highlights.isEmpty()
        ? 0
        : line.cursorToX(static_cast<int>(snippet.highlights.first().start));
    const double from = std::clamp(found - width * 0.4, 0.0, whole - width);
    const int begin = from > 0 ? line.xToCursor(from + ellipsis) : 0;
    const bool isCut = from + width < whole - 1;
    const qsizetype end = isCut ? line.xToCursor(from + width - ellipsis) : snippet.text.size();
    const QString before = begin > 0 ? u"…"_s : QString();
    Snippet shown{before + snippet.text.mid(begin, end - begin) + (isCut ? u"…"_s : QString()), {}};
    for (SearchHit::Range range : snippet.highlights) {
        const qsizetype last = std::min(range.start + range.length, end);
        range.start = std::max<qsizetype>(range.start, begin);
        range.length = last - range.start;
        range.start += before.size() - begin;
        if (range.length > 0) {
            shown.highlights.append(range);
        }
    }
    return shown;
}

//! One line, with what was searched for in the accent's colour.
void paintSnippet(QPainter &painter, const QRectF &rect, const QModelIndex &index,
                  const QFont &font, const ThemeColors &colors)
{
    const Snippet snippet{
        index.data(ConversationModel::SnippetRole).toString(),
        index.data(ConversationModel::HighlightsRole).value<QList<SearchHit::Range>>()};
    QTextLayout layout({}, font);
    const QTextLine line = layOut(layout, snippet, colors.accent);
    QTextLayout shown({}, font);
    layOut(shown, fitted(snippet, line, rect.width(), QFontMetricsF(font).horizontalAdvance(u'…')),
           colors.accent);
    painter.save();
    painter.setClipRect(rect);
    painter.setPen(colors.muted);
    shown.draw(&painter, rect.topLeft());
    painter.restore();
}

} // namespace

QString whenText(const QDateTime &when, const QDateTime &now)
{
    const QLocale locale;
    const qint64 days = when.date().daysTo(now.date());
    if (days == 0) {
        // Some languages write seconds even where it is to be short.
        const QString format = locale.timeFormat(QLocale::ShortFormat).remove(u":ss"_s);
        return locale.toString(when.time(), format);
    }
    if (days > 0 && days < 7) {
        return locale.toString(when.date(), u"ddd"_s);
    }
    return locale.toString(when.date(),
                           when.date().year() == now.date().year() ? u"d MMM"_s : u"d MMM yyyy"_s);
}

void ConversationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const
{
    const ThemeColors &colors = themeColors(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option, colors);

    QRectF rest = QRectF(option.rect).adjusted(padding(), 0, -padding(), 0);
    const QString snippet = index.data(ConversationModel::SnippetRole).toString();
    const QFont small = smallFont(option.font);
    if (!snippet.isEmpty()) {
        const double height = QFontMetricsF(small).height();
        paintSnippet(
            *painter,
            QRectF(rest.left(), rest.bottom() - gridSteps(0.75) - height, rest.width(), height),
            index, small, colors);
        rest.setBottom(rest.bottom() - gridSteps(0.75) - height);
        rest.setTop(rest.top() + gridSteps(0.5));
    }
    const QString when = whenText(index.data(ConversationModel::ChangedRole).toDateTime(),
                                  QDateTime::currentDateTime());
    painter->setFont(small);
    if (index.data(ConversationModel::AnsweringRole).toBool()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.accent);
        const double radius = gridSteps(0.5);
        painter->drawEllipse(QPointF(rest.right() - radius, rest.center().y()), radius, radius);
    } else {
        painter->setPen(colors.muted);
        painter->drawText(rest, Qt::AlignVCenter | Qt::AlignRight, when);
    }
    rest.setRight(rest.right() - QFontMetricsF(small).horizontalAdvance(when) - gridSteps(1));

    const bool isSuspect = index.data(ConversationModel::SuspectRole).toBool();
    if (isSuspect || index.data(ConversationModel::PinnedRole).toBool()) {
        const double size = gridSteps(2);
        const QRectF place(rest.left(), rest.center().y() - size / 2, size, size);
        themeIcon(isSuspect ? u"warning"_s : u"pin"_s,
                  isSuspect ? IconTint::Danger : IconTint::Muted)
            .paint(painter, place.toRect());
        rest.setLeft(place.right() + gridSteps(0.75));
    }
    painter->setFont(option.font);
    painter->setPen(colors.text);
    const QFontMetricsF metrics(option.font);
    painter->drawText(rest, Qt::AlignVCenter | Qt::AlignLeft,
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, rest.width()));
    painter->restore();
}

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem &option,
                                     const QModelIndex &index) const
{
    const bool isHit = !index.data(ConversationModel::SnippetRole).toString().isEmpty();
    const double more
        = isHit ? QFontMetricsF(smallFont(option.font)).height() + gridSteps(0.75) : 0;
    return {gridSteps(10), qRound(option.fontMetrics.height() + gridSteps(2) + more)};
}

QWidget *ConversationDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                            const QModelIndex &) const
{
    auto *editor = new QLineEdit(parent);
    editor->setAccessibleName(tr("Title"));
    editor->setMaxLength(200);
    return editor;
}

void ConversationDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                                const QModelIndex &) const
{
    editor->setGeometry(option.rect.adjusted(2, 1, -2, -1));
}

} // namespace Maestro
