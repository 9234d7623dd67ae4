// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/containers.h"

#include <algorithm>

namespace Maestro::Markdown {

qsizetype Containers::match(LineCursor &line) const
{
    qsizetype matched = 0;
    for (const Open &open : m_open) {
        if (open.kind == Kind::Quote) {
            if (line.isIndented() || !line.rest().startsWith(u'>')) {
                break;
            }
            line.skipIndent();
            line.skipCharacters(1);
            if (line.isAtSpace()) {
                line.skipColumns(1);
            }
        } else if (open.kind == Kind::Item) {
            if (line.isBlank()) {
                if (open.isEmpty) {
                    break; // an item begins with one blank line at most
                }
                line.skipIndent();
            } else if (line.indent() >= open.contents) {
                line.skipColumns(open.contents);
            } else {
                break;
            }
        }
        ++matched;
    }
    return matched;
}

std::optional<Containers::Extent> Containers::emptyItem() const
{
    const bool isEmpty = !m_open.isEmpty() && m_open.last().container.begins;
    return isEmpty ? std::optional(m_open.last().line) : std::nullopt;
}

void Containers::closeLast() { m_open.removeLast(); }

void Containers::closeList()
{
    if (!m_open.isEmpty() && m_open.last().kind == Kind::List) {
        m_open.removeLast();
    }
}

void Containers::openQuote()
{
    closeList();
    fill();
    m_open.append({.kind = Kind::Quote});
}

void Containers::openItem(const ListMark &mark, int contents, Extent line)
{
    const bool goesOn
        = !m_open.isEmpty() && m_open.last().kind == Kind::List && m_open.last().mark == mark.mark;
    if (!goesOn) {
        closeList();
        m_open.append({.kind = Kind::List, .mark = mark.mark, .next = mark.number});
    }
    fill();
    Container item{.kind = mark.isNumbered ? Container::Kind::Number : Container::Kind::Bullet,
                   .begins = true};
    if (mark.isNumbered) {
        item.number = m_open.last().next++;
    }
    m_open.append({.kind = Kind::Item, .container = item, .contents = contents, .line = line});
}

void Containers::fill()
{
    for (Open &open : m_open) {
        open.isEmpty = false;
    }
}

QList<Container> Containers::takeFor(qsizetype &from)
{
    QList<Container> containers;
    for (Open &open : m_open) {
        if (open.kind == Kind::List) {
            continue;
        }
        containers.append(open.container);
        if (open.container.begins) {
            from = std::min(from, open.line.from);
        }
        open.container.begins = false;
    }
    fill();
    return containers;
}

} // namespace Maestro::Markdown
