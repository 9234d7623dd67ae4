// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/heightsums.h"

#include <bit>

namespace Maestro {

namespace {

//! The number of heights that node `i` covers.
qsizetype reach(qsizetype i) { return i & -i; }

} // namespace

int HeightSums::before(qsizetype index) const
{
    int sum = 0;
    for (qsizetype i = index; i > 0; i -= reach(i)) {
        sum += m_tree[i - 1];
    }
    return sum;
}

qsizetype HeightSums::find(int y) const
{
    qsizetype found = 0;
    int rest = y;
    for (auto step = std::bit_floor(static_cast<quint64>(size())); step > 0; step /= 2) {
        const qsizetype next = found + static_cast<qsizetype>(step);
        if (next <= size() && m_tree[next - 1] <= rest) {
            found = next;
            rest -= m_tree[next - 1];
        }
    }
    return qMax<qsizetype>(0, qMin(found, size() - 1));
}

void HeightSums::append(int height)
{
    m_heights.append(height);
    const qsizetype i = size();
    int sum = height;
    for (qsizetype covered = i - 1; covered > i - reach(i); covered -= reach(covered)) {
        sum += m_tree[covered - 1];
    }
    m_tree.append(sum);
}

void HeightSums::set(qsizetype index, int height)
{
    const int change = height - m_heights[index];
    if (change == 0) {
        return;
    }
    m_heights[index] = height;
    for (qsizetype i = index + 1; i <= size(); i += reach(i)) {
        m_tree[i - 1] += change;
    }
}

void HeightSums::truncate(qsizetype size)
{
    m_heights.resize(qMin(size, m_heights.size()));
    m_tree.resize(m_heights.size());
}

void HeightSums::assign(const QList<int> &heights)
{
    m_heights.clear();
    m_tree.clear();
    m_heights.reserve(heights.size());
    m_tree.reserve(heights.size());
    for (const int height : heights) {
        append(height);
    }
}

} // namespace Maestro
