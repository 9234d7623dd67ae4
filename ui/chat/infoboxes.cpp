// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/infoboxes.h"

#include "ui/chat/chatactions.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(InfoBoxes)
};

QMessageBox *openBox(QWidget *parent, const QString &title, const QString &text)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::Close, parent);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    return box;
}

} // namespace

void showShortcutList(QWidget *parent, const ChatActions &actions)
{
    QStringList lines{Tr::tr("Enter – send, Shift+Enter – break the line")};
    for (const QAction *action : actions.all()) {
        if (!action->shortcut().isEmpty()) {
            const QString keys = action->shortcut().toString(QKeySequence::NativeText);
            lines.append(keys + u" – "_s + action->toolTip());
        }
    }
    openBox(parent, Tr::tr("Keyboard shortcuts"), lines.join(u'\n'));
}

void showAboutMaestro(QWidget *parent)
{
    const QString text
        = Tr::tr("Maestro %1\n\nA native chat client for language models.\n\nLicensed "
                 "under the GNU General Public License, version 3 or later.")
              .arg(QCoreApplication::applicationVersion());
    openBox(parent, Tr::tr("About Maestro"), text)
        ->setIconPixmap(applicationIcon().pixmap(gridSteps(8)));
}

} // namespace Maestro
