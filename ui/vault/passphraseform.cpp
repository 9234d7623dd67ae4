// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/vault/passphraseform.h"

#include "ui/common/panel.h"
#include "ui/common/secretfield.h"
#include "ui/common/theme.h"
#include "ui/vault/passphrasestrength.h"

#include <QAccessible>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace Maestro {

namespace {

//! Four bars, as many filled as the passphrase is good. The words below it say the same.
class StrengthMeter : public QWidget
{
public:
    StrengthMeter(const QLineEdit &field, QWidget *parent)
        : QWidget(parent)
        , m_field(field)
    {
        setFixedHeight(gridSteps(0.75));
        setMinimumWidth(gridSteps(20));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        constexpr int Bars = 4;
        const ThemeColors &colors = themeColors(palette());
        const int filled = static_cast<int>(strengthOf(m_field.text()));
        const QColor fill = filled <= 1 ? colors.danger
            : filled == 2               ? colors.accent
                                        : colors.success;
        const double gap = gridSteps(0.5);
        const double bar = (width() - gap * (Bars - 1)) / Bars;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        for (int i = 0; i < Bars; ++i) {
            painter.setBrush(i < filled ? fill : colors.border);
            painter.drawRoundedRect(QRectF(i * (bar + gap), 0, bar, height()), height() / 2.0,
                                    height() / 2.0);
        }
    }

private:
    const QLineEdit &m_field;
};

} // namespace

PassphraseForm::PassphraseForm(QWidget *parent)
    : QWidget(parent)
    , m_first(makeSecretField(tr("Passphrase"), this))
    , m_second(makeSecretField(tr("The same passphrase again"), this))
    , m_meter(new StrengthMeter(*m_first, this))
    , m_hint(makeLabel({}, LabelLook::Small, this))
    , m_problem(makeLabel({}, LabelLook::Danger, this))
    , m_use(new QPushButton(tr("Use this passphrase"), this))
{
    m_first->setPlaceholderText(tr("Passphrase"));
    m_second->setPlaceholderText(tr("The same passphrase again"));
    m_use->setAccessibleName(m_use->text());
    m_use->setToolTip(tr("Encrypt your sign-ins with this passphrase"));
    m_use->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(0.75));
    layout->addWidget(m_first);
    layout->addWidget(m_meter);
    layout->addWidget(m_hint);
    layout->addWidget(m_second);
    layout->addWidget(m_problem);
    layout->addWidget(makeLabel(tr("Maestro asks for it at every start and stores it nowhere. If "
                                   "you forget it, nobody can open these sign-ins: you set them "
                                   "aside and sign in again. Nothing else is lost."),
                                LabelLook::Muted, this));
    layout->addWidget(m_use, 0, Qt::AlignLeft);

    connect(m_first, &QLineEdit::textChanged, this, &PassphraseForm::refresh);
    connect(m_second, &QLineEdit::textChanged, this, &PassphraseForm::refresh);
    connect(m_first, &QLineEdit::returnPressed, m_second, qOverload<>(&QWidget::setFocus));
    connect(m_second, &QLineEdit::returnPressed, this, &PassphraseForm::submit);
    connect(m_use, &QPushButton::clicked, this, &PassphraseForm::submit);
    refresh();
}

void PassphraseForm::clear()
{
    for (QLineEdit *field : {m_first, m_second}) {
        hideSecret(field);
        field->clear();
    }
}

bool PassphraseForm::isComplete() const
{
    return m_first->text().size() >= ShortestPassphrase && m_first->text() == m_second->text();
}

void PassphraseForm::refresh()
{
    const QString first = m_first->text();
    const QString second = m_second->text();
    m_hint->setText(textOf(strengthOf(first)));
    m_first->setAccessibleDescription(m_hint->text());
    m_meter->update();
    // While the second is being typed it is not wrong yet.
    const bool differs = !second.isEmpty() && !first.startsWith(second);
    m_problem->setText(differs ? tr("The two are not the same.") : QString());
    m_problem->setVisible(differs);
    m_use->setEnabled(isComplete() && !m_isBusy);
    m_use->setDefault(m_use->isEnabled());
}

void PassphraseForm::submit()
{
    if (isComplete() && !m_isBusy) {
        Q_EMIT accepted(Secret(m_first->text().toUtf8()));
    }
}

void PassphraseForm::setBusy(bool busy)
{
    m_isBusy = busy;
    m_first->setEnabled(!busy);
    m_second->setEnabled(!busy);
    refresh();
}

void PassphraseForm::showProblem(const Error &error)
{
    m_problem->setText(error.message + QLatin1Char(' ') + error.advice);
    m_problem->show();
    QAccessibleEvent alert(m_problem, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void PassphraseForm::focusFirst() { m_first->setFocus(); }

} // namespace Maestro
