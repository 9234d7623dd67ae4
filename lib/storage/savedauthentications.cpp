// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/savedauthentications.h"

#include "storage/packedsecrets.h"
#include "storage/savedrow.h"
#include "storage/seal.h"

#include <QCoreApplication>
#include <QSqlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

struct SavedAuthentications::Seal
{
    QString dataKeyId;
    qint64 generation = 0;
    qint64 keyMadeAt = 0;
    qint64 keyMadeIn = 0; // the generation
    QByteArray box = {};
};

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Vault)
};

constexpr QByteArrayView Format = "maestro-vault/1";
//! A key seals two boxes with a random nonce at every change; GCM bears 2^32.
constexpr qint64 MaxChangesOfKey = 1 << 20;
constexpr qint64 MaxAgeOfKey = 365LL * 24 * 60 * 60 * 1000;

//! The generation of a seal that is broken, and so may be any number. One that nobody has counted
//! to is none: it must not be where we count on from.
qint64 believable(qint64 generation)
{
    constexpr qint64 Most = 1LL << 62;
    return generation >= 0 && generation <= Most ? generation : 0;
}

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

std::optional<AccountSecrets> open(const SavedRow &row, const DataKey &key)
{
    const std::optional<Secret> packed = unsealRow(row, key);
    return packed ? unpack(*packed) : std::nullopt;
}

} // namespace

SavedAuthentications::SavedAuthentications(QSqlDatabase &database, const DataKey &key)
    : m_database(database)
    , m_key(key)
{ }

Result<QList<Account>> SavedAuthentications::listed(QSqlDatabase &database)
{
    const Result<QList<SavedRow>> rows = readRows(database);
    if (!rows) {
        return rows.error();
    }
    QList<Account> accounts;
    for (const SavedRow &row : *rows) {
        accounts.append(accountOf(row));
    }
    return accounts;
}

std::optional<Error> SavedAuthentications::begin(qint64 now)
{
    return writeSeal({.dataKeyId = m_key.id, .generation = 1, .keyMadeAt = now, .keyMadeIn = 1});
}

Result<SavedAuthentications::Proof> SavedAuthentications::prove()
{
    const Snapshot snapshot(m_database);
    const Result<Seal> seal = readSeal();
    if (!seal) {
        return seal.error();
    }
    const Result<QByteArray> facts = sealedFacts(*seal);
    const Result<QList<SavedRow>> rows = readRows(m_database);
    if (!facts || !rows) {
        return facts ? rows.error() : facts.error();
    }
    Proof proof{.generation = believable(seal->generation)};
    if (unseal(*m_key.key, seal->box, *facts)) {
        const qint64 age = QDateTime::currentMSecsSinceEpoch() - seal->keyMadeAt;
        proof = {.generation = seal->generation,
                 .isIntact = true,
                 .isKeyOld
                 = age > MaxAgeOfKey || seal->generation - seal->keyMadeIn >= MaxChangesOfKey};
    }
    for (const SavedRow &row : *rows) {
        proof.isIntact = proof.isIntact && open(row, m_key).has_value();
    }
    return proof;
}

