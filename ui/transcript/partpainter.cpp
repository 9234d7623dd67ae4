// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/partpainter.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! How much of what lies under a selection shines through it.
constexpr double SelectionOpacity = 0.28;
constexpr double FoundOpacity = 0.45;

class PartPainter
{
public:
    PartPainter(QPainter &painter, const Part &part, const PartLayout &layout,
                const PartMarks &marks, const TranscriptLook &look)
        : m_painter(painter)
        , m_part(part)
        , m_layout(layout)
        , m_marks(marks)
        , m_look(look)
        , m_radius(look.steps(1.25))
    { }

    void paint(QPointF at, const QRectF &clip)
    {
        m_painter.save();
        m_painter.setClipRect(clip);
        m_painter.translate(at);
        m_clip = clip.translated(-at);
        for (const Shape &shape : m_layout.shapes) {
            paintShape(shape);
        }
        paintButtons();
        for (const PlacedText &text : m_layout.texts) {
            paintChips(text);
        }
        paintMarks();
        for (const PlacedText &text : m_layout.texts) {
            paintText(text);
        }
        paintScrollBar();
        paintOverText();
        m_painter.restore();
    }

private:
    void paintShape(const Shape &shape);
    //! A rounded box, whose open edges lie outside of what is painted.
    void paintBox(const Shape &shape, const QColor &fill, const QColor &border);
    void paintRounded(const Shape &shape, const QColor &fill, const QColor &border);
    //! The same where straight edges are on the screen's pixels: they need no smoothing, which
    //! takes as long as all the rest.
    void paintOnPixels(const Shape &shape, const QColor &fill, const QColor &border);
    //! The upper or the lower end of a box, as high as its corners.
    void paintEnd(const QRectF &end, bool isUpper, const QColor &fill, const QColor &border);
    //! A corner of a box.
    void paintCorner(const QRectF &corner, const QRectF &box, const QColor &fill,
                     const QColor &border);
    //! A box that is nothing but corners, painted once.
    QPixmap cornersOf(QSizeF size, const QColor &fill, const QColor &border) const;
    void fillSeen(const QRectF &rect, const QColor &color);
    bool isOnPixels(const QRectF &rect) const;
    void paintTask(const QRectF &box, bool isDone);
    void paintButtons();
    //! What lies behind code and images in a text.
    void paintChips(const PlacedText &text);
    void paintMarks();
    void fill(const Stretch &stretch, QColor color, double opacity);
    void paintText(const PlacedText &text);
    void paintScrollBar();
    void paintOverText();

    QPainter &m_painter;
    const Part &m_part;
    const PartLayout &m_layout;
    const PartMarks &m_marks;
    const TranscriptLook &m_look;
    double m_radius;
    QRectF m_clip;
};

void PartPainter::paintShape(const Shape &shape)
{
    const ThemeColors &colors = m_look.colors();
    switch (shape.kind) {
    case Shape::Kind::Bubble:
        paintBox(shape, colors.prompt, Qt::transparent);
        break;
    case Shape::Kind::CodeBox:
        paintBox(shape, colors.code, colors.border);
        break;
    case Shape::Kind::Card:
        paintBox(shape, colors.surface, colors.border);
        break;
    case Shape::Kind::TableBox:
        paintBox(shape, Qt::transparent, colors.border);
        break;
    case Shape::Kind::TableHead:
        paintBox({shape.kind, shape.rect, false, true}, colors.raised, Qt::transparent);
        break;
    case Shape::Kind::Button:
        paintBox(shape, colors.surface, colors.strongBorder);
        break;
    case Shape::Kind::ButtonOff:
        paintBox(shape, Qt::transparent, colors.border);
        break;
    case Shape::Kind::Bar:
        m_painter.fillRect(shape.rect, colors.border);
        break;
    case Shape::Kind::Line:
        m_painter.fillRect(shape.rect, colors.border);
        break;
    case Shape::Kind::Task:
    case Shape::Kind::TaskDone:
        paintTask(shape.rect, shape.kind == Shape::Kind::TaskDone);
        break;
    }
}

void PartPainter::paintBox(const Shape &shape, const QColor &fill, const QColor &border)
{
    const double corners = 2 * (m_radius + 1);
    const bool hasRoom = shape.rect.height() >= corners && shape.rect.width() >= corners;
    if (hasRoom && isOnPixels(shape.rect)) {
        paintOnPixels(shape, fill, border);
    } else {
        paintRounded(shape, fill, border);
    }
}

bool PartPainter::isOnPixels(const QRectF &rect) const
{
    const QRectF onScreen = m_painter.deviceTransform().mapRect(rect);
    return m_painter.opacity() >= 1 && onScreen == onScreen.toAlignedRect();
}

void PartPainter::fillSeen(const QRectF &rect, const QColor &color)
{
    const QRectF seen = rect & m_clip;
    if (!seen.isEmpty() && color.alpha() > 0) {
        m_painter.fillRect(seen, color);
    }
}

