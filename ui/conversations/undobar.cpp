// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversations/undobar.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! To notice it, read it and reach it by keyboard.
constexpr int OfferMs = 20'000;

} // namespace

UndoBar::UndoBar(QWidget *parent)
    : Panel(Tone::Raised, parent)
    , m_text(makeLabel({}, LabelLook::Body, this))
    , m_undo(new QPushButton(tr("&Undo"), this))
    , m_close(new QToolButton(this))
{
    m_undo->setAccessibleName(tr("Undo"));
    m_undo->setToolTip(tr("Bring the conversation back"));
    // What was deleted needs the room more.
    m_undo->setMaximumWidth(fontMetrics().horizontalAdvance(tr("Undo")) + gridSteps(3));
    m_close->setIcon(themeIcon(u"close"_s, IconTint::Muted));
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setFocusPolicy(Qt::StrongFocus);
    m_text->setWordWrap(false);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // it takes what is left
    m_while.setSingleShot(true);
    m_while.setInterval(OfferMs);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(1.25), gridSteps(0.5), gridSteps(0.5), gridSteps(0.5));
    layout->setSpacing(gridSteps(0.75));
    layout->addWidget(m_text, 1);
    layout->addWidget(m_undo);
    layout->addWidget(m_close);

    connect(m_undo, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT undoRequested(m_conversation);
    });
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(&m_while, &QTimer::timeout, this, [this] {
        // Who is about to press it is not to find it gone.
        if (m_undo->hasFocus() || underMouse()) {
            m_while.start();
        } else {
            hide();
        }
    });
    hide();
}

void UndoBar::offer(ChatId conversation, const QString &title)
{
    m_conversation = conversation;
    m_deleted = tr("Deleted: %1").arg(title);
    m_text->setToolTip(m_deleted);
    setAccessibleName(m_deleted);
    show();
    showText();
    m_while.start();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void UndoBar::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    showText();
}

void UndoBar::showText()
{
    m_text->setText(m_text->fontMetrics().elidedText(m_deleted, Qt::ElideRight, m_text->width()));
}

} // namespace Maestro
