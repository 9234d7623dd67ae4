// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/quotation.h"

#include "core/quotation.h"

namespace Maestro {

Quotation::Quotation(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setForegroundRole(QPalette::PlaceholderText);
    setReason({});
}

void Quotation::setReason(const QString &reason)
{
    const QString words = quotation(reason);
    setText(words);
    setAccessibleName(words.isEmpty() ? tr("The provider's words")
                                      : tr("The provider's words: %1").arg(words));
    setVisible(!words.isEmpty());
}

} // namespace Maestro
