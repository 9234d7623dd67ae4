// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/linkquestion.h"

#include "ui/transcript/link.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Link)
};

} // namespace

void followLink(QWidget *parent, const QUrl &url, const QString &text,
                const std::function<void(const QUrl &)> &open)
{
    const LinkVerdict verdict = linkVerdict(url.toString(), text);
    if (verdict == LinkVerdict::Open) {
        open(url);
        return;
    }
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(linkAddress(url.toString()));
    if (verdict == LinkVerdict::Ask) {
        box->setText(Tr::tr("This link may lead elsewhere than it seems. It leads here:"));
        QPushButton *go = box->addButton(Tr::tr("Open it"), QMessageBox::AcceptRole);
        box->setDefaultButton(box->addButton(QMessageBox::Cancel));
        QObject::connect(go, &QPushButton::clicked, parent, [url, open] { open(url); });
    } else {
        box->setText(Tr::tr("Only web and mail addresses are opened from a conversation:"));
        box->addButton(QMessageBox::Close);
    }
    box->open();
}

} // namespace Maestro
