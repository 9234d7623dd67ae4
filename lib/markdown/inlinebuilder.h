// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

#include <QList>
#include <QStringView>

#include <md4c.h>

namespace Maestro::Markdown {

//! Puts text with marks together from what md4c reports.
class InlineBuilder
{
public:
    //! An address for md4c that stands for this one.
    QString addReference(const Address &address);

    //! Text for md4c that stands for mathematics: `source` where it is no text after all.
    QString addMath(const QString &text, const QString &source, bool isDisplayed);

    void enter(MD_SPANTYPE type, const void *detail);
    void leave(MD_SPANTYPE type);
    void add(MD_TEXTTYPE type, QByteArrayView text);

    //! What was put together; the builder begins anew.
    Inline take();

private:
    struct OpenLink
    {
        qsizetype address = -1;
        Style style = Style::Link;
        qsizetype from = 0;
    };

    struct Math
    {
        QString text;
        QString source;
        bool isDisplayed = false;
    };

    void addText(const QString &text);
    void addMarked(QStringView text, Styles also = {});
    void addMathematics(const Math &math);
    QString withSources(const QString &text) const;
    qsizetype addressOf(const MD_ATTRIBUTE &url, const MD_ATTRIBUTE &title);
    Styles styles() const;
    qsizetype address() const;

    Inline m_inline;
    QList<Address> m_references;
    QList<Math> m_math;
    bool m_wantsLine = false; //!< what follows begins a line
    QList<OpenLink> m_links;
    int m_strong = 0;
    int m_emphasis = 0;
    int m_strikethrough = 0;
    int m_code = 0;
};

} // namespace Maestro::Markdown
