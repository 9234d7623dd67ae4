// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/composer.h"

#include "ui/chat/attachmentstrip.h"
#include "ui/chat/pasteoffer.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! The field scrolls beyond this.
constexpr int MostLines = 9;
//! A field that is written in takes no more of a paste without a question.
constexpr qsizetype LargestPaste = 1'000'000; // bytes

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
    if (event->key() == Qt::Key_Up && event->modifiers() == Qt::NoModifier && !m_composing
        && document()->isEmpty()) {
        Q_EMIT previousWanted();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void ComposerEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_composing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return AttachmentStrip::canTake(*source) || QPlainTextEdit::canInsertFromMimeData(source);
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    if (AttachmentStrip::canTake(*source)) {
        Q_EMIT filesGiven(source);
    } else if (source->hasText() && source->text().toUtf8().size() > LargestPaste) {
        Q_EMIT largeTextGiven(source->text());
    } else {
        QPlainTextEdit::insertFromMimeData(source);
    }
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
    , m_offer(new PasteOffer(this))
    , m_strip(new AttachmentStrip(this))
    , m_edit(new ComposerEdit(this))
    , m_attach(new QToolButton(this))
    , m_queue(new QToolButton(this))
    , m_button(new QPushButton(this))
{
    m_attach->setIcon(themeIcon(u"attach"_s, IconTint::Muted));
    m_attach->setAccessibleName(tr("Attach files"));
    m_attach->setToolTip(tr("Attach pictures, PDF or text files (Ctrl+O); they can be pasted and "
                            "dropped, too"));
    m_attach->setFocusPolicy(Qt::StrongFocus);
    m_edit->setPlaceholderText(tr("Ask anything"));
    m_edit->setAccessibleName(tr("Your message"));
    m_edit->setAccessibleDescription(tr("Enter sends, Shift+Enter breaks the line."));
    m_queue->setIcon(themeIcon(u"send"_s));
    m_queue->setAccessibleName(tr("Send after this answer"));
    m_queue->setToolTip(tr("Send when the answer has come (Enter)"));
    m_queue->setFocusPolicy(Qt::StrongFocus);
    m_button->setDefault(true);
    const int side = gridSteps(4.5);
    m_button->setFixedSize(side, side);
    m_attach->setFixedSize(side, side);
    m_queue->setFixedSize(side, side);

    auto *row = new QHBoxLayout;
    row->addWidget(m_attach, 0, Qt::AlignBottom);
    row->addWidget(m_edit, 1, Qt::AlignVCenter);
    row->addWidget(m_queue, 0, Qt::AlignBottom);
    row->addWidget(m_button, 0, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(1), gridSteps(1), gridSteps(1), gridSteps(1));
    layout->setSpacing(0);
    layout->addWidget(m_offer);
    layout->addWidget(m_strip);
    layout->addLayout(row);
    setFocusProxy(m_edit);
    setTabOrder(m_edit, m_queue);
    setTabOrder(m_queue, m_button);
    setTabOrder(m_button, m_attach);

    connect(m_edit, &ComposerEdit::submitted, this, &Composer::submit);
    connect(m_edit, &ComposerEdit::filesGiven, this,
            [this](const QMimeData *given) { m_strip->take(*given); });
    connect(m_edit, &ComposerEdit::largeTextGiven, m_offer, &PasteOffer::offer);
    connect(m_edit, &ComposerEdit::previousWanted, this, &Composer::editLastRequested);
    connect(m_offer, &PasteOffer::fileChosen, this, [this](const QString &text) {
        m_strip->addText(text);
        focusText();
    });
    connect(m_offer, &PasteOffer::textChosen, this, [this](const QString &text) {
        m_edit->insertPlainText(text);
        focusText();
    });
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::updateButton);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::changed);
    connect(m_strip, &AttachmentStrip::changed, this, &Composer::updateButton);
    connect(m_strip, &AttachmentStrip::changed, this, &Composer::changed);
    connect(m_strip, &AttachmentStrip::refused, this, &Composer::attachmentRefused);
    connect(m_attach, &QToolButton::clicked, this, &Composer::chooseFiles);
    connect(m_queue, &QToolButton::clicked, this, &Composer::submit);
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

QList<Attachment> Composer::attachments() const { return m_strip->attachments(); }

void Composer::attach(const QStringList &paths) { m_strip->addFiles(paths); }

void Composer::attach(const QMimeData &given) { m_strip->take(given); }

void Composer::restore(const Prompt &prompt)
{
    {
        // Half of it would be taken for a draft.
        const QSignalBlocker blocker(this);
        const bool areTwo = !text().isEmpty() && !prompt.text.isEmpty();
        setText(prompt.text + (areTwo ? u"\n\n"_s : QString()) + text());
        m_strip->restore(prompt.attachments);
    }
    Q_EMIT changed();
}

bool Composer::isReading() const { return m_strip->isReading(); }

void Composer::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this,
            [this](const QStringList &paths) { attach(paths); });
    connect(dialog, &QDialog::finished, this, &Composer::focusText);
    dialog->open();
}

void Composer::clear()
{
    m_edit->clear();
    m_strip->clear();
}

void Composer::setAnswering(bool answering)
{
    m_answering = answering;
    updateButton();
}

void Composer::focusText() { m_edit->setFocus(Qt::ShortcutFocusReason); }

bool Composer::canSubmit() const
{
    // It waits here for a file that is still being read.
    return !m_strip->isReading() && !text().trimmed().isEmpty();
}

void Composer::submit()
{
    if (canSubmit()) {
        Q_EMIT sendRequested(text(), attachments());
    }
}

void Composer::updateButton()
{
    m_queue->setVisible(m_answering && canSubmit());
    m_button->setEnabled(m_answering || canSubmit());
    const auto tint = m_button->isEnabled() ? IconTint::OnAccent : IconTint::Muted;
    m_button->setIcon(themeIcon(m_answering ? u"stop"_s : u"send"_s, tint));
    m_button->setAccessibleName(m_answering ? tr("Stop") : tr("Send"));
    m_button->setToolTip(m_answering ? tr("Stop the answer (Esc)") : tr("Send (Enter)"));
}

} // namespace Maestro