void PartPainter::paintOnPixels(const Shape &shape, const QColor &fill, const QColor &border)
{
    const double corner = m_radius + 1;
    QRectF middle = shape.rect;
    if (!shape.isOpenAbove) {
        middle.setTop(middle.top() + corner);
        paintEnd(QRectF(shape.rect.topLeft(), middle.topRight()), true, fill, border);
    }
    if (!shape.isOpenBelow) {
        middle.setBottom(middle.bottom() - corner);
        paintEnd(QRectF(middle.bottomLeft(), shape.rect.bottomRight()), false, fill, border);
    }
    fillSeen(middle, fill);
    fillSeen({middle.left(), middle.top(), 1, middle.height()}, border);
    fillSeen({middle.right() - 1, middle.top(), 1, middle.height()}, border);
}

void PartPainter::paintEnd(const QRectF &end, bool isUpper, const QColor &fill,
                           const QColor &border)
{
    const double corner = end.height();
    const QRectF between = end.adjusted(corner, 0, -corner, 0);
    fillSeen(between, fill);
    fillSeen({between.left(), isUpper ? end.top() : end.bottom() - 1, between.width(), 1}, border);
    // Each corner is that of a box which is nothing but corners.
    const double top = isUpper ? end.top() : end.top() - corner;
    const QSizeF corners(2 * corner, 2 * corner);
    paintCorner({end.left(), end.top(), corner, corner}, {{end.left(), top}, corners}, fill,
                border);
    paintCorner({between.right(), end.top(), corner, corner},
                {{between.right() - corner, top}, corners}, fill, border);
}

void PartPainter::paintCorner(const QRectF &corner, const QRectF &box, const QColor &fill,
                              const QColor &border)
{
    if (!corner.intersects(m_clip)) {
        return;
    }
    if (isOnPixels(corner)) {
        const QPixmap corners = cornersOf(box.size(), fill, border);
        const double ratio = corners.devicePixelRatio();
        const QPointF inBox = corner.topLeft() - box.topLeft();
        m_painter.drawPixmap(corner, corners, {inBox * ratio, corner.size() * ratio});
        return;
    }
    m_painter.save();
    m_painter.setClipRect(corner, Qt::IntersectClip);
    paintRounded({Shape::Kind::Card, box}, fill, border);
    m_painter.restore();
}

QPixmap PartPainter::cornersOf(QSizeF size, const QColor &fill, const QColor &border) const
{
    const double ratio = m_painter.device()->devicePixelRatio();
    const QSize pixels = (size * ratio).toSize();
    const QString key = u"maestro-corners-"_s + QString::number(pixels.width()) + u'-'
        + QString::number(qRound(size.width())) + u'-' + QString::number(fill.rgba()) + u'-'
        + QString::number(border.rgba());
    QPixmap corners;
    if (!QPixmapCache::find(key, &corners)) {
        corners = QPixmap(pixels);
        corners.setDevicePixelRatio(ratio);
        corners.fill(Qt::transparent);
        QPainter painter(&corners);
        PartPainter(painter, m_part, m_layout, m_marks, m_look)
            .paintRounded({Shape::Kind::Card, {{}, size}}, fill, border);
        painter.end();
        QPixmapCache::insert(key, corners);
    }
    return corners;
}

void PartPainter::paintRounded(const Shape &shape, const QColor &fill, const QColor &border)
{
    m_painter.save();
    m_painter.setClipRect(shape.rect, Qt::IntersectClip);
    m_painter.setRenderHint(QPainter::Antialiasing);
    const bool hasEdge = border.alpha() > 0;
    QRectF box = hasEdge ? shape.rect.adjusted(0.5, 0.5, -0.5, -0.5) : shape.rect;
    box.adjust(0, shape.isOpenAbove ? -2 * m_radius : 0, 0, shape.isOpenBelow ? 2 * m_radius : 0);
    m_painter.setPen(hasEdge ? QPen(border) : QPen(Qt::NoPen));
    m_painter.setBrush(fill.alpha() > 0 ? QBrush(fill) : QBrush(Qt::NoBrush));
    m_painter.drawRoundedRect(box, m_radius, m_radius);
    m_painter.restore();
}

void PartPainter::paintTask(const QRectF &box, bool isDone)
{
    const ThemeColors &colors = m_look.colors();
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(isDone ? QPen(Qt::NoPen) : QPen(colors.muted, 1.2));
    m_painter.setBrush(isDone ? QBrush(colors.accent) : QBrush(Qt::NoBrush));
    m_painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.width() / 4, box.width() / 4);
    if (isDone) {
        m_painter.setPen(QPen(colors.onAccent, box.width() / 7, Qt::SolidLine, Qt::RoundCap));
        const QPointF corner = box.topLeft() + QPointF(0.42, 0.7) * box.width();
        m_painter.drawLine(box.topLeft() + QPointF(0.24, 0.52) * box.width(), corner);
        m_painter.drawLine(corner, box.topLeft() + QPointF(0.76, 0.3) * box.width());
    }
    m_painter.restore();
}

