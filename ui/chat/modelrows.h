// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/pricetable.h"
#include "ui/chat/chattargets.h"

#include <QAbstractListModel>

#include <functional>

namespace Maestro {

//! What a model is called among the favourites, whoever asks it: "provider/model".
QString favouriteName(const QString &providerId, const QString &model);

//! The models of every account as rows: favourites first, then one group an account, each with its
//! heading; narrowed down by what is searched for.
class ModelRows : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        DetailRole = Qt::UserRole, //!< context and price, or what the heading adds
        HeadingRole, //!< true for what cannot be chosen
        ProblemRole, //!< a heading's: why there are no models, or fewer
        ChosenRole,
        FavouriteRole,
        TargetRole, //!< the ChosenTarget
    };
    using FactsOf
        = std::function<std::optional<ModelFacts>(const QString &providerId, const QString &model)>;

    ModelRows(const QList<ChatTarget> &targets, const std::optional<ChosenTarget> &chosen,
              QObject *parent = nullptr);

    void setFactsOf(const FactsOf &factsOf);
    void setFavourites(const QStringList &favourites);
    const QStringList &favourites() const { return m_favourites; }
    //! Every word must be in the model's name, or in that of its provider or account.
    void setSearch(const QString &words);
    //! False for what is no model, or was only typed.
    bool toggleFavourite(const QModelIndex &index);
    //! The row that Enter takes before a person has moved to another; -1 if there is none.
    int firstChoice() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        enum class Kind { Heading, Problem, Model, Typed };
        Kind kind = Kind::Heading;
        qsizetype target = -1; // of m_targets
        QString text = {}; // of a model, its name
    };

    void rebuild();
    QList<Row> favouriteRows() const;
    QList<Row> rowsOf(qsizetype target, const QStringList &words) const;
    //! What was typed, as the name of a model that no list has.
    QList<Row> typedRows() const;
    ChosenTarget chosenBy(const Row &row) const;
    QString detailOf(const Row &row) const;
    QString nameOf(const Row &row) const;

    QList<ChatTarget> m_targets;
    std::optional<ChosenTarget> m_chosen;
    FactsOf m_factsOf;
    QStringList m_favourites;
    QString m_search;
    QList<Row> m_rows;
};

} // namespace Maestro
