// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/savedauthentications.h"

#include "storage/packedsecrets.h"
#include "storage/seal.h"

#include <QCoreApplication>
#include <QSqlError>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro {

struct SavedAuthentications::Seal
{
    qint64 generation = 0;
    QByteArray box;
};

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Vault)
};

constexpr QByteArrayView Format = "maestro-vault/1";
//! More accounts than anyone has.
constexpr int MaxRows = 1000;

const QString ApiKey = u"api_key"_s;
const QString OAuth = u"oauth"_s;

const QString Columns = u"id, provider, auth_type, account, email, name, plan, organization, "
                        u"project, client_id, data_key, credentials, "
                        "expires_at, created_at, updated_at, rev"_s;

//! A row as it stands in the table.
struct Row
{
    qint64 id = 0;
    QString provider;
    QString authType;
    QString account;
    QString email;
    QString name;
    QString plan;
    QString organization;
    QString project;
    QString clientId;
    QString dataKeyId;
    QByteArray credentials;
    std::optional<qint64> expiresAt;
    qint64 createdAt = 0;
    qint64 updatedAt = 0;
    qint64 rev = 0;
};

QString word(AccountKey::Type type) { return type == AccountKey::Type::OAuth ? OAuth : ApiKey; }

Error changedError()
{
    return Error{Error::Kind::Configuration,
                 Tr::tr("The saved sign-ins were changed outside of Maestro, and are not used."),
                 Tr::tr("Restore the file from a backup, or set it aside and sign in again.")};
}

Error notSavedError()
{
    return Error{Error::Kind::AuthenticationRequired,
                 Tr::tr("There is no saved sign-in for this account."),
                 Tr::tr("Sign in again, or add an API key.")};
}

Row rowFrom(const QSqlQuery &query)
{
    Row row;
    row.id = query.value(0).toLongLong();
    int i = 1;
    for (QString *text :
         {&row.provider, &row.authType, &row.account, &row.email, &row.name, &row.plan,
          &row.organization, &row.project, &row.clientId, &row.dataKeyId}) {
        *text = query.value(i++).toString();
    }
    row.credentials = query.value(11).toByteArray();
    if (!query.value(12).isNull()) {
        row.expiresAt = query.value(12).toLongLong();
    }
    row.createdAt = query.value(13).toLongLong();
    row.updatedAt = query.value(14).toLongLong();
    row.rev = query.value(15).toLongLong();
    return row;
}

//! All of the row but the sealed credentials: none of it can be changed without breaking their
//! seal.
QByteArray associatedDataOf(const Row &row)
{
    QByteArray data = associatedData({Format, "saved_authentications"});
    appendNumber(data, row.id);
    for (const QString *text :
         {&row.provider, &row.authType, &row.account, &row.email, &row.name, &row.plan,
          &row.organization, &row.project, &row.clientId, &row.dataKeyId}) {
        appendField(data, text->toUtf8());
    }
    appendNumber(data, row.expiresAt ? 1 : 0);
    appendNumber(data, row.expiresAt.value_or(0));
    appendNumber(data, row.createdAt);
    appendNumber(data, row.updatedAt);
    appendNumber(data, row.rev);
    return data;
}

Account accountOf(const Row &row)
{
    return {.key = {row.provider,
                    row.authType == OAuth ? AccountKey::Type::OAuth : AccountKey::Type::ApiKey,
                    row.account},
            .email = row.email,
            .name = row.name,
            .plan = row.plan,
            .organization = row.organization,
            .project = row.project,
            .clientId = row.clientId,
            .expiresAt = row.expiresAt
                ? std::optional(QDateTime::fromMSecsSinceEpoch(*row.expiresAt, Qt::UTC))
                : std::nullopt};
}

Result<QList<Row>> readRows(QSqlDatabase &database)
{
    Result<QSqlQuery> query = execute(
        database,
        u"SELECT %1 FROM saved_authentications ORDER BY id LIMIT %2"_s.arg(Columns).arg(MaxRows));
    if (!query) {
        return query.error();
    }
    QList<Row> rows;
    while (query->next()) {
        rows.append(rowFrom(*query));
    }
    if (query->lastError().isValid()) {
        return Error{Error::Kind::Configuration,
                     Tr::tr("The file of the saved sign-ins could not be read."),
                     {},
                     query->lastError().text()};
    }
    return rows;
}

Result<std::optional<Row>> findRow(QSqlDatabase &database, const AccountKey &key)
{
    Result<QSqlQuery> query = execute(
        database,
        u"SELECT %1 FROM saved_authentications WHERE provider = ? AND auth_type = ? AND account = ?"_s
            .arg(Columns),
        {columnText(key.provider), word(key.type), columnText(key.accountId)});
    if (!query) {
        return query.error();
    }
    return query->next() ? std::optional(rowFrom(*query)) : std::nullopt;
}

