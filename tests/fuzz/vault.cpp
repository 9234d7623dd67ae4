// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What stands in the vault's database, when anybody may have written it: values of any type in
// every column, and bytes where a sealed secret should be. Nothing that was not sealed with the key
// opens, and what was, opens as long as nothing was changed.

#include "fuzz.h"
#include "storage/packedsecrets.h"
#include "storage/passphrasekey.h"
#include "storage/savedauthentications.h"
#include "storage/savedrow.h"
#include "storage/seal.h"
#include "storage/vaultfile.h"

#include <QCoreApplication>
#include <QSqlQuery>
#include <QtEndian>

#include <algorithm>
#include <limits>

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace Qt::StringLiterals;

namespace {

const DataKey &dataKey()
{
    static const DataKey key{
        u"data-key"_s,
        std::make_shared<const LockedKey>(*LockedKey::fromBytes(QByteArray(32, 'k')))};
    return key;
}

//! The vault's tables, but every column takes anything.
QSqlDatabase &database()
{
    static int arguments = 0;
    static const QCoreApplication application(arguments, nullptr);
    static QSqlDatabase memory = [] {
        QSqlDatabase made = QSqlDatabase::addDatabase(u"QSQLITE"_s);
        made.setDatabaseName(u":memory:"_s);
        require(made.open(), "there is a database");
        for (const QString &statement :
             {u"CREATE TABLE key_slots (id, kind, parameters, data_key, wrapped)"_s,
              u"CREATE TABLE saved_authentications (id INTEGER PRIMARY KEY, provider, auth_type, "
              "account, email, name, plan, organization, project, client_id, data_key, "
              "credentials, "
              "expires_at, created_at, updated_at, rev)"_s,
              u"CREATE TABLE vault_seal (id INTEGER PRIMARY KEY, data_key, generation, "
              "key_made_at, key_made_in, seal)"_s}) {
            require(bool(execute(made, statement)), "there are tables");
        }
        return made;
    }();
    return memory;
}

//! Values for a database, out of bytes; NULL once they are used up.
class Values
{
public:
    explicit Values(QByteArrayView bytes)
        : m_left(bytes)
    { }

    bool isAtEnd() const { return m_left.isEmpty(); }
    quint8 byte() { return static_cast<quint8>(take(1).append('\0').at(0)); }
    QByteArray bytes() { return take(byte()); }
    QString text() { return QString::fromUtf8(bytes()); }
    qint64 number()
    {
        switch (byte() % 4) {
        case 0:
            return byte();
        case 1:
            return std::numeric_limits<qint64>::min() + byte();
        case 2:
            return std::numeric_limits<qint64>::max() - byte();
        default:
            return qFromBigEndian<qint64>(take(8).leftJustified(8, '\0').constData());
        }
    }
    QVariant any()
    {
        switch (byte() % 6) {
        case 0:
            return {};
        case 1:
            return number();
        case 2:
            return static_cast<double>(number()) / 3;
        case 3:
            return bytes();
        case 4:
            return u"data-key"_s;
        default:
            return text();
        }
    }

private:
    QByteArray take(qsizetype count)
    {
        const QByteArrayView taken = m_left.first(std::min(count, m_left.size()));
        m_left = m_left.sliced(taken.size());
        return taken.toByteArray();
    }