Result<AccountSecrets> SavedAuthentications::secretsOf(const AccountKey &key)
{
    const Snapshot snapshot(m_database);
    const Result<Seal> seal = intactSeal();
    const Result<std::optional<SavedRow>> row = findRow(m_database, key);
    if (!seal || !row) {
        return seal ? row.error() : seal.error();
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
    const Result<Seal> seal = intactSeal();
    const Result<std::optional<SavedRow>> old = findRow(m_database, account.key);
    const Result<qint64> freeId = nextRowId(m_database);
    if (!seal || !old || !freeId) {
        return !seal ? seal.error() : !old ? old.error() : freeId.error();
    }
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto &expiresAt = secrets.accessTokenExpiresAt;
    SavedRow row{.id = *old ? (*old)->id : *freeId,
                 .provider = account.key.provider,
                 .authType = typeWord(account.key.type),
                 .account = account.key.accountId,
                 .email = account.email,
                 .name = account.name,
                 .plan = account.plan,
                 .organization = account.organization,
                 .project = account.project,
                 .clientId = account.clientId,
                 .dataKeyId = {},
                 .credentials = {},
                 .expiresAt
                 = expiresAt ? std::optional(expiresAt->toMSecsSinceEpoch()) : std::nullopt,
                 .createdAt = *old ? (*old)->createdAt : now,
                 .updatedAt = now,
                 .rev = *old ? (*old)->rev + 1 : 1};
    if (auto error = sealRow(row, pack(secrets), m_key)) {
        return *error;
    }
    if (auto error = storeRow(m_database, row)) {
        return *error;
    }
    return commitNext(*seal, transaction);
}

Result<qint64> SavedAuthentications::remove(const AccountKey &key)
{
    Transaction transaction(m_database);
    if (transaction.error()) {
        return *transaction.error();
    }
    const Result<Seal> seal = intactSeal();
    if (!seal) {
        return seal.error();
    }
    if (auto error = deleteRow(m_database, key)) {
        return *error;
    }
    const Result<qint64> generation = commitNext(*seal, transaction);
    if (generation) {
        // The log still holds the row, until it is written into the file and cut.
        (void)execute(m_database, u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    }
    return generation;
}

Result<qint64> SavedAuthentications::sealUnder(const DataKey &key, const KeySlot &slot)
{
    const Result<Seal> seal = intactSeal();
    const Result<QList<SavedRow>> rows = readRows(m_database);
    if (!seal || !rows) {
        return seal ? rows.error() : seal.error();
    }
    for (SavedRow row : *rows) {
        const std::optional<Secret> packed = unsealRow(row, m_key);
        if (!packed) {
            return changedError();
        }
        ++row.rev;
        if (auto error = sealRow(row, *packed, key)) {
            return *error;
        }
        if (auto error = storeRow(m_database, row)) {
            return *error;
        }
    }
    if (const auto done = execute(m_database, u"DELETE FROM key_slots"_s); !done) {
        return done.error();
    }
    if (auto error = insertSlot(m_database, slot)) {
        return *error;
    }
    const Seal next{.dataKeyId = key.id,
                    .generation = seal->generation + 1,
                    .keyMadeAt = QDateTime::currentMSecsSinceEpoch(),
                    .keyMadeIn = seal->generation + 1};
    if (auto error = SavedAuthentications(m_database, key).writeSeal(next)) {
        return *error;
    }
    return next.generation;
}

Result<qint64> SavedAuthentications::acceptAsIs(qint64 generation)
{
    Transaction transaction(m_database);
    if (transaction.error()) {
        return *transaction.error();
    }
    const Result<QList<SavedRow>> rows = readRows(m_database);
    Result<Seal> seal = readSeal();
    if (!seal || !rows) {
        return seal ? rows.error() : seal.error();
    }
    for (const SavedRow &row : *rows) {
        if (!open(row, m_key)) {
            if (const auto done = execute(
                    m_database, u"DELETE FROM saved_authentications WHERE id = ?"_s, {row.id});
                !done) {
                return done.error();
            }
        }
    }
    seal->dataKeyId = m_key.id;
    seal->generation = std::max(generation, believable(seal->generation));
    seal->keyMadeAt = std::clamp<qint64>(seal->keyMadeAt, 0, QDateTime::currentMSecsSinceEpoch());
    seal->keyMadeIn = std::clamp<qint64>(seal->keyMadeIn, 0, seal->generation);
    return commitNext(*seal, transaction);
}

bool SavedAuthentications::isUnderOtherKey()
{
    const Result<Seal> seal = readSeal();
    return seal && !seal->dataKeyId.isEmpty() && seal->dataKeyId != m_key.id;
}

//! All empty, where there is none.
Result<SavedAuthentications::Seal> SavedAuthentications::readSeal()
{
    Result<QSqlQuery> query = execute(m_database,
                                      u"SELECT data_key, generation, key_made_at, key_made_in, "
                                      "seal FROM vault_seal WHERE id = 1"_s);
    if (!query) {
        return query.error();
    }
    if (!query->next()) {
        return Seal{};
    }
    return Seal{.dataKeyId = query->value(0).toString(),
                .generation = query->value(1).toLongLong(),
                .keyMadeAt = query->value(2).toLongLong(),
                .keyMadeIn = query->value(3).toLongLong(),
                .box = query->value(4).toByteArray()};
}

std::optional<Error> SavedAuthentications::writeSeal(const Seal &seal)
{
    const Result<QByteArray> facts = sealedFacts(seal);
    if (!facts) {
        return facts.error();
    }
    const Result<QByteArray> box = Maestro::seal(*m_key.key, Secret(), *facts);
    if (!box) {
        return box.error();
    }
    const auto done = execute(
        m_database,
        u"REPLACE INTO vault_seal (id, data_key, generation, key_made_at, key_made_in, seal) "
        "VALUES (1, ?, ?, ?, ?, ?)"_s,
        {seal.dataKeyId, seal.generation, seal.keyMadeAt, seal.keyMadeIn, *box});
    return done ? std::nullopt : std::optional(done.error());
}

//! The generation after it.
Result<qint64> SavedAuthentications::commitNext(Seal seal, Transaction &transaction)
{
    ++seal.generation;
    if (auto error = writeSeal(seal)) {
        return *error;
    }
    if (auto error = transaction.commit()) {
        return *error;
    }
    return seal.generation;
}

//! What the seal is over: the key's age, the slots, and the rows with their revisions.
Result<QByteArray> SavedAuthentications::sealedFacts(const Seal &seal)
{
    QByteArray data = associatedData({Format, "vault_seal", seal.dataKeyId.toUtf8()});
    appendNumber(data, seal.generation);
    appendNumber(data, seal.keyMadeAt);
    appendNumber(data, seal.keyMadeIn);
    const Result<QList<KeySlot>> keySlots = readSlots(m_database);
    const Result<QList<SavedRow>> rows = readRows(m_database);
    if (!keySlots || !rows) {
        return keySlots ? rows.error() : keySlots.error();
    }
    appendNumber(data, keySlots->size());
    for (const KeySlot &slot : *keySlots) {
        appendField(data, slot.id.toUtf8());
    }
    for (const SavedRow &row : *rows) {
        appendNumber(data, row.id);
        appendNumber(data, row.rev);
    }
    return data;
}

//! Of a vault in which nothing was changed, added or taken away.
Result<SavedAuthentications::Seal> SavedAuthentications::intactSeal()
{
    Result<Seal> seal = readSeal();
    if (!seal) {
        return seal;
    }
    const Result<QByteArray> facts = sealedFacts(*seal);
    if (!facts) {
        return facts.error();
    }
    if (seal->dataKeyId != m_key.id || !unseal(*m_key.key, seal->box, *facts)) {
        return changedError();
    }
    return seal;
}

} // namespace Maestro
