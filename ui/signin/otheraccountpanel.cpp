// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/otheraccountpanel.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

OtherAccountPanel::OtherAccountPanel(QWidget *parent)
    : Panel(Tone::Notice, parent)
    , m_who(makeLabel({}, LabelLook::Body, this))
    , m_keep(new QPushButton(tr("Add this account"), this))
    , m_another(new QPushButton(tr("Sign in as the other one"), this))
{
    m_keep->setToolTip(tr("Keep both accounts"));
    m_another->setToolTip(tr("Begin again; choose the other account in the browser"));
    for (QPushButton *button : {m_keep, m_another}) {
        button->setAccessibleName(button->text());
        button->setAutoDefault(false);
    }
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_keep);
    buttons->addWidget(m_another);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->setSpacing(gridSteps(0.75));
    layout->addWidget(
        makeLabel(tr("This is another account than before"), LabelLook::Strong, this));
    layout->addWidget(m_who);
    layout->addWidget(makeLabel(tr("Nothing of it has been kept yet."), LabelLook::Muted, this));
    layout->addLayout(buttons);
    connect(m_keep, &QPushButton::clicked, this, &OtherAccountPanel::keepRequested);
    connect(m_another, &QPushButton::clicked, this, &OtherAccountPanel::anotherRequested);
    hide();
}

void OtherAccountPanel::ask(const Account &found)
{
    QStringList facts{found.email.isEmpty() ? found.name : found.email};
    facts += {found.plan, found.organization};
    facts.removeAll(QString());
    m_who->setText(facts.isEmpty() ? tr("It has no name or e-mail address.")
                                   : facts.join(u"  ·  "_s));
    setAccessibleName(tr("This is another account than before: %1").arg(m_who->text()));
    show();
    m_keep->setFocus();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace Maestro