std::optional<AccountSecrets> open(const Row &row, const DataKey &key)
{
    if (row.dataKeyId != key.id) {
        return std::nullopt;
    }
    const std::optional<Secret> packed = unseal(*key.key, row.credentials, associatedDataOf(row));
    return packed ? unpack(*packed) : std::nullopt;
}

std::optional<Error> store(QSqlDatabase &database, const Row &row)
{
    QVariantList values{row.id};
    for (const QString *text :
         {&row.provider, &row.authType, &row.account, &row.email, &row.name, &row.plan,
          &row.organization, &row.project, &row.clientId, &row.dataKeyId}) {
        values.append(columnText(*text));
    }
    values << row.credentials
           << (row.expiresAt ? QVariant(*row.expiresAt) : QVariant(QMetaType::fromType<qint64>()))
           << row.createdAt << row.updatedAt << row.rev;
    const auto done = execute(
        database,
        u"REPLACE INTO saved_authentications (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s
            .arg(Columns),
        values);
    return done ? std::nullopt : std::optional(done.error());
}

Result<qint64> nextId(QSqlDatabase &database)
{
    Result<QSqlQuery> query
        = execute(database, u"SELECT coalesce(max(id), 0) + 1 FROM saved_authentications"_s);
    if (!query) {
        return query.error();
    }
    return query->next() ? query->value(0).toLongLong() : 1;
}

} // namespace

SavedAuthentications::SavedAuthentications(QSqlDatabase &database, const DataKey &key)
    : m_database(database)
    , m_key(key)
{ }

Result<QList<Account>> SavedAuthentications::listed(QSqlDatabase &database)
{
    const Result<QList<Row>> rows = readRows(database);
    if (!rows) {
        return rows.error();
    }
    QList<Account> accounts;
    for (const Row &row : *rows) {
        accounts.append(accountOf(row));
    }
    return accounts;
}

std::optional<Error> SavedAuthentications::begin() { return writeSeal(1); }

Result<SavedAuthentications::Proof> SavedAuthentications::prove()
{
    const Result<Seal> seal = readSeal();
    if (!seal) {
        return seal.error();
    }
    const Result<QByteArray> facts = sealedFacts(seal->generation);
    const Result<QList<Row>> rows = readRows(m_database);
    if (!facts || !rows) {
        return facts ? rows.error() : facts.error();
    }
    Proof proof{.generation = seal->generation,
                .isIntact = unseal(*m_key.key, seal->box, *facts).has_value()};
    for (const Row &row : *rows) {
        proof.isIntact = proof.isIntact && open(row, m_key).has_value();
    }
    return proof;
}

Result<AccountSecrets> SavedAuthentications::secretsOf(const AccountKey &key)
{
    // One view of the file, in which another process's change is all there or not at all.
    if (const auto begun = execute(m_database, u"BEGIN"_s); !begun) {
        return begun.error();
    }
    const Result<qint64> generation = intactGeneration();
    const Result<std::optional<Row>> row = findRow(m_database, key);
    (void)execute(m_database, u"COMMIT"_s);
    if (!generation || !row) {
        return generation ? row.error() : generation.error();
    }
    if (!*row) {
        return notSavedError();
    }
    const std::optional<AccountSecrets> secrets = open(**row, m_key);
    if (!secrets) {
        return changedError();
    }
    return *secrets;
}

Result<qint64> SavedAuthentications::save(const Account &account, const AccountSecrets &secrets)
{
    Transaction transaction(m_database);
    if (transaction.error()) {
        return *transaction.error();
    }
    const Result<qint64> generation = intactGeneration();
    const Result<std::optional<Row>> old = findRow(m_database, account.key);
    const Result<qint64> freeId = nextId(m_database);
    if (!generation || !old || !freeId) {
        return !generation ? generation.error() : !old ? old.error() : freeId.error();
    }
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto &expiresAt = secrets.accessTokenExpiresAt;
    Row row{.id = *old ? (*old)->id : *freeId,
            .provider = account.key.provider,
            .authType = word(account.key.type),
            .account = account.key.accountId,
            .email = account.email,
            .name = account.name,
            .plan = account.plan,
            .organization = account.organization,
            .project = account.project,
            .clientId = account.clientId,
            .dataKeyId = m_key.id,
            .credentials = {},
            .expiresAt = expiresAt ? std::optional(expiresAt->toMSecsSinceEpoch()) : std::nullopt,
            .createdAt = *old ? (*old)->createdAt : now,
            .updatedAt = now,
            .rev = *old ? (*old)->rev + 1 : 1};
    const Result<QByteArray> box = seal(*m_key.key, pack(secrets), associatedDataOf(row));
    if (!box) {
        return box.error();
    }
    row.credentials = *box;
    if (auto error = store(m_database, row)) {
        return *error;
    }
    if (auto error = writeSeal(*generation + 1)) {
        return *error;
    }
    if (auto error = transaction.commit()) {
        return *error;
    }
    return *generation + 1;
}

