// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/inspector.h"

#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

Inspector::Inspector(const ChatSession &session, QWidget *parent)
    : QDialog(parent)
    , m_target(makeLabel({}, LabelLook::Strong, this))
    , m_left(makeLabel({}, LabelLook::Muted, this))
    , m_pages(new QStackedWidget(this))
    , m_empty(makeLabel(tr("Nothing has been asked yet. What is sent is shown here, to the byte."),
                        LabelLook::Muted, this))
    , m_tabs(new QTabWidget(this))
    , m_json(makeView(tr("The request as JSON")))
    , m_curl(makeView(tr("The request for curl")))
{
    setWindowTitle(tr("What is sent"));
    m_target->setAccessibleName(tr("Where it was sent"));
    m_target->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_empty->setAlignment(Qt::AlignCenter);
    m_tabs->addTab(makePage(m_json, tr("Copy JSON"), inspectedJson), tr("JSON"));
    m_tabs->addTab(makePage(m_curl, tr("Copy curl"), inspectedCurl), tr("curl"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Forms of the request"));
    m_tabs->tabBar()->setAccessibleName(tr("Forms of the request"));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_tabs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(2), gridSteps(2), gridSteps(2));
    layout->setSpacing(gridSteps(1));
    layout->addWidget(m_target);
    layout->addWidget(m_left);
    layout->addWidget(m_pages, 1);
    resize(gridSteps(90), gridSteps(80));
    setSession(session);
}

void Inspector::setSession(const ChatSession &session)
{
    if (m_session) {
        m_session->disconnect(this);
    }
    m_session = &session;
    connect(&session, &ChatSession::answerStarted, this, &Inspector::refresh);
    connect(&session, &ChatSession::cleared, this, &Inspector::refresh);
    connect(&session, &ChatSession::conversationSet, this, &Inspector::refresh);
    refresh();
}

QPlainTextEdit *Inspector::makeView(const QString &name)
{
    auto *view = new QPlainTextEdit(this);
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setAccessibleName(name);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    view->setWordWrapMode(QTextOption::WrapAnywhere);
    return view;
}

QWidget *Inspector::makePage(QPlainTextEdit *view, const QString &copyText,
                             QString (*text)(const InspectedRequest &))
{
    auto *page = new QWidget(m_tabs);
    auto *copy = new QPushButton(themeIcon(u"copy"_s), copyText, page);
    copy->setToolTip(tr("Copies all of it, also what is shortened here; the key is not in it"));
    copy->setAccessibleName(copyText);
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [this, text] {
        // Made when it is wanted: files can be long.
        const auto whole
            = m_session ? inspect(m_session->asked(), InspectedLength::Whole) : std::nullopt;
        if (whole) {
            QGuiApplication::clipboard()->setText(text(*whole));
        }
    });
    auto *row = new QHBoxLayout;
    row->addWidget(makeLabel(tr("$API_KEY or $TOKEN stands for what you are signed in with."),
                             LabelLook::Small, page),
                   1);
    row->addWidget(copy);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, gridSteps(1), 0, 0);
    layout->addWidget(view, 1);
    layout->addLayout(row);
    return page;
}

void Inspector::refresh()
{
    const auto inspected
        = m_session ? inspect(m_session->asked(), InspectedLength::Shortened) : std::nullopt;
    m_pages->setCurrentWidget(inspected ? static_cast<QWidget *>(m_tabs) : m_empty);
    m_target->setVisible(inspected.has_value());
    const qsizetype left = m_session ? m_session->plan().firstSent : 0;
    m_left->setVisible(inspected && left > 0);
    if (!inspected) {
        m_json->clear();
        m_curl->clear();
        return;
    }
    m_target->setText(QString::fromLatin1(inspected->request.method) + u' '
                      + inspected->request.url.toDisplayString());
    m_left->setText(tr("Messages at the beginning that do not fit into the model's context and "
                       "were not sent: %1.")
                        .arg(left));
    m_json->setPlainText(inspectedJson(*inspected));
    m_curl->setPlainText(inspectedCurl(*inspected));
}

} // namespace Maestro
