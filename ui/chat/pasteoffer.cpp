// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/pasteoffer.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro {

PasteOffer::PasteOffer(QWidget *parent)
    : Panel(Tone::Raised, parent)
    , m_question(makeLabel({}, LabelLook::Body, this))
    , m_asFile(new QPushButton(tr("Attach as a &file"), this))
    , m_asText(new QPushButton(tr("Insert as &text"), this))
{
    m_asFile->setAccessibleName(tr("Attach as a file"));
    m_asText->setAccessibleName(tr("Insert as text"));
    auto *close = new QToolButton(this);
    close->setIcon(themeIcon(u"close"_s, IconTint::Muted));
    close->setAccessibleName(tr("Do not paste"));
    close->setToolTip(tr("Do not paste"));
    close->setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(1.5), gridSteps(0.75), gridSteps(0.75), gridSteps(0.75));
    layout->setSpacing(gridSteps(1));
    layout->addWidget(m_question, 1);
    layout->addWidget(m_asFile);
    layout->addWidget(m_asText);
    layout->addWidget(close);
    connect(m_asFile, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT fileChosen(std::exchange(m_text, {}));
    });
    connect(m_asText, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT textChosen(std::exchange(m_text, {}));
    });
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        m_text.clear();
    });
    hide();
}

void PasteOffer::offer(const QString &text)
{
    m_text = text;
    m_question->setText(
        tr("The text you are pasting has %1.")
            .arg(QLocale().formattedDataSize(text.toUtf8().size(), 1, QLocale::DataSizeSIFormat)));
    show();
    m_asFile->setFocus();
}

} // namespace Maestro
