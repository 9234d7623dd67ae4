// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/wellformed.h"

#include <utility>

namespace Maestro::Markdown {

QString wellFormed(QString text)
{
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar character = std::as_const(text).at(at);
        if (!character.isSurrogate()) {
            continue;
        }
        if (character.isHighSurrogate() && at + 1 < text.size()
            && std::as_const(text).at(at + 1).isLowSurrogate()) {
            ++at;
        } else {
            text[at] = QChar::ReplacementCharacter;
        }
    }
    return text;
}

} // namespace Maestro::Markdown
