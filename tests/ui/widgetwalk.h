// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractButton>
#include <QAccessible>
#include <QLabel>
#include <QStringList>
#include <QWidget>

namespace Maestro {

//! The focusable widgets below `root` that a screen reader would have no name for.
inline QStringList namelessWidgets(QWidget &root)
{
    QStringList nameless;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus
            || widget->objectName().startsWith(QLatin1String("qt_")) || widget->inherits("QMenu")
            || widget->inherits("QMenuBar") || widget->inherits("QScrollBar")
            || widget->inherits("QAbstractScrollAreaScrollBarContainer")
            || widget->inherits("QComboBoxListView")) {
            continue;
        }
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).isEmpty()) {
            nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u'/'
                            + widget->objectName());
        }
    }
    return nameless;
}

//! The labels below `root` that would read their text as HTML if it looked like it.
inline QStringList richLabels(QWidget &root)
{
    QStringList rich;
    for (QLabel *label : root.findChildren<QLabel *>()) {
        // QWizard's own labels of its header, which the pages leave empty, and hidden.
        if (label->textFormat() != Qt::PlainText && !label->text().isEmpty()) {
            rich.append(label->text());
        }
    }
    return rich;
}

//! The button of that name, if it can be seen.
inline QAbstractButton *findButton(QWidget &root, const QString &name)
{
    for (QAbstractButton *button : root.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->accessibleName() == name) {
            return button;
        }
    }
    return nullptr;
}

//! Whether a label of that text can be seen.
inline bool isShown(QWidget &root, const QString &text)
{
    for (QLabel *label : root.findChildren<QLabel *>()) {
        if (label->isVisible() && label->text() == text) {
            return true;
        }
    }
    return false;
}

} // namespace Maestro