void PartPainter::paintButtons()
{
    if (m_marks.hovered >= 0 && m_marks.hovered < m_layout.buttons.size()) {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_look.colors().raised);
        m_painter.drawRoundedRect(m_layout.buttons[m_marks.hovered], m_radius / 2, m_radius / 2);
        m_painter.restore();
    }
}

void PartPainter::paintChips(const PlacedText &text)
{
    using Markdown::Style;
    const FlowText &flow = text.flow->text();
    const QRectF lines(text.at.x(), text.at.y(), 1, text.flow->height());
    if (flow.text.spans.isEmpty() || lines.bottom() < m_clip.top()
        || lines.top() > m_clip.bottom()) {
        return;
    }
    const double step = m_look.lineStep(flow.look);
    const double above = qRound((step - m_look.letterHeight(flow.look)) / 2);
    const QPointF at = text.at - QPointF(text.scrolls ? m_marks.scrolledBy : 0, 0);
    // Of a long text, only the lines that are painted.
    const qsizetype from
        = text.flow->lineStart(text.flow->offsetAt({0, m_clip.top() - text.at.y()}));
    const qsizetype to
        = text.flow->lineEnd(text.flow->offsetAt({0, m_clip.bottom() - text.at.y()}));
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    if (text.scrolls && !m_layout.window.isEmpty()) {
        m_painter.setClipRect(m_layout.window, Qt::IntersectClip);
    }
    for (const Markdown::Span &span : flow.text.spans) {
        if (!(span.styles & (Style::Code | Style::Image)) || span.from + span.length < from
            || span.from > to) {
            continue;
        }
        m_painter.setBrush(span.styles & Style::Image ? m_look.colors().accentSoft
                                                      : m_look.colors().raised);
        for (const QRectF &rect : text.flow->rects(span.from, span.from + span.length)) {
            m_painter.drawRoundedRect(rect.translated(at).adjusted(-2, above, 2, -above), 3, 3);
        }
    }
    m_painter.restore();
}

void PartPainter::paintMarks()
{
    for (const Stretch &found : m_marks.found) {
        fill(found, m_look.colors().practice, FoundOpacity);
    }
    fill(m_marks.foundNow, m_look.colors().practice, 1);
    fill(m_marks.selected, m_look.colors().accent, SelectionOpacity);
}

void PartPainter::fill(const Stretch &stretch, QColor color, double opacity)
{
    if (stretch.from >= stretch.to) {
        return;
    }
    color.setAlphaF(static_cast<float>(opacity));
    const QRectF window = m_layout.window.isEmpty() ? m_clip : m_layout.window & m_clip;
    for (const QRectF &rect : m_layout.rects(stretch.from, stretch.to, m_marks.scrolledBy)) {
        m_painter.fillRect(rect & window, color);
    }
}

void PartPainter::paintText(const PlacedText &text)
{
    const QRectF line(text.at.x(), text.at.y(), 1, text.flow->height());
    if (line.bottom() < m_clip.top() || line.top() > m_clip.bottom()) {
        return;
    }
    m_painter.setPen(m_look.color(text.flow->text().look));
    if (!text.scrolls || m_layout.window.isEmpty()) {
        text.flow->paint(m_painter, text.at, m_clip);
        return;
    }
    m_painter.save();
    m_painter.setClipRect(m_layout.window, Qt::IntersectClip);
    text.flow->paint(m_painter, text.at - QPointF(m_marks.scrolledBy, 0), m_clip);
    m_painter.restore();
}

void PartPainter::paintScrollBar()
{
    if (m_layout.scrollTrack.isEmpty()) {
        return;
    }
    const QRectF &track = m_layout.scrollTrack;
    const double share = track.width() / m_layout.contentWidth;
    QRectF thumb(track.left() + m_marks.scrolledBy * share, track.top(), track.width() * share,
                 track.height());
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_look.colors().raised);
    m_painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
    m_painter.setBrush(m_look.colors().strongBorder);
    m_painter.drawRoundedRect(thumb, track.height() / 2, track.height() / 2);
    m_painter.restore();
}

void PartPainter::paintOverText()
{
    if (m_marks.focused >= 0) {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(m_look.colors().accent, 2));
        m_painter.setBrush(Qt::NoBrush);
        for (const QRectF &rect :
             m_layout.targetRects(m_part, m_marks.focused, m_marks.scrolledBy)) {
            m_painter.drawRoundedRect(rect.adjusted(-1, 1, 1, -1), m_radius / 2, m_radius / 2);
        }
        m_painter.restore();
    }
    if (m_marks.caret >= 0) {
        m_painter.fillRect(m_layout.caret(m_marks.caret, m_marks.scrolledBy), m_look.colors().text);
    }
}

} // namespace

void paint(QPainter &painter, QPointF at, const QRectF &clip, const Part &part,
           const PartLayout &layout, const PartMarks &marks, const TranscriptLook &look)
{
    PartPainter(painter, part, layout, marks, look).paint(at, clip);
}

} // namespace Maestro