    QByteArrayView m_left;
};

void judgeBytes(QByteArrayView bytes)
{
    if (const auto secrets = unpack(Secret(bytes.toByteArray()))) {
        const Secret packed = pack(*secrets);
        require(unpack(packed) == secrets, "what was unpacked can be kept");
        // The first format had no servers, and is not written any more.
        constexpr char FirstFormat = 1;
        require(packed.reveal() == bytes || bytes[0] == FirstFormat,
                "only what pack() made can be unpacked");
    }
    if (const auto parameters = passphraseParametersFrom(bytes)) {
        require(toBytes(*parameters) == bytes, "parameters are what they were written as");
    }
    require(!unseal(*dataKey().key, bytes, "facts"), "what was not sealed does not open");
    const auto box = seal(*dataKey().key, Secret(bytes.toByteArray()), "facts");
    require(bool(box), "all can be sealed");
    require(unseal(*dataKey().key, *box, "facts") == Secret(bytes.toByteArray()),
            "what was sealed opens");
}

bool insert(const QString &table, int columns, Values &values)
{
    QStringList marks;
    QVariantList row;
    for (int i = 0; i < columns; ++i) {
        marks.append(u"?"_s);
        row.append(values.any());
    }
    return bool(
        execute(database(), u"INSERT INTO %1 VALUES (%2)"_s.arg(table, marks.join(u',')), row));
}

//! Rows of anything.
void judgeForeignDatabase(Values &values)
{
    while (!values.isAtEnd()) {
        switch (values.byte() % 3) {
        case 0:
            insert(u"key_slots"_s, 5, values);
            break;
        case 1:
            insert(u"saved_authentications"_s, 16, values);
            break;
        default:
            insert(u"vault_seal"_s, 6, values);
        }
    }
    const auto contents = readVault(database());
    require(bool(contents), "every database can be read");
    for (const KeySlot &slot : contents->keySlots) {
        require(!unwrap(slot, *dataKey().key), "a slot that was not sealed does not open");
        (void)passphraseParametersFrom(slot.parameters);
    }
    SavedAuthentications saved(database(), dataKey());
    const auto proof = saved.prove();
    require(!proof || !proof->isIntact, "what was not sealed is not intact");
    for (const Account &account : contents->accounts) {
        require(!saved.secretsOf(account.key), "what is not intact gives no secret");
        require(!saved.remove(account.key), "what is not intact is not changed");
    }
    (void)saved.isUnderOtherKey();
    if (const auto generation = saved.acceptAsIs(0)) {
        const auto after = saved.prove();
        require(after && after->isIntact, "what was accepted is intact");
        require(SavedAuthentications::listed(database())->isEmpty(),
                "of what was not sealed, nothing is accepted");
    }
}

constexpr QString SavedRow::*Texts[]
    = {&SavedRow::provider, &SavedRow::authType,     &SavedRow::account,
       &SavedRow::email,    &SavedRow::name,         &SavedRow::plan,
       &SavedRow::project,  &SavedRow::organization, &SavedRow::clientId};
constexpr qint64 SavedRow::*Numbers[]
    = {&SavedRow::id, &SavedRow::createdAt, &SavedRow::updatedAt, &SavedRow::rev};

//! Changes one thing about a row.
void change(SavedRow &row, quint8 which)
{
    if (which % 3 == 0) {
        row.credentials[which % row.credentials.size()] ^= 1;
    } else if (which % 3 == 1) {
        row.*Numbers[which % std::size(Numbers)] ^= 1;
    } else {
        row.*Texts[which % std::size(Texts)] += u'a';
    }
}

//! A row of any text, sealed, stored, read again; then one thing about it changed.
void judgeOwnRow(Values &values)
{
    SavedRow row;
    row.id = 1;
    for (QString SavedRow::*text : Texts) {
        row.*text = values.text();
    }
    row.createdAt = values.number();
    row.updatedAt = values.number();
    row.rev = values.number();
    const quint8 which = values.byte();
    const Secret packed(values.bytes());
    require(!sealRow(row, packed, dataKey()), "every row can be sealed");
    require(!storeRow(database(), row), "every row can be stored");
    const auto rows = readRows(database());
    require(rows && rows->size() == 1, "what was stored is there");
    SavedRow read = rows->first();
    require(unsealRow(read, dataKey()) == packed, "what was stored opens");
    change(read, which);
    require(!unsealRow(read, dataKey()), "what was changed does not open");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = viewOf(data, size);
    Values values(bytes);
    for (const QString &table : {u"key_slots"_s, u"saved_authentications"_s, u"vault_seal"_s}) {
        require(bool(execute(database(), u"DELETE FROM "_s + table)), "a table can be emptied");
    }
    switch (values.byte() % 3) {
    case 0:
        judgeBytes(bytes.sliced(std::min<qsizetype>(1, bytes.size())));
        break;
    case 1:
        judgeForeignDatabase(values);
        break;
    default:
        judgeOwnRow(values);
    }
    return 0;
}
