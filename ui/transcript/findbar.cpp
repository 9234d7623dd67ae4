// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/findbar.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr double WidthSteps = 54;

QToolButton *makeButton(QWidget *parent, const QString &name, const QString &tip)
{
    auto *button = new QToolButton(parent);
    button->setText(name);
    button->setAccessibleName(tip);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

FindBar::FindBar(TranscriptView &view)
    : Panel(Panel::Tone::Surface, &view)
    , m_view(view)
    , m_words(new QLineEdit(this))
    , m_finding(new QLabel(this))
{
    m_words->setPlaceholderText(tr("Find in this conversation"));
    m_words->setAccessibleName(tr("Words to find"));
    m_words->setClearButtonEnabled(true);
    m_finding->setTextFormat(Qt::PlainText);
    m_finding->setForegroundRole(QPalette::PlaceholderText);
    QToolButton *previous = makeButton(this, u"↑"_s, tr("Previous (Shift+Enter)"));
    QToolButton *next = makeButton(this, u"↓"_s, tr("Next (Enter)"));
    QToolButton *close = makeButton(this, {}, tr("Close (Escape)"));
    close->setIcon(themeIcon(u"close"_s));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(1), gridSteps(0.5), gridSteps(0.5), gridSteps(0.5));
    layout->addWidget(m_words, 1);
    layout->addWidget(m_finding);
    layout->addWidget(previous);
    layout->addWidget(next);
    layout->addWidget(close);

    connect(m_words, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_wanted = QStringList(text);
        find(TranscriptView::Direction::Here);
    });
    connect(previous, &QToolButton::clicked, this,
            [this] { find(TranscriptView::Direction::Backward); });
    connect(next, &QToolButton::clicked, this,
            [this] { find(TranscriptView::Direction::Forward); });
    connect(close, &QToolButton::clicked, this, &FindBar::dismiss);
    connect(&view, &TranscriptView::findRequested, this, &FindBar::open);
    view.installEventFilter(this);
    hide();
}

void FindBar::open()
{
    place();
    show();
    raise();
    m_words->setFocus();
    m_words->selectAll();
}

void FindBar::showFound(const QStringList &words)
{
    const QSignalBlocker blocker(m_words);
    m_words->setText(words.join(u' '));
    m_wanted = words;
    m_finding->clear();
    place();
    show();
    raise();
}

void FindBar::dismiss()
{
    hide();
    m_view.find(QString(), TranscriptView::Direction::Forward);
    m_view.setFocus();
}

void FindBar::find(TranscriptView::Direction direction)
{
    const bool found = m_view.find(m_wanted, direction);
    m_finding->setText(found || m_words->text().isEmpty() ? QString() : tr("Not found"));
}

void FindBar::place()
{
    const int width = qMin(gridSteps(WidthSteps), m_view.width() - gridSteps(4));
    const int right = m_view.width() - gridSteps(3);
    setGeometry(right - width, gridSteps(1), width, sizeHint().height());
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && !isHidden()) {
        place();
    }
    return Panel::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        dismiss();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        find(event->modifiers() & Qt::ShiftModifier ? TranscriptView::Direction::Backward
                                                    : TranscriptView::Direction::Forward);
    } else {
        Panel::keyPressEvent(event);
    }
}

} // namespace Maestro
