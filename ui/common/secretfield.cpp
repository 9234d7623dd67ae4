// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/secretfield.h"

#include "ui/common/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(SecretField)
};

//! Far longer than any key or sentence; a document that was pasted by mistake is cut here.
constexpr int LongestSecret = 4096;

void setShown(QLineEdit *field, QAction *toggle, bool shown)
{
    field->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    toggle->setIcon(themeIcon(shown ? u"hide"_s : u"show"_s, IconTint::Muted));
    const QString text = shown ? Tr::tr("Hide what is typed") : Tr::tr("Show what is typed");
    toggle->setText(text);
    toggle->setToolTip(text);
    for (QToolButton *button : field->findChildren<QToolButton *>()) {
        button->setAccessibleName(text);
        // The field's own buttons leave the keyboard out.
        button->setFocusPolicy(Qt::TabFocus);
    }
}

} // namespace

QLineEdit *makeSecretField(const QString &name, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setMaxLength(LongestSecret);
    field->setAccessibleName(name);
    field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase
                               | Qt::ImhSensitiveData);
    QAction *toggle = field->addAction(themeIcon(u"show"_s), QLineEdit::TrailingPosition);
    toggle->setCheckable(true);
    QObject::connect(toggle, &QAction::toggled, field,
                     [field, toggle](bool shown) { setShown(field, toggle, shown); });
    setShown(field, toggle, false);
    return field;
}

void hideSecret(QLineEdit *field)
{
    for (QAction *toggle : field->actions()) {
        toggle->setChecked(false);
    }
}

} // namespace Maestro
