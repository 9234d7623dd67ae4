// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/usagestrip.h"

#include "ui/common/panel.h"
#include "ui/common/theme.h"
#include "ui/usage/usagetext.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Often enough to be live, seldom enough to be read.
constexpr int RefreshMs = 250;
constexpr double FieldGap = 1;

struct FieldText
{
    QString name;
    QString tip;
    QString widest; //!< what it leaves room for, so that nothing moves while it counts
};

} // namespace

UsageStrip::UsageStrip(const AnswerMeter &meter, QWidget *parent)
    : QWidget(parent)
    , m_meter(meter)
{
    const std::array<FieldText, FieldCount> fields{
        FieldText{tr("Input"), tr("Tokens that were sent, with everything cached"), u"~100 000"_s},
        FieldText{tr("Output"), tr("Tokens of the answer, with all reasoning"), u"~100 000"_s},
        FieldText{tr("Reasoning"), tr("Tokens the model spent on reasoning"), u"~10 000"_s},
        FieldText{tr("Cached"), tr("Tokens of the input that the provider had cached"),
                  u"~10 000"_s},
        FieldText{tr("Speed"), tr("Tokens per second since the first one"), u"1 000.0 tok/s"_s},
        FieldText{tr("First token"), tr("Time from the request to the first piece of the answer"),
                  u"100.0 s"_s},
        FieldText{tr("Elapsed"), tr("Time from the request to the end of the answer"),
                  u"1000.0 s"_s},
        FieldText{tr("Cost"), tr("What this answer costs"), u"~$0.0000"_s},
    };
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(FieldGap));
    layout->addStretch();
    for (int field = 0; field < FieldCount; ++field) {
        const FieldText &text = fields[static_cast<size_t>(field)];
        QLabel *name = makeLabel(text.name, LabelLook::Small, this);
        QLabel *value = makeLabel({}, LabelLook::Small, this);
        QFont digits = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        digits.setPointSizeF(value->font().pointSizeF());
        value->setFont(digits);
        value->setForegroundRole(QPalette::WindowText);
        value->setMinimumWidth(QFontMetrics(digits).horizontalAdvance(text.widest));
        for (QLabel *label : {name, value}) {
            label->setWordWrap(false);
            label->setToolTip(text.tip);
        }
        auto *pair = new QWidget(this);
        auto *row = new QHBoxLayout(pair);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(gridSteps(0.75));
        row->addWidget(name);
        row->addWidget(value);
        layout->addWidget(pair);
        m_fields[static_cast<size_t>(field)] = pair;
        m_values[static_cast<size_t>(field)] = value;
        m_names[static_cast<size_t>(field)] = text.name;
    }
    layout->addStretch();
    m_timer.setInterval(RefreshMs);
    connect(&m_timer, &QTimer::timeout, this, &UsageStrip::refresh);
    // The strip gives way; the window's width is not its to decide.
    setMinimumWidth(1);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    clear();
}

void UsageStrip::setLedger(const Ledger *ledger)
{
    if (m_ledger) {
        m_ledger->disconnect(this);
    }
    m_ledger = ledger;
    if (ledger) {
        // After the answer's end the ledger has counted it.
        connect(ledger, &Ledger::changed, this, &UsageStrip::showCost);
    }
    showCost();
}

void UsageStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitFields();
}

void UsageStrip::fitFields()
{
    constexpr std::array LeastFirst{Cached, ReasoningTokens, FirstToken, Speed, Input, Elapsed};
    int needed = 0;
    for (QWidget *field : m_fields) {
        const bool isShown = field != m_fields[Cost] || !m_values[Cost]->text().isEmpty();
        field->setVisible(isShown);
        if (!isShown) {
            continue;
        }
        needed += field->sizeHint().width() + gridSteps(FieldGap);
    }
    for (const Field field : LeastFirst) {
        if (needed > width()) {
            QWidget *widget = m_fields[static_cast<size_t>(field)];
            needed -= widget->sizeHint().width() + gridSteps(FieldGap);
            widget->setVisible(false);
        }
    }
}

void UsageStrip::start()
{
    m_timer.start();
    refresh();
}

void UsageStrip::stop()
{
    m_timer.stop();
    refresh();
}

void UsageStrip::clear()
{
    m_timer.stop();
    for (int field = 0; field < FieldCount; ++field) {
        show(static_cast<Field>(field), u"–"_s);
    }
    showCost();
}

void UsageStrip::show(Field field, const QString &value)
{
    const auto place = static_cast<size_t>(field);
    if (m_values[place]->text() != value) {
        m_values[place]->setText(value);
        m_values[place]->setAccessibleName(u"%1: %2"_s.arg(m_names[place], value));
    }
}

void UsageStrip::refresh()
{
    const AnswerMeter::Reading reading = m_meter.reading();
    show(Input, countText(reading.input, reading.estimated));
    show(Output, countText(reading.output, reading.estimated));
    show(ReasoningTokens, countText(reading.reasoning, reading.estimated));
    show(Cached, countText(reading.cached, reading.estimated));
    // No more digits than say something.
    constexpr double Fast = 1000;
    const QString speed = tr("%1 tok/s")
                              .arg(QLocale().toString(reading.tokensPerSecond, 'f',
                                                      reading.tokensPerSecond < Fast ? 1 : 0));
    show(Speed,
         reading.tokensPerSecond > 0 ? (reading.estimated ? u"~"_s + speed : speed) : u"–"_s);
    show(FirstToken, reading.firstTokenMs ? secondsText(*reading.firstTokenMs) : u"–"_s);
    show(Elapsed, secondsText(reading.elapsedMs));
    showCost();
}

void UsageStrip::showCost()
{
    QString text;
    QString tip = tr("What this answer costs");
    if (m_ledger && m_meter.isRunning()) {
        const auto soFar = m_ledger->answerSoFar();
        text = soFar ? u"~"_s + dollarText(*soFar) : QString();
        tip = tr("What this answer costs so far, estimated");
    } else if (m_ledger) {
        const Spending spending = m_ledger->answer();
        text = spending.isOnPlan() ? QString() : spendingText(spending); // the header says so
        if (const QString why = spendingExplanation(spending); !why.isEmpty()) {
            tip += u"\n"_s + why;
        }
    }
    if (m_values[Cost]->text() != text) {
        show(Cost, text);
        fitFields();
    }
    m_values[Cost]->setToolTip(tip);
}

} // namespace Maestro
