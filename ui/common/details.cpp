// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/details.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

Details::Details(QWidget *parent)
    : QWidget(parent)
    , m_toggle(new QToolButton(this))
    , m_copy(new QToolButton(this))
    , m_text(new QPlainTextEdit(this))
{
    m_toggle->setText(tr("Details"));
    m_toggle->setAccessibleName(tr("Details"));
    m_toggle->setToolTip(tr("Show or hide what the other side said"));
    m_toggle->setCheckable(true);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setText(tr("Copy details"));
    m_copy->setAccessibleName(tr("Copy details"));
    m_copy->setToolTip(tr("Copy the details; they hold no secret"));
    m_copy->setIcon(themeIcon(u"copy"_s, IconTint::Muted));
    m_copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Details of the error"));
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setFixedHeight(gridSteps(11));

    auto *row = new QHBoxLayout;
    row->addWidget(m_toggle);
    row->addWidget(m_copy);
    row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_text);

    connect(m_toggle, &QToolButton::toggled, this, &Details::setOpen);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(text()); });
    setText({});
}

void Details::setText(const QString &text)
{
    m_text->setPlainText(text);
    m_toggle->setChecked(false);
    setOpen(false);
    setVisible(!text.isEmpty());
}

QString Details::text() const { return m_text->toPlainText(); }

void Details::setOpen(bool open)
{
    m_text->setVisible(open);
    m_copy->setVisible(open);
    m_toggle->setIcon(themeIcon(open ? u"chevron-down"_s : u"chevron-right"_s, IconTint::Muted));
}

} // namespace Maestro
