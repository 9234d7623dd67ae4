// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/promptediting.h"

#include "ui/chat/composer.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>

#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro {

PromptEditing::PromptEditing(Composer &composer, QWidget *parent)
    : Panel(Tone::Notice, parent)
    , m_composer(composer)
{
    auto *cancel = new QPushButton(tr("&Cancel"), this);
    cancel->setAccessibleName(tr("Do not change the message"));
    auto *escape = new QShortcut(Qt::Key_Escape, this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(1.5), gridSteps(0.5), gridSteps(0.75), gridSteps(0.5));
    layout->setSpacing(gridSteps(1));
    layout->addWidget(makeIconLabel(themeIcon(u"edit"_s), gridSteps(2), this));
    layout->addWidget(makeLabel(tr("You are changing a message. The version there is stays, and is "
                                   "found under it."),
                                LabelLook::Body, this),
                      1);
    layout->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, [this] { (void)finish(); });
    connect(escape, &QShortcut::activated, this, [this] { (void)finish(); });
    hide();
}

std::optional<PromptEdit> PromptEditing::changing() const
{
    return m_message
        ? std::optional(PromptEdit{*m_message, {m_composer.text(), m_composer.attachments()}})
        : std::nullopt;
}

void PromptEditing::begin(ChatId message, const Prompt &prompt)
{
    resume({message, prompt});
    m_composer.focusText();
}

void PromptEditing::resume(const PromptEdit &changing)
{
    if (!isActive()) {
        m_before = {m_composer.text(), m_composer.attachments()};
    }
    m_message = changing.message;
    {
        // Nothing is not what it is changed to.
        const QSignalBlocker blocker(&m_composer);
        m_composer.clear();
    }
    m_composer.restore(changing.words);
    show();
}

ChatId PromptEditing::finish()
{
    const ChatId message = m_message.value_or(0);
    m_composer.clear();
    m_message.reset(); // from here on it is a draft again
    m_composer.restore(std::exchange(m_before, {}));
    m_composer.focusText();
    hide();
    Q_EMIT ended();
    return message;
}

} // namespace Maestro
