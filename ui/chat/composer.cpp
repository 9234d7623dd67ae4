// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/composer.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! The field scrolls beyond this.
constexpr int MostLines = 9;

} // namespace

ComposerEdit::ComposerEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(gridSteps(0.5));
    viewport()->setAutoFillBackground(false);
    connect(this, &QPlainTextEdit::textChanged, this, &ComposerEdit::fitHeight);
    fitHeight();
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !m_composing && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        Q_EMIT submitted();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void ComposerEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_composing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
}

void ComposerEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void ComposerEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitHeight();
    }
}

void ComposerEdit::fitHeight()
{
    // A plain text document measures its height in lines.
    const int lines = qBound(1, qRound(document()->size().height()), MostLines);
    const int height
        = qRound(fontMetrics().lineSpacing() * lines + 2 * document()->documentMargin())
        + gridSteps(0.25);
    setFixedHeight(height);
    setVerticalScrollBarPolicy(lines < MostLines ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
}

Composer::Composer(QWidget *parent)
    : Panel(Tone::Surface, parent)
    , m_edit(new ComposerEdit(this))
    , m_button(new QPushButton(this))
{
    m_edit->setPlaceholderText(tr("Ask anything"));
    m_edit->setAccessibleName(tr("Your message"));
    m_edit->setAccessibleDescription(tr("Enter sends, Shift+Enter breaks the line."));
    m_button->setDefault(true);
    const int side = gridSteps(4.5);
    m_button->setFixedSize(side, side);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(1.25), gridSteps(1), gridSteps(1), gridSteps(1));
    layout->addWidget(m_edit, 1, Qt::AlignVCenter);
    layout->addWidget(m_button, 0, Qt::AlignBottom);
    setFocusProxy(m_edit);

    connect(m_edit, &ComposerEdit::submitted, this, &Composer::submit);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::updateButton);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_answering) {
            Q_EMIT stopRequested();
        } else {
            submit();
        }
    });
    updateButton();
}

QString Composer::text() const { return m_edit->toPlainText(); }

void Composer::setText(const QString &text)
{
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
}

void Composer::clear() { m_edit->clear(); }

void Composer::setAnswering(bool answering)
{
    m_answering = answering;
    updateButton();
}

void Composer::focusText() { m_edit->setFocus(Qt::ShortcutFocusReason); }

void Composer::submit()
{
    // While an answer comes in the next prompt can be written, and waits here.
    if (!m_answering && !text().trimmed().isEmpty()) {
        Q_EMIT sendRequested(text());
    }
}

void Composer::updateButton()
{
    m_button->setEnabled(m_answering || !text().trimmed().isEmpty());
    const auto tint = m_button->isEnabled() ? IconTint::OnAccent : IconTint::Muted;
    m_button->setIcon(themeIcon(m_answering ? u"stop"_s : u"send"_s, tint));
    m_button->setAccessibleName(m_answering ? tr("Stop") : tr("Send"));
    m_button->setToolTip(m_answering ? tr("Stop the answer (Esc)") : tr("Send (Enter)"));
}

} // namespace Maestro
