// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/stagerow.h"

#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! One turn of the mark of a stage under way.
constexpr int TurnMs = 1100;

//! Draws the state; turns while the stage is under way, unless the person asked for less motion.
class StageMark : public QWidget
{
public:
    StageMark(const StageRow &row, const QElapsedTimer &clock, QWidget *parent)
        : QWidget(parent)
        , m_row(row)
        , m_clock(clock)
    {
        setFixedSize(gridSteps(2.75), gridSteps(2.75));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        switch (m_row.state()) {
        case StageRow::State::Pending:
            themeIcon(u"pending"_s, IconTint::Muted).paint(&painter, rect());
            break;
        case StageRow::State::Done:
            themeIcon(u"done"_s, IconTint::Success).paint(&painter, rect());
            break;
        case StageRow::State::Failed:
            themeIcon(u"failed"_s, IconTint::Danger).paint(&painter, rect());
            break;
        case StageRow::State::Running:
            paintRunning(painter);
            break;
        }
    }

private:
    void paintRunning(QPainter &painter)
    {
        const ThemeColors &colors = themeColors(palette());
        const bool still
            = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0;
        const double turn = still ? 0.0 : static_cast<double>(m_clock.elapsed() % TurnMs) / TurnMs;
        const double width = gridSteps(0.25);
        const QRectF ring = QRectF(rect()).adjusted(2 * width, 2 * width, -2 * width, -2 * width);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colors.border, width));
        painter.drawEllipse(ring);
        painter.setPen(QPen(colors.accent, width, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(ring, qRound((90.0 - turn * 360.0) * 16), -100 * 16);
    }

    const StageRow &m_row;
    const QElapsedTimer &m_clock;
};

} // namespace

StageRow::StageRow(const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_text(text)
    , m_mark(new StageMark(*this, m_clock, this))
    , m_label(makeLabel(text, LabelLook::Body, this))
    , m_time(makeLabel({}, LabelLook::Small, this))
{
    m_time->setWordWrap(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(1.25));
    layout->addWidget(m_mark);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_time);
    setState(State::Pending);
}

void StageRow::setState(State state)
{
    if (state == State::Running && m_state != State::Running) {
        m_clock.start();
    }
    if (m_clock.isValid() && state != State::Running) {
        tick();
    }
    m_state = state;
    m_label->setForegroundRole(state == State::Pending ? QPalette::PlaceholderText
                                                       : QPalette::WindowText);
    QFont font = this->font();
    font.setBold(state == State::Running);
    m_label->setFont(font);
    m_label->setAccessibleName(u"%1: %2"_s.arg(m_text, stateText()));
    m_mark->update();
}

QString StageRow::stateText() const
{
    switch (m_state) {
    case State::Pending:
        return tr("still to come");
    case State::Running:
        return tr("under way");
    case State::Done:
        return tr("done");
    case State::Failed:
        return tr("failed");
    }
    Q_UNREACHABLE();
}

QString StageRow::report() const
{
    const QString time = m_clock.isValid() ? u", %1 ms"_s.arg(m_elapsedMs) : QString();
    switch (m_state) {
    case State::Pending:
        return u"not reached"_s;
    case State::Running:
        return u"under way"_s + time;
    case State::Done:
        return u"done"_s + time;
    case State::Failed:
        return u"failed"_s + time;
    }
    Q_UNREACHABLE();
}

void StageRow::tick()
{
    if (m_state == State::Running) {
        m_elapsedMs = m_clock.elapsed();
        const double seconds = static_cast<double>(m_elapsedMs) / 1000.0;
        m_time->setText(tr("%1 s").arg(QLocale().toString(seconds, 'f', 1)));
        m_mark->update();
    }
}

} // namespace Maestro
