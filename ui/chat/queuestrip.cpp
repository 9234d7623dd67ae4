// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/queuestrip.h"

#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! What is seen of a message on one line.
constexpr qsizetype MostLetters = 90;

QToolButton *makeButton(const QString &icon, const QString &name, const QString &tip, QWidget *row)
{
    auto *button = new QToolButton(row);
    button->setIcon(themeIcon(icon, IconTint::Muted));
    button->setAccessibleName(name);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

QueueStrip::QueueStrip(PromptQueue &queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_rows(new QVBoxLayout)
    , m_send(new QPushButton(tr("Send the next one now"), this))
{
    setAccessibleName(tr("Messages that wait"));
    m_send->setAccessibleName(m_send->text());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(0.5));
    m_rows->setSpacing(gridSteps(0.5));
    layout->addLayout(m_rows);
    layout->addWidget(m_send, 0, Qt::AlignRight);
    connect(m_send, &QPushButton::clicked, &m_queue, &PromptQueue::sendFirst);
    connect(&m_queue, &PromptQueue::changed, this, &QueueStrip::rebuild);
    rebuild();
}

void QueueStrip::setAnswering(bool answering)
{
    m_answering = answering;
    m_send->setVisible(!m_answering && !m_queue.isEmpty());
}

void QueueStrip::rebuild()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        // One of its buttons may be what was pressed.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    qsizetype index = 0;
    for (const Prompt &prompt : m_queue.prompts()) {
        m_rows->addWidget(makeRow(index++, prompt));
    }
    setVisible(!m_queue.isEmpty());
    setAnswering(m_answering);
}

QWidget *QueueStrip::makeRow(qsizetype index, const Prompt &prompt)
{
    auto *row = new Panel(Panel::Tone::Raised, this);
    const QString words = prompt.text.simplified();
    QLabel *text = makeLabel(words.size() > MostLetters ? words.left(MostLetters) + u'…' : words,
                             LabelLook::Body, row);
    text->setWordWrap(false);
    text->setToolTip(prompt.text.left(2000));
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QLabel *next = makeLabel(index == 0 ? tr("Next") : tr("Then"), LabelLook::Small, row);
    next->setWordWrap(false);
    QToolButton *edit = makeButton(u"edit"_s, tr("Change the message that waits"),
                                   tr("Back to the text field, to change it"), row);
    QToolButton *withdraw
        = makeButton(u"close"_s, tr("Withdraw the message"), tr("Do not send this message"), row);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(gridSteps(1.5), gridSteps(0.5), gridSteps(0.75), gridSteps(0.5));
    layout->setSpacing(gridSteps(1));
    layout->addWidget(makeIconLabel(themeIcon(u"clock"_s, IconTint::Muted), gridSteps(2), row));
    layout->addWidget(next);
    layout->addWidget(text, 1);
    layout->addWidget(edit);
    layout->addWidget(withdraw);
    connect(edit, &QToolButton::clicked, this, [this, index] { Q_EMIT editRequested(index); });
    connect(withdraw, &QToolButton::clicked, this, [this, index] { (void)m_queue.take(index); });
    return row;
}

} // namespace Maestro
