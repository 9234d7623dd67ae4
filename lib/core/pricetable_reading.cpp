// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pricetable.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr int Format = 1;
constexpr qsizetype MostModels = 10'000;
constexpr qsizetype LongestName = 200;
//! Dollars for a million tokens, and tokens of a context: nothing sensible is more.
constexpr double GreatestPrice = 100'000;
constexpr qint64 MostTokens = 1'000'000'000;
constexpr double MicroPerDollar = 1'000'000;

//! Reads one file; the first thing that is wrong with it is kept, and where.
class Reader
{
public:
    std::optional<PriceTable> read(const QJsonObject &root);
    const QString &problem() const { return m_problem; }

private:
    void fail(const QString &where, const QString &what)
    {
        if (m_problem.isEmpty()) {
            m_problem = where.first(std::min(where.size(), LongestName)) + u": "_s + what;
        }
    }
    ProviderPrices readProvider(const QString &where, const QJsonValue &value);
    ModelFacts readModel(const QString &where, const QJsonValue &value);
    TokenPrices readPrices(const QString &where, const QJsonObject &object);
    std::optional<Dollars> readPrice(const QString &where, const QJsonValue &value);
    std::optional<qint64> readTokens(const QString &where, const QJsonValue &value);
    //! A name that is not known is a slip of the pen, and would be a price that nobody misses.
    void allowOnly(const QString &where, const QJsonObject &object, const QStringList &names);

    QString m_problem;
    qsizetype m_models = 0;
};

void Reader::allowOnly(const QString &where, const QJsonObject &object, const QStringList &names)
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (!names.contains(member.key())) {
            fail(where, u"“%1” is not known here"_s.arg(member.key().left(LongestName)));
        }
    }
}

std::optional<Dollars> Reader::readPrice(const QString &where, const QJsonValue &value)
{
    if (value.isUndefined()) {
        return std::nullopt;
    }
    const double micro = value.toDouble(-1) * MicroPerDollar;
    // Written with six decimals at most, it is whole but for what a double cannot hold.
    if (!(micro >= 0 && micro <= GreatestPrice * MicroPerDollar)
        || std::abs(micro - std::round(micro)) > 0.001) {
        fail(where, u"not a price in dollars for a million tokens"_s);
        return std::nullopt;
    }
    return Dollars{std::llround(micro)};
}

std::optional<qint64> Reader::readTokens(const QString &where, const QJsonValue &value)
{
    if (value.isUndefined()) {
        return std::nullopt;
    }
    const qint64 tokens = value.toInteger(-1);
    if (tokens <= 0 || tokens > MostTokens) {
        fail(where, u"not a number of tokens"_s);
        return std::nullopt;
    }
    return tokens;
}

TokenPrices Reader::readPrices(const QString &where, const QJsonObject &object)
{
    const auto price
        = [&](const QString &name) { return readPrice(where + u'.' + name, object[name]); };
    return {price(u"input"_s), price(u"cached"_s), price(u"cacheWrite"_s), price(u"output"_s),
            price(u"reasoning"_s)};
}

ModelFacts Reader::readModel(const QString &where, const QJsonValue &value)
{
    static const QStringList prices{u"input"_s, u"cached"_s, u"cacheWrite"_s, u"output"_s,
                                    u"reasoning"_s};
    if (!value.isObject()) {
        fail(where, u"not an object"_s);
        return {};
    }
    const QJsonObject object = value.toObject();
    allowOnly(where, object, prices + QStringList{u"context"_s, u"long"_s, u"note"_s});
    ModelFacts facts;
    facts.contextTokens = readTokens(where + u".context"_s, object["context"_L1]);
    facts.prices = readPrices(where, object);
    if (object.contains("long"_L1)) {
        const QString place = where + u".long"_s;
        const QJsonObject longer = object["long"_L1].toObject();
        allowOnly(place, longer, prices + QStringList{u"above"_s});
        facts.longAbove = readTokens(place + u".above"_s, longer["above"_L1]);
        facts.longPrices = readPrices(place, longer);
        if (!facts.longAbove) {
            fail(place, u"needs “above”, a number of tokens"_s);
        }
    }
    return facts;
}

ProviderPrices Reader::readProvider(const QString &where, const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    allowOnly(where, object, {u"source"_s, u"date"_s, u"models"_s, u"note"_s});
    if (!value.isObject() || !object["models"_L1].isObject()) {
        fail(where, u"needs “models”, an object"_s);
    }
    ProviderPrices provider;
    provider.source = object["source"_L1].toString().left(LongestName);
    provider.date = QDate::fromString(object["date"_L1].toString(), Qt::ISODate);
    if (!provider.date.isValid()) {
        fail(where + u".date"_s, u"needs to be a day, as 2026-11-22"_s);
    }
    const QJsonObject models = object["models"_L1].toObject();
    for (auto model = models.begin(); model != models.end(); ++model) {
        const QString place = where + u'.' + model.key();
        if (model.key().isEmpty() || model.key().size() > LongestName) {
            fail(place, u"not the name of a model"_s);
        }
        if (++m_models > MostModels) {
            fail(place, u"more than %1 models"_s.arg(MostModels));
            break;
        }
        provider.models.insert(model.key(), readModel(place, model.value()));
    }
    return provider;
}

std::optional<PriceTable> Reader::read(const QJsonObject &root)
{
    allowOnly(u"prices"_s, root, {u"format"_s, u"unit"_s, u"providers"_s, u"note"_s});
    if (root["format"_L1].toInt() != Format) {
        fail(u"format"_s, u"needs to be %1"_s.arg(Format));
    }
    PriceTable table;
    if (!root["providers"_L1].isObject()) {
        fail(u"providers"_s, u"not an object"_s);
    }
    const QJsonObject providers = root["providers"_L1].toObject();
    for (auto it = providers.begin(); it != providers.end() && m_problem.isEmpty(); ++it) {
        table.providers.insert(it.key(), readProvider(it.key(), it.value()));
    }
    return m_problem.isEmpty() ? std::optional(table) : std::nullopt;
}

Error unreadable(const QString &detail)
{
    return {Error::Kind::Configuration,
            QCoreApplication::translate("PriceTable", "The table of prices cannot be read."),
            {},
            detail};
}

} // namespace

Result<PriceTable> readPriceTable(const QByteArray &json)
{
    if (json.size() > LargestPriceFile) {
        return unreadable(u"longer than %1 bytes"_s.arg(LargestPriceFile));
    }
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError) {
        return unreadable(u"%1 at byte %2"_s.arg(problem.errorString()).arg(problem.offset));
    }
    Reader reader;
    const auto table = reader.read(document.object());
    return table ? Result<PriceTable>(*table) : unreadable(reader.problem());
}

} // namespace Maestro
