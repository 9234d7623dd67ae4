// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

namespace Maestro {

//! Heights that stand below one another: where each begins, and which stands at a height, in steps
//! that grow with the logarithm of their number.
class HeightSums
{
public:
    qsizetype size() const { return m_heights.size(); }
    int at(qsizetype index) const { return m_heights[index]; }
    int total() const { return before(size()); }
    //! The heights of all that stand over `index`, which may be size().
    int before(qsizetype index) const;
    //! The one that covers `y`; the first or the last if none does, and 0 if there is none at all.
    qsizetype find(int y) const;

    void append(int height);
    void set(qsizetype index, int height);
    void truncate(qsizetype size);
    void assign(const QList<int> &heights);

private:
    QList<int> m_heights;
    QList<int> m_tree; //!< a Fenwick tree: node i covers the (i & -i) heights that end with i
};

} // namespace Maestro
