// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/pasteaddress.h"

#include "core/quotation.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Addresses that come back are a few hundred characters long.
constexpr int LongestAddress = 16 * 1024;

} // namespace

PasteAddress::PasteAddress(QWidget *parent)
    : QWidget(parent)
    , m_toggle(new QToolButton(this))
    , m_form(new QWidget(this))
    , m_address(new QLineEdit(m_form))
    , m_use(new QPushButton(tr("Use this address"), m_form))
    , m_problem(makeLabel({}, LabelLook::Danger, m_form))
    , m_code(new QPushButton(themeIcon(u"devices"_s), tr("Use a code instead"), m_form))
{
    m_code->setAccessibleName(m_code->text());
    m_code->setToolTip(tr("Get a short code, and type it in a browser on any computer or phone"));
    m_code->setAutoDefault(false);
    m_toggle->setText(tr("The browser is on another computer?"));
    m_toggle->setAccessibleName(m_toggle->text());
    m_toggle->setToolTip(tr("Finish the sign-in with the address that the other browser ended at"));
    m_toggle->setCheckable(true);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_address->setMaxLength(LongestAddress);
    m_address->setPlaceholderText(u"http://localhost:1455/auth/callback?…"_s);
    m_address->setAccessibleName(tr("Address the browser ended at"));
    m_use->setEnabled(false);
    m_use->setAutoDefault(false);
    m_use->setToolTip(tr("Go on with this address"));
    m_use->setAccessibleName(m_use->text());

    auto *row = new QHBoxLayout;
    row->addWidget(m_address, 1);
    row->addWidget(m_use);
    auto *form = new QVBoxLayout(m_form);
    form->setContentsMargins(gridSteps(3), 0, 0, 0);
    form->addWidget(makeLabel(tr("Copy the link and sign in over there. The last page will not "
                                 "load; that is as it should be. "
                                 "Copy its whole address from the address bar and paste it here."),
                              LabelLook::Muted, m_form));
    form->addLayout(row);
    form->addWidget(m_problem);
    form->addWidget(m_code, 0, Qt::AlignLeft);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_toggle);
    layout->addWidget(m_form);

    connect(m_toggle, &QToolButton::toggled, this, &PasteAddress::setOpen);
    connect(m_address, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_use->setEnabled(!text.trimmed().isEmpty());
        m_problem->hide();
    });
    connect(m_address, &QLineEdit::returnPressed, m_use, &QPushButton::click);
    connect(m_code, &QPushButton::clicked, this, &PasteAddress::codeRequested);
    connect(m_use, &QPushButton::clicked, this,
            [this] { Q_EMIT submitted(m_address->text().trimmed()); });
    reset();
}

void PasteAddress::setOffersCode(bool offersCode) { m_code->setVisible(offersCode); }

void PasteAddress::showProblem(const Error &error)
{
    m_problem->setText(paragraphOf(error));
    m_problem->show();
    QAccessibleEvent alert(m_problem, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    m_address->setFocus();
}

void PasteAddress::reset()
{
    m_address->clear();
    m_toggle->setChecked(false);
    setOpen(false);
}

void PasteAddress::setOpen(bool open)
{
    m_form->setVisible(open);
    m_problem->hide();
    m_toggle->setIcon(themeIcon(open ? u"chevron-down"_s : u"chevron-right"_s, IconTint::Muted));
    if (open) {
        m_address->setFocus();
    }
}

} // namespace Maestro
