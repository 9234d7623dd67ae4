// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcriptview.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/transcript/answerwriter.h"
#include "ui/transcript/boxpainter.h"
#include "ui/transcript/documentstretch.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocumentFragment>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! One repaint a frame on a usual screen, however many pieces arrive.
constexpr int FrameMs = 16;
//! Of what a tool returned; the model gets all of it.
constexpr qsizetype LongestResult = 1000;
//! A line longer than this is tiring to read.
constexpr double LongestLineSteps = 100;
//! The share of the column that a prompt's bubble may fill.
constexpr double PromptShare = 0.82;

} // namespace

TranscriptView::TranscriptView(QWidget *parent)
    : QTextBrowser(parent)
    , m_format(palette())
    , m_frame(this)
    , m_newText(new QPushButton(this))
{
    setAccessibleName(tr("Conversation"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setAutoFormatting(QTextEdit::AutoNone);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard
                            | Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    document()->setDocumentMargin(0);
    document()->setDefaultFont(font());

    m_newText->setText(tr("New text"));
    m_newText->setIcon(themeIcon(u"arrow-down"_s, IconTint::OnAccent));
    m_newText->setToolTip(tr("Go to the end and stay there (End)"));
    m_newText->setAccessibleName(tr("Go to the new text"));
    m_newText->setDefault(true);
    m_newText->hide();
    connect(m_newText, &QPushButton::clicked, this, &TranscriptView::scrollToEnd);

    m_frame.setObjectName(u"frame"_s);
    m_frame.setSingleShot(true);
    m_frame.setInterval(FrameMs);
    connect(&m_frame, &QTimer::timeout, this, &TranscriptView::showPending);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &TranscriptView::onRangeChanged);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TranscriptView::onScrolled);
    // The click is still being worked on by the text control when it is told of, and what it leads
    // to changes the very text that was clicked.
    connect(this, &QTextBrowser::anchorClicked, this, &TranscriptView::onAnchorClicked,
            Qt::QueuedConnection);
}

TranscriptView::~TranscriptView() = default;

void TranscriptView::addPrompt(const QString &prompt, const QStringList &files)
{
    DocumentStretch place = DocumentStretch::appendTo(*document());
    QTextCursor cursor = place.writer();
    QTextBlockFormat block
        = boxBlock(BlockBox::Prompt, m_format.makeBoxId(), boxPadding() + gridSteps(2));
    block.setBottomMargin(boxPadding() + gridSteps(1));
    cursor.setBlockFormat(block);
    // One block, one bubble.
    QString text = prompt;
    text.replace(u'\n', QChar(QChar::LineSeparator));
    cursor.insertText(text, m_format.text());
    if (!files.isEmpty()) {
        const QString names = files.join(u", "_s);
        cursor.insertText(QChar(QChar::LineSeparator) + tr("With %1").arg(names),
                          m_format.small(TextTint::Muted));
    }
    m_afterPrompt = cursor;
    m_afterPrompt.setKeepPositionOnInsert(true);
    m_firstAnswer = m_answers.size();
    fitPrompts();
    scrollToEnd();
}

void TranscriptView::beginAnswer()
{
    m_pending.clear();
    m_answers.push_back(
        std::make_unique<AnswerWriter>(*document(), m_format, static_cast<int>(m_answers.size())));
    scrollToEnd();
}

void TranscriptView::dropAnswers()
{
    m_frame.stop();
    m_pending.clear();
    m_answers.resize(m_firstAnswer);
    m_afterPrompt.setPosition(m_afterPrompt.position()); // its anchor has moved
    m_afterPrompt.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    m_afterPrompt.removeSelectedText();
}

void TranscriptView::addResult(const FunctionResult &result)
{
    DocumentStretch place = DocumentStretch::appendTo(*document());
    QTextCursor cursor = place.writer();
    QTextBlockFormat block;
    block.setTopMargin(gridSteps(1));
    cursor.setBlockFormat(block);
    const TextTint tint = result.failed ? TextTint::Danger : TextTint::Muted;
    const QString title = result.failed ? tr("%1 did not work:") : tr("%1 returned:");
    QString output = result.output.left(LongestResult);
    if (output.size() < result.output.size()) {
        output += u'…';
    }
    output.replace(u'\n', QChar(QChar::LineSeparator));
    cursor.insertText(title.arg(result.name) + u' ', m_format.small(tint));
    cursor.insertText(output, m_format.small(TextTint::None));
    place.extendTo(cursor);
}

void TranscriptView::addToAnswer(const StreamMessages &messages)
{
    m_pending += messages;
    if (!m_frame.isActive()) {
        m_frame.start();
    }
}

void TranscriptView::endAnswer()
{
    showPending();
    if (!m_answers.empty()) {
        m_answers.back()->finish();
    }
}

void TranscriptView::clearConversation()
{
    m_frame.stop();
    m_pending.clear();
    m_answers.clear();
    m_firstAnswer = 0;
    document()->clear();
    document()->setDocumentMargin(0);
    fitColumn();
    setFollowing(true);
}