Result<qint64> SavedAuthentications::remove(const AccountKey &key)
{
    Transaction transaction(m_database);
    if (transaction.error()) {
        return *transaction.error();
    }
    const Result<qint64> generation = intactGeneration();
    if (!generation) {
        return generation;
    }
    const auto done = execute(
        m_database,
        u"DELETE FROM saved_authentications WHERE provider = ? AND auth_type = ? AND account = ?"_s,
        {columnText(key.provider), word(key.type), columnText(key.accountId)});
    if (!done) {
        return done.error();
    }
    if (auto error = writeSeal(*generation + 1)) {
        return *error;
    }
    if (auto error = transaction.commit()) {
        return *error;
    }
    // The log still holds the row, until it is written into the file and cut.
    (void)execute(m_database, u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    return *generation + 1;
}

Result<qint64> SavedAuthentications::replaceSlots(const KeySlot &slot)
{
    Transaction transaction(m_database);
    if (transaction.error()) {
        return *transaction.error();
    }
    const Result<qint64> generation = intactGeneration();
    if (!generation) {
        return generation;
    }
    if (const auto done = execute(m_database, u"DELETE FROM key_slots"_s); !done) {
        return done.error();
    }
    if (auto error = insertSlot(m_database, slot)) {
        return *error;
    }
    if (auto error = writeSeal(*generation + 1)) {
        return *error;
    }
    if (auto error = transaction.commit()) {
        return *error;
    }
    (void)execute(m_database, u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    return *generation + 1;
}

Result<qint64> SavedAuthentications::acceptAsIs(qint64 generation)
{
    Transaction transaction(m_database);
    if (transaction.error()) {
        return *transaction.error();
    }
    const Result<QList<Row>> rows = readRows(m_database);
    const Result<Seal> seal = readSeal();
    if (!rows) {
        return rows.error();
    }
    for (const Row &row : *rows) {
        if (!open(row, m_key)) {
            if (const auto done = execute(
                    m_database, u"DELETE FROM saved_authentications WHERE id = ?"_s, {row.id});
                !done) {
                return done.error();
            }
        }
    }
    const qint64 next = std::max(generation, seal ? seal->generation : 0) + 1;
    if (auto error = writeSeal(next)) {
        return *error;
    }
    if (auto error = transaction.commit()) {
        return *error;
    }
    return next;
}

Result<SavedAuthentications::Seal> SavedAuthentications::readSeal()
{
    Result<QSqlQuery> query
        = execute(m_database, u"SELECT generation, seal, data_key FROM vault_seal WHERE id = 1"_s);
    if (!query) {
        return query.error();
    }
    if (!query->next() || query->value(2).toString() != m_key.id) {
        return Seal{}; // opens with no key
    }
    return Seal{query->value(0).toLongLong(), query->value(1).toByteArray()};
}

std::optional<Error> SavedAuthentications::writeSeal(qint64 generation)
{
    const Result<QByteArray> facts = sealedFacts(generation);
    if (!facts) {
        return facts.error();
    }
    const Result<QByteArray> box = seal(*m_key.key, Secret(), *facts);
    if (!box) {
        return box.error();
    }
    const auto done
        = execute(m_database,
                  u"REPLACE INTO vault_seal (id, generation, seal, data_key) VALUES (1, ?, ?, ?)"_s,
                  {generation, *box, m_key.id});
    return done ? std::nullopt : std::optional(done.error());
}

//! What the seal is over: the slots, and the rows with their revisions.
Result<QByteArray> SavedAuthentications::sealedFacts(qint64 generation)
{
    QByteArray data = associatedData({Format, "vault_seal", m_key.id.toUtf8()});
    appendNumber(data, generation);
    const Result<QList<KeySlot>> keySlots = readSlots(m_database);
    const Result<QList<Row>> rows = readRows(m_database);
    if (!keySlots || !rows) {
        return keySlots ? rows.error() : keySlots.error();
    }
    appendNumber(data, keySlots->size());
    for (const KeySlot &slot : *keySlots) {
        appendField(data, slot.id.toUtf8());
    }
    for (const Row &row : *rows) {
        appendNumber(data, row.id);
        appendNumber(data, row.rev);
    }
    return data;
}

Result<qint64> SavedAuthentications::intactGeneration()
{
    const Result<Seal> seal = readSeal();
    if (!seal) {
        return seal.error();
    }
    const Result<QByteArray> facts = sealedFacts(seal->generation);
    if (!facts) {
        return facts.error();
    }
    if (!unseal(*m_key.key, seal->box, *facts)) {
        return changedError();
    }
    return seal->generation;
}

} // namespace Maestro
