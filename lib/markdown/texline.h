// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

namespace Maestro::Markdown {

//! Puts a line together, with one space where some are wanted.
class TexLine
{
public:
    void add(QStringView text);
    void addSpace() { m_wantsSpace = true; }
    void addOperator(QStringView text);
    void addFunction(QStringView text);

    bool isEmpty() const { return m_text.isEmpty(); }
    QString take() { return std::move(m_text); }

private:
    QString m_text;
    bool m_wantsSpace = false;
    bool m_wantsGap = false; //!< a space if a letter or a digit follows
};

} // namespace Maestro::Markdown
