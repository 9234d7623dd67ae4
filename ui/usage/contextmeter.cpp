// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/contextmeter.h"

#include "ui/common/theme.h"
#include "ui/usage/meterbar.h"
#include "ui/usage/usagetext.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr double BarWidth = 6;
constexpr double BarHeight = 0.5;
constexpr double Gap = 0.75;
//! From here on the bar warns: another long answer may not fit.
constexpr double Narrow = 0.85;

QFont smallFont(const QFont &font)
{
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * 0.92);
    return small;
}

} // namespace

ContextMeter::ContextMeter(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    refresh();
}

void ContextMeter::setLedger(const Ledger *ledger)
{
    if (m_ledger) {
        m_ledger->disconnect(this);
    }
    m_ledger = ledger;
    if (ledger) {
        connect(ledger, &Ledger::changed, this, &ContextMeter::refresh);
    }
    refresh();
}

void ContextMeter::refresh()
{
    const ContextUse use = m_ledger ? m_ledger->context() : ContextUse{};
    setVisible(use.window && use.tokens > 0);
    if (!use.window || use.tokens == 0) {
        return;
    }
    const QString about = use.isEstimate ? u"~"_s : QString();
    m_share = std::min(1.0, static_cast<double>(use.tokens) / static_cast<double>(*use.window));
    m_isTrimmed = use.outside > 0;
    m_text = tr("%1 of %2", "tokens used of a context")
                 .arg(about + shortCountText(use.tokens), shortCountText(*use.window));
    QString tip = tr("The conversation takes %1 of the %2 tokens that the model can take in.")
                      .arg(about + QLocale().toString(use.tokens), QLocale().toString(*use.window));
    if (m_isTrimmed) {
        tip += u'\n'
            + tr("Messages at its beginning that do not fit and are not sent any more: %1.")
                  .arg(use.outside);
    }
    setToolTip(tip);
    setAccessibleName(tr("Context: %1").arg(m_text));
    setAccessibleDescription(tip);
    updateGeometry();
    update();
}

QSize ContextMeter::sizeHint() const
{
    const QFontMetrics metrics(smallFont(font()));
    return {gridSteps(BarWidth + Gap) + metrics.horizontalAdvance(m_text) + 2,
            metrics.height() + gridSteps(0.5)};
}

void ContextMeter::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = themeColors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double barWidth = gridSteps(BarWidth);
    const double barHeight = gridSteps(BarHeight);
    const QRectF bar(mirrored ? width() - barWidth : 0, (height() - barHeight) / 2, barWidth,
                     barHeight);
    paintMeterBar(painter, bar, m_share,
                  m_isTrimmed || m_share >= Narrow ? MeterTone::Warning : MeterTone::Usual,
                  layoutDirection(), colors);
    painter.setFont(smallFont(font()));
    painter.setPen(colors.muted);
    const int aside = gridSteps(BarWidth + Gap);
    painter.drawText(rect().adjusted(mirrored ? 0 : aside, 0, mirrored ? -aside : 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeading, m_text);
}

} // namespace Maestro
