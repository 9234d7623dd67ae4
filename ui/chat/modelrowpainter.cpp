// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/modelrowpainter.h"

#include "ui/chat/modelrows.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr double RowHeight = 4;
constexpr double IconSide = 2.25;
constexpr double Margin = 1;
constexpr double TextAt = 4; // past the mark

QFont smallFont(const QFont &font)
{
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * 0.92);
    return small;
}

void drawElided(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text)
{
    const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideMiddle, rect.width());
    painter->drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine, shown);
}

} // namespace

QSize ModelRowPainter::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {gridSteps(20), gridSteps(RowHeight)};
}

QRect ModelRowPainter::starRect(const QRect &row, Qt::LayoutDirection direction)
{
    const int side = gridSteps(IconSide + 1);
    return QStyle::alignedRect(direction, Qt::AlignTrailing | Qt::AlignVCenter,
                               QSize(side, row.height()), row);
}

void ModelRowPainter::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const ThemeColors &colors = themeColors(option.palette);
    const bool isHeading = index.data(ModelRows::HeadingRole).toBool();
    const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    const auto visual = [&option](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (!isHeading && (isCurrent || isHovered)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(isCurrent ? colors.accentSoft : colors.raised);
        painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), gridSteps(0.75),
                                 gridSteps(0.75));
    }
    const int icon = gridSteps(IconSide);
    const int top = option.rect.top() + (option.rect.height() - icon) / 2;
    if (isHeading) {
        const bool isProblem = index.data(ModelRows::ProblemRole).toBool();
        painter->setFont(smallFont(option.font));
        painter->setPen(colors.muted);
        const int begin = gridSteps(isProblem ? TextAt : Margin);
        drawElided(painter, visual(option.rect.adjusted(begin, 0, -gridSteps(Margin), 0)),
                   QStyle::visualAlignment(option.direction,
                                           Qt::AlignLeft
                                               | (isProblem ? Qt::AlignVCenter : Qt::AlignBottom)),
                   index.data().toString());
        painter->restore();
        return;
    }
    if (index.data(ModelRows::ChosenRole).toBool()) {
        themeIcon(u"check"_s, IconTint::Accent)
            .paint(painter, visual(QRect(option.rect.left() + gridSteps(Margin), top, icon, icon)));
    }
    const bool isFavourite = index.data(ModelRows::FavouriteRole).toBool();
    const QRect star = starRect(option.rect, option.direction);
    if (isFavourite || isCurrent || isHovered) {
        const QRect at(star.center().x() - icon / 2, top, icon, icon);
        themeIcon(isFavourite ? u"star-filled"_s : u"star"_s,
                  isFavourite ? IconTint::Accent : IconTint::Muted)
            .paint(painter, at);
    }
    QRect text = option.rect.adjusted(gridSteps(TextAt), 0, -star.width() - gridSteps(0.5), 0);
    const QString detail = index.data(ModelRows::DetailRole).toString();
    painter->setFont(smallFont(option.font));
    const int detailWidth = painter->fontMetrics().horizontalAdvance(detail);
    painter->setPen(colors.muted);
    painter->drawText(visual(text),
                      static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignRight)
                                       | Qt::AlignVCenter)
                          | Qt::TextSingleLine,
                      detail);
    painter->setFont(option.font);
    painter->setPen(colors.text);
    text.adjust(0, 0, detail.isEmpty() ? 0 : -detailWidth - gridSteps(1.5), 0);
    drawElided(painter, visual(text),
               QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter,
               index.data().toString());
    painter->restore();
}

} // namespace Maestro
