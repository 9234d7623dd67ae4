// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/setupdialog.h"

#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QPlainTextEdit>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr int MostTokens = 1'000'000;
constexpr int UsualTokens = 4096;
constexpr double UsualTemperature = 1;
constexpr double GreatestTemperature = 2;

//! A value that is the provider's, unless the box is ticked.
template <typename Box>
QWidget *optional(QCheckBox *own, Box *value)
{
    auto *row = new QWidget(own->parentWidget());
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(own);
    layout->addWidget(value, 1);
    value->setEnabled(own->isChecked());
    QObject::connect(own, &QCheckBox::toggled, value, &QWidget::setEnabled);
    return row;
}

//! As high as its row, so that its words stand beside those of the field.
void addField(QGridLayout *fields, const QString &name, QWidget *field, QWidget *buddy)
{
    const int row = fields->rowCount();
    auto *label = new QLabel(name, buddy->parentWidget());
    label->setBuddy(buddy);
    fields->addWidget(label, row, 0);
    fields->addWidget(field, row, 1);
}

} // namespace

SetupDialog::SetupDialog(const ChatSetup &setup, QWidget *parent)
    : QDialog(parent)
    , m_before(setup)
    , m_system(new QPlainTextEdit(setup.system, this))
    , m_effort(new QComboBox(this))
    , m_hasTemperature(new QCheckBox(tr("Own value"), this))
    , m_temperature(new QDoubleSpinBox(this))
    , m_hasLimit(new QCheckBox(tr("Own value"), this))
    , m_limit(new QSpinBox(this))
{
    setWindowTitle(tr("Instructions and parameters"));
    m_system->setAccessibleName(tr("Instructions"));
    m_system->setPlaceholderText(tr("What the model is told before everything else, for example: "
                                    "Answer briefly, and in British English."));
    m_system->setTabChangesFocus(true);
    m_effort->setAccessibleName(tr("Reasoning effort"));
    m_effort->addItem(tr("The provider's own"), QString());
    for (const auto &[name, word] :
         {std::pair{tr("Minimal"), u"minimal"_s}, std::pair{tr("Low"), u"low"_s},
          std::pair{tr("Medium"), u"medium"_s}, std::pair{tr("High"), u"high"_s}}) {
        m_effort->addItem(name, word);
    }
    if (m_effort->findData(setup.reasoningEffort) < 0) {
        m_effort->addItem(setup.reasoningEffort, setup.reasoningEffort);
    }
    m_effort->setCurrentIndex(m_effort->findData(setup.reasoningEffort));
    m_hasTemperature->setAccessibleName(tr("Own temperature"));
    m_hasTemperature->setChecked(setup.temperature.has_value());
    m_temperature->setAccessibleName(tr("Temperature"));
    m_temperature->setRange(0, GreatestTemperature);
    m_temperature->setSingleStep(0.1);
    m_temperature->setValue(setup.temperature.value_or(UsualTemperature));
    m_hasLimit->setAccessibleName(tr("Own limit of the answer"));
    m_hasLimit->setChecked(setup.maxOutputTokens.has_value());
    m_limit->setAccessibleName(tr("Most tokens of an answer"));
    m_limit->setRange(1, MostTokens);
    m_limit->setSingleStep(1024);
    m_limit->setGroupSeparatorShown(true);
    m_limit->setValue(setup.maxOutputTokens.value_or(UsualTokens));

    auto *fields = new QGridLayout;
    fields->setSpacing(gridSteps(1.25));
    fields->setColumnStretch(1, 1);
    addField(fields, tr("&Reasoning effort"), m_effort, m_effort);
    addField(fields, tr("&Temperature"), optional(m_hasTemperature, m_temperature),
             m_hasTemperature);
    addField(fields, tr("&Most tokens of an answer"), optional(m_hasLimit, m_limit), m_hasLimit);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    for (QAbstractButton *button : buttons->buttons()) {
        button->setAccessibleName(button->text().remove(u'&'));
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(3), gridSteps(2.5), gridSteps(3), gridSteps(2.5));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(
        makeLabel(tr("For this conversation, from the next question on"), LabelLook::Muted, this));
    layout->addWidget(makeLabel(tr("Instructions"), LabelLook::Strong, this));
    layout->addWidget(m_system, 1);
    layout->addLayout(fields);
    layout->addWidget(makeLabel(tr("Not every model takes every parameter. What cannot be sent is "
                                   "said before anything is."),
                                LabelLook::Small, this));
    layout->addWidget(buttons);
    for (QLabel *label : findChildren<QLabel *>()) {
        label->setTextFormat(Qt::PlainText);
    }
    resize(gridSteps(70), gridSteps(58));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(this->setup());
        accept();
    });
}

ChatSetup SetupDialog::setup() const
{
    ChatSetup setup = m_before; // whom is asked is not decided here
    setup.system = m_system->toPlainText().trimmed();
    setup.reasoningEffort = m_effort->currentData().toString();
    setup.temperature
        = m_hasTemperature->isChecked() ? std::optional(m_temperature->value()) : std::nullopt;
    setup.maxOutputTokens
        = m_hasLimit->isChecked() ? std::optional(m_limit->value()) : std::nullopt;
    return setup;
}

} // namespace Maestro
