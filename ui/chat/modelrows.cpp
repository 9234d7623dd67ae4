// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/modelrows.h"

#include "ui/usage/usagetext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

QString favouriteName(const QString &providerId, const QString &model)
{
    return providerId + u'/' + model;
}

ModelRows::ModelRows(const QList<ChatTarget> &targets, const std::optional<ChosenTarget> &chosen,
                     QObject *parent)
    : QAbstractListModel(parent)
    , m_targets(targets)
    , m_chosen(chosen)
{
    rebuild();
}

void ModelRows::setFactsOf(const FactsOf &factsOf)
{
    m_factsOf = factsOf;
    rebuild();
}

void ModelRows::setFavourites(const QStringList &favourites)
{
    m_favourites = favourites;
    rebuild();
}

void ModelRows::setSearch(const QString &words)
{
    m_search = words.trimmed();
    rebuild();
}

void ModelRows::rebuild()
{
    const QStringList words = m_search.split(u' ', Qt::SkipEmptyParts);
    beginResetModel();
    m_rows = words.isEmpty() ? favouriteRows() : QList<Row>();
    for (qsizetype target = 0; target < m_targets.size(); ++target) {
        m_rows += rowsOf(target, words);
    }
    m_rows += typedRows();
    if (m_rows.isEmpty() && !words.isEmpty()) {
        m_rows.append({Row::Kind::Problem, -1, tr("No model has all of these words.")});
    }
    endResetModel();
}

QList<ModelRows::Row> ModelRows::favouriteRows() const
{
    QList<Row> rows;
    for (qsizetype target = 0; target < m_targets.size(); ++target) {
        const ChatTarget &each = m_targets[target];
        for (const QString &model : each.models) {
            if (m_favourites.contains(favouriteName(each.account.key.provider, model))) {
                rows.append({Row::Kind::Model, target, model});
            }
        }
    }
    if (!rows.isEmpty()) {
        rows.prepend({Row::Kind::Heading, -1, tr("Favourites")});
    }
    return rows;
}

QList<ModelRows::Row> ModelRows::rowsOf(qsizetype target, const QStringList &words) const
{
    const ChatTarget &each = m_targets[target];
    const QString heading = each.providerName + u"  ·  "_s + displayName(each);
    const QStringList said = heading.split(u' ', Qt::SkipEmptyParts);
    QStringList wanted; // what the heading does not say already
    for (const QString &word : words) {
        // From its beginning: Gemini is no "mini".
        const bool isSaid = std::any_of(said.begin(), said.end(), [&word](const QString &begin) {
            return begin.startsWith(word, Qt::CaseInsensitive);
        });
        if (!isSaid) {
            wanted.append(word);
        }
    }
    QList<Row> rows{{Row::Kind::Heading, target, heading}};
    if (each.unavailable && wanted.isEmpty()) {
        rows.append({Row::Kind::Problem, target, each.unavailable->message});
    } else if (each.models.isEmpty() && wanted.isEmpty()) {
        rows.append({Row::Kind::Problem, target,
                     tr("It lists no models. Type the name of the one to ask.")});
    }
    for (const QString &model : each.models) {
        const bool isWanted
            = std::all_of(wanted.begin(), wanted.end(), [&model](const QString &word) {
                  return model.contains(word, Qt::CaseInsensitive);
              });
        if (isWanted) {
            rows.append({Row::Kind::Model, target, model});
        }
    }
    // A heading over nothing helps nobody who searches.
    return rows.size() == 1 && !words.isEmpty() ? QList<Row>() : rows;
}

QList<ModelRows::Row> ModelRows::typedRows() const
{
    if (m_search.isEmpty() || m_search.contains(u' ')) {
        return {};
    }
    QList<Row> rows;
    for (qsizetype target = 0; target < m_targets.size(); ++target) {
        if (!m_targets[target].models.contains(m_search)) {
            rows.append({Row::Kind::Typed, target, m_search});
        }
    }
    if (!rows.isEmpty()) {
        rows.prepend({Row::Kind::Heading, -1, tr("Not in a list")});
    }
    return rows;
}

bool ModelRows::toggleFavourite(const QModelIndex &index)
{
    if (!index.isValid() || m_rows[index.row()].kind != Row::Kind::Model) {
        return false;
    }
    const QString name = nameOf(m_rows[index.row()]);
    if (!m_favourites.removeOne(name)) {
        m_favourites.append(name);
    }
    rebuild();
    return true;
}

int ModelRows::firstChoice() const
{
    // What was typed whole is meant, then what is chosen; a name in no list comes last.
    const auto rank = [this](const Row &row) {
        if (row.kind != Row::Kind::Model) {
            return row.kind == Row::Kind::Typed ? 1 : 0;
        }
        return row.text == m_search ? 4 : m_chosen && chosenBy(row) == *m_chosen ? 3 : 2;
    };
    const auto best
        = std::max_element(m_rows.begin(), m_rows.end(),
                           [&rank](const Row &a, const Row &b) { return rank(a) < rank(b); });
    return best == m_rows.end() || rank(*best) == 0 ? -1 : static_cast<int>(best - m_rows.begin());
}

int ModelRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

ChosenTarget ModelRows::chosenBy(const Row &row) const
{
    const ChatTarget &target = m_targets[row.target];
    return {target.account.key, target.api, row.text};
}

QString ModelRows::nameOf(const Row &row) const
{
    return favouriteName(m_targets[row.target].account.key.provider, row.text);
}

QString ModelRows::detailOf(const Row &row) const
{
    const auto facts = row.kind == Row::Kind::Model && m_factsOf
        ? m_factsOf(m_targets[row.target].account.key.provider, row.text)
        : std::nullopt;
    if (!facts) {
        return {};
    }
    QStringList parts;
    if (facts->contextTokens) {
        parts.append(shortCountText(*facts->contextTokens));
    }
    parts.append(modelPriceText(*facts));
    parts.removeAll(QString());
    return parts.join(u"  ·  "_s);
}

QVariant ModelRows::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size()) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    const bool isHeading = row.kind == Row::Kind::Heading || row.kind == Row::Kind::Problem;
    switch (role) {
    case Qt::DisplayRole:
        return row.kind == Row::Kind::Typed
            ? tr("Use “%1” at %2").arg(row.text, m_targets[row.target].providerName)
            : row.text;
    case Qt::AccessibleTextRole:
        return QStringList{data(index, Qt::DisplayRole).toString(), detailOf(row),
                           data(index, FavouriteRole).toBool() ? tr("favourite") : QString()}
            .join(u' ')
            .trimmed();
    case Qt::ToolTipRole:
        return isHeading || detailOf(row).isEmpty()
            ? QVariant(row.text)
            : QVariant(
                row.text + u'\n'
                + tr("%1 (tokens of context; dollars for a million tokens)").arg(detailOf(row)));
    case DetailRole:
        return detailOf(row);
    case HeadingRole:
        return isHeading;
    case ProblemRole:
        return row.kind == Row::Kind::Problem;
    case ChosenRole:
        return !isHeading && m_chosen && chosenBy(row) == *m_chosen;
    case FavouriteRole:
        return row.kind == Row::Kind::Model && m_favourites.contains(nameOf(row));
    case TargetRole:
        return isHeading ? QVariant() : QVariant::fromValue(chosenBy(row));
    default:
        return {};
    }
}

Qt::ItemFlags ModelRows::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    if (index.data(HeadingRole).toBool()) {
        return Qt::ItemNeverHasChildren;
    }
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace Maestro