void TranscriptView::showPending()
{
    m_frame.stop();
    const StreamMessages messages = std::exchange(m_pending, {});
    if (messages.isEmpty() || m_answers.empty()) {
        return;
    }
    m_answers.back()->take(messages);
    if (!m_following) {
        placeNewTextButton();
        m_newText->show();
    }
}

void TranscriptView::onAnchorClicked(const QUrl &url)
{
    if (url.scheme() == "copy"_L1) {
        QGuiApplication::clipboard()->setText(codeText(url.path().toInt()));
        Q_EMIT codeCopied();
    } else if (url.scheme() == "reasoning"_L1) {
        const QStringList numbers = url.path().split(u'.');
        const size_t answer = numbers.value(0).toULongLong();
        if (answer < m_answers.size()) {
            setFollowing(false);
            m_answers[answer]->toggleReasoning(numbers.value(1).toInt());
            onScrolled(verticalScrollBar()->value());
        }
    }
}

QString TranscriptView::codeText(int boxId) const
{
    QStringList lines;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (boxIdOf(block) == boxId && block.blockFormat().boolProperty(CodeLineProperty)) {
            lines.append(block.text());
        }
    }
    return lines.join(u'\n');
}

QMimeData *TranscriptView::createMimeDataFromSelection() const
{
    QTextDocument copy;
    QTextCursor(&copy).insertFragment(textCursor().selection());
    QTextCursor cursor(&copy);
    for (QTextBlock block = copy.begin(); block.isValid();) {
        if (block.begin().atEnd()
            || !block.begin().fragment().charFormat().boolProperty(CodeHeadProperty)) {
            block = block.next();
            continue;
        }
        cursor.setPosition(block.position());
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        const bool isLast = cursor.atEnd();
        isLast ? cursor.deletePreviousChar() : cursor.deleteChar();
        block = isLast ? QTextBlock() : cursor.block();
    }
    auto *copied = new QMimeData;
    copied->setHtml(copy.toHtml());
    copied->setText(copy.toPlainText());
    return copied;
}

QVariant TranscriptView::loadResource(int, const QUrl &) { return {}; }

void TranscriptView::onRangeChanged(int, int)
{
    if (m_following && !textCursor().hasSelection()) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
}

void TranscriptView::onScrolled(int value)
{
    setFollowing(value >= verticalScrollBar()->maximum() - fontMetrics().height());
}

void TranscriptView::setFollowing(bool following)
{
    m_following = following;
    if (following) {
        m_newText->hide();
    }
}

void TranscriptView::scrollToEnd()
{
    setFollowing(true);
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

double TranscriptView::columnWidth() const
{
    return qMin<double>(viewport()->width() - 2.0 * gridSteps(3), gridSteps(LongestLineSteps));
}

void TranscriptView::fitColumn()
{
    QTextFrameFormat format = document()->rootFrame()->frameFormat();
    // In the middle of the window, as what stands above and below; the scroll bar does not count.
    const double left = (width() - columnWidth()) / 2.0;
    format.setLeftMargin(left);
    format.setRightMargin(viewport()->width() - columnWidth() - left);
    format.setTopMargin(gridSteps(1));
    format.setBottomMargin(gridSteps(4));
    document()->rootFrame()->setFrameFormat(format);
    fitPrompts();
}

void TranscriptView::fitPrompts()
{
    const QFontMetricsF metrics(document()->defaultFont());
    const double widest = columnWidth() * PromptShare;
    QTextCursor cursor(document());
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (boxOf(block) != BlockBox::Prompt) {
            continue;
        }
        double width = 0;
        const QStringList lines = block.text().split(QChar(QChar::LineSeparator));
        for (const QString &line : lines) {
            width = width >= widest ? widest : qMax(width, metrics.horizontalAdvance(line) + 2);
        }
        QTextBlockFormat format = block.blockFormat();
        format.setLeftMargin(columnWidth() - qMin(width, widest) - boxPadding());
        if (format.leftMargin() != block.blockFormat().leftMargin()) {
            cursor.setPosition(block.position());
            cursor.setBlockFormat(format);
        }
    }
}

void TranscriptView::placeNewTextButton()
{
    m_newText->adjustSize();
    m_newText->move((width() - m_newText->width()) / 2,
                    height() - m_newText->height() - gridSteps(1.5));
}

void TranscriptView::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        const int top = verticalScrollBar()->value();
        painter.translate(0, -top);
        const QTextBlock first = cursorForPosition(QPoint(viewport()->width() / 2, 0)).block();
        BoxPainter(*document(), themeColors(palette()), columnWidth())
            .paint(painter, first, QRectF(viewport()->rect()).translated(0, top));
    }
    QTextBrowser::paintEvent(event);
}

void TranscriptView::resizeEvent(QResizeEvent *event)
{
    QTextBrowser::resizeEvent(event);
    fitColumn();
    placeNewTextButton();
}

void TranscriptView::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_format.setPalette(palette());
        m_format.recolor(*document());
    } else if (event->type() == QEvent::FontChange) {
        document()->setDefaultFont(font());
        fitColumn();
    }
}

} // namespace Maestro
