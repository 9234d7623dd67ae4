// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/welcome.h"

#include "ui/common/choicebutton.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! A column of its own, in the middle of the window.
QVBoxLayout *makeColumn(QWidget *page)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(gridSteps(1.25));
    auto *sides = new QHBoxLayout(page);
    sides->setContentsMargins(gridSteps(3), gridSteps(3), gridSteps(3), gridSteps(3));
    auto *middle = new QWidget(page);
    middle->setMaximumWidth(gridSteps(68));
    middle->setLayout(column);
    sides->addStretch(1);
    sides->addWidget(middle, 8);
    sides->addStretch(1);
    column->addStretch();
    return column;
}

//! The program's mark, whose own empty edge, a sixteenth of its size, stands out to the left.
QHBoxLayout *makeMark(int size, QWidget *page)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(-size / 16, 0, 0, 0);
    row->addWidget(makeIconLabel(applicationIcon(), size, page));
    row->addStretch();
    return row;
}

} // namespace

Welcome::Welcome(QWidget *parent)
    : QScrollArea(parent)
    , m_pages(new QStackedWidget(this))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Welcome"));
    viewport()->setBackgroundRole(QPalette::Window);
    m_pages->addWidget(makeOpening());
    m_pages->addWidget(makeWaysIn());
    m_pages->addWidget(makeExamples());
    setWidget(m_pages);
}

void Welcome::setStage(Stage stage) { m_pages->setCurrentIndex(static_cast<int>(stage)); }

QWidget *Welcome::makeOpening()
{
    auto *page = new QWidget(this);
    QVBoxLayout *column = makeColumn(page);
    column->addLayout(makeMark(gridSteps(6), page));
    column->addWidget(makeLabel(tr("What shall we work on?"), LabelLook::Title, page));
    column->addWidget(makeLabel(tr("Opening your sign-ins. You can write below meanwhile."),
                                LabelLook::Muted, page));
    column->addStretch();
    return page;
}

QWidget *Welcome::makeWaysIn()
{
    auto *page = new QWidget(this);
    QVBoxLayout *column = makeColumn(page);
    column->addLayout(makeMark(gridSteps(8), page));
    column->addWidget(makeLabel(tr("Welcome to Maestro"), LabelLook::Title, page));
    column->addWidget(makeLabel(tr("Choose how you want to begin. You can start to write below "
                                   "meanwhile; your text is kept."),
                                LabelLook::Muted, page));
    column->addSpacing(gridSteps(1));
    auto *signIn
        = new ChoiceButton(themeIcon(u"browser"_s, IconTint::OnAccent), tr("Sign in with OpenAI"),
                           tr("Opens your browser; you sign in there and come back here."),
                           ChoiceButton::Rank::Primary, page);
    auto *key = new ChoiceButton(themeIcon(u"key"_s, IconTint::Accent), tr("Use an API key"),
                                 tr("For OpenAI, Anthropic or Gemini."),
                                 ChoiceButton::Rank::Secondary, page);
    auto *practice = new ChoiceButton(
        themeIcon(u"practice"_s, IconTint::Accent), tr("Try the practice provider"),
        tr("No account needed. Answers come from this computer, not from a model."),
        ChoiceButton::Rank::Secondary, page);
    column->addWidget(signIn);
    column->addWidget(key);
    column->addWidget(practice);
    column->addStretch();
    connect(signIn, &QAbstractButton::clicked, this, &Welcome::signInRequested);
    connect(key, &QAbstractButton::clicked, this, &Welcome::apiKeyRequested);
    connect(practice, &QAbstractButton::clicked, this, &Welcome::practiceRequested);
    return page;
}

QWidget *Welcome::makeExamples()
{
    const QList<std::pair<QString, QString>> examples{
        {tr("Design a service"),
         tr("How would you write a FastAPI application that handles Stripe-based subscriptions?")},
        {tr("Explain"),
         tr("Explain how PKCE protects a sign-in, in five sentences and with a diagram in text.")},
        {tr("Compare"),
         tr("Compare SQLite, PostgreSQL and DuckDB for a desktop application in a table.")},
    };
    auto *page = new QWidget(this);
    QVBoxLayout *column = makeColumn(page);
    column->addLayout(makeMark(gridSteps(6), page));
    column->addWidget(makeLabel(tr("What shall we work on?"), LabelLook::Title, page));
    column->addWidget(
        makeLabel(tr("Write below, or begin with one of these."), LabelLook::Muted, page));
    column->addSpacing(gridSteps(1));
    for (const auto &[title, prompt] : examples) {
        auto *button = new ChoiceButton(themeIcon(u"chevron-right"_s, IconTint::Accent), title,
                                        prompt, ChoiceButton::Rank::Secondary, page);
        column->addWidget(button);
        connect(button, &QAbstractButton::clicked, this,
                [this, text = prompt] { Q_EMIT promptChosen(text); });
    }
    column->addStretch();
    return page;
}

} // namespace Maestro
