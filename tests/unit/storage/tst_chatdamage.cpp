// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chats.h"
#include "storage/chatschema.h"
#include "support/await.h"
#include "support/chatvalues.h"

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Test;
using namespace Qt::StringLiterals;

//! A file of conversations that is not as it was left: nothing of it is thrown away, and what
//! happened is said.
class tst_ChatDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_folder = std::make_unique<QTemporaryDir>(quickPlace()); }
    void flippedBytes();
    void truncatedFiles();
    void anotherProgramsFile();
    void aNewerMaestrosFile();
    void anIndexThatIsDamaged();
    void anIndexThatCannotBeOpened();
    void aFileThatHasCodeInIt();

private:
    static QString quickPlace()
    {
        const QFileInfo memory(u"/dev/shm"_s);
        return (memory.isWritable() ? memory.filePath() : QDir::tempPath()) + u"/maestro-XXXXXX"_s;
    }
    QString path() const { return m_folder->filePath(u"data/conversations.db"_s); }
    void write(const QByteArray &bytes) const;
    bool execOn(const QStringList &statements) const;
    QString judge(const QByteArray &damaged) const;

    QByteArray m_sound;
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr quint32 Seed = 20261122;
constexpr int Conversations = 20;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
}

} // namespace

void tst_ChatDamage::initTestCase()
{
    init();
    {
        Chats chats(path());
        QVERIFY(bool(await(chats.open())));
        for (ChatId id = 1; id <= Conversations; ++id) {
            (void)chats.save(id, u"Conversation %1"_s.arg(id), {});
            (void)chats.save(id,
                             {.id = id * 100,
                              .turn = Prompt{u"What about animal number %1? "_s.arg(id).repeated(9),
                                             {{u"a.txt"_s, u"text/plain"_s,
                                               QByteArray(3000, char('a' + id))}}}});
            (void)chats.save(id,
                             {.id = id * 100 + 1,
                              .parent = id * 100,
                              .kind = ConversationNode::Kind::Answer,
                              .turn = ModelTurn{u"openai"_s, fullAnswer()}});
        }
        QVERIFY(!await(chats.flush()));
    }
    m_sound = contents(path());
    QVERIFY(m_sound.size() > 50000);
}

void tst_ChatDamage::write(const QByteArray &bytes) const
{
    QDir(QFileInfo(path()).path()).removeRecursively();
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

bool tst_ChatDamage::execOn(const QStringList &statements) const
{
    Database database(path(), chatSchema());
    if (!await(database.open())) {
        return false;
    }
    return await(database.run([statements](QSqlDatabase &connection) {
        for (const QString &statement : statements) {
            if (change(connection, statement)) {
                return false;
            }
        }
        return true;
    }));
}

//! What became of it: "set aside", "refused" or "used"; else what was wrong about that.
QString tst_ChatDamage::judge(const QByteArray &damaged) const
{
    write(damaged);
    Chats chats(path());
    const auto opened = await(chats.open());
    if (!opened) {
        const bool isSaid
            = opened.error().message.endsWith(u'.') && !opened.error().advice.isEmpty();
        return isSaid && contents(path()) == damaged ? u"refused"_s : u"refused without a word"_s;
    }
    if (opened->setAside) {
        const bool isKept = contents(opened->setAside->detail) == damaged;
        const bool isUsable = !await(chats.save(1, u"New"_s, {}));
        return isKept && isUsable ? u"set aside"_s : u"lost"_s;
    }
    // It may be wrong in what was said, but it can be read, searched and written, or says why not.
    const auto list = await(chats.list());
    for (ChatId id = 1; list && id <= Conversations; ++id) {
        (void)await(chats.read(id, ChatStore::All));
    }
    (void)await(chats.search(u"animal"_s, 50));
    (void)await(chats.search(u"an"_s, 50));
    (void)await(chats.save(1, {.id = 5000, .turn = Prompt{u"another animal"_s}}));
    return u"used"_s;
}

void tst_ChatDamage::flippedBytes()
{
    QRandomGenerator random(Seed);
    QHash<QString, int> became;
    for (int i = 0; i < 300; ++i) {
        QByteArray damaged = m_sound;
        const int flips = i % 3 == 0 ? 200 : 1;
        for (int flip = 0; flip < flips; ++flip) {
            const auto at = static_cast<qsizetype>(random.bounded(quint32(damaged.size())));
            damaged[at] = char(damaged[at] ^ (1 << random.bounded(8)));
        }
        const QString judged = judge(damaged);
        QVERIFY2(judged == u"set aside"_s || judged == u"refused"_s || judged == u"used"_s,
                 qPrintable(judged));
        ++became[judged];
    }
    qInfo("%d set aside, %d refused, %d used", became[u"set aside"_s], became[u"refused"_s],
          became[u"used"_s]);
    QVERIFY(became[u"set aside"_s] > 50);
    QVERIFY(became[u"used"_s] > 10); // a letter that differs is no reason to give all up
}

void tst_ChatDamage::truncatedFiles()
{
    for (qsizetype size = 0; size < m_sound.size(); size += 1 + m_sound.size() / 60) {
        const QString judged = judge(m_sound.left(size));
        QVERIFY2(judged == u"set aside"_s, qPrintable(judged + u" at "_s + QString::number(size)));
    }
    QCOMPARE(judge(m_sound), u"used"_s);
}

void tst_ChatDamage::anotherProgramsFile()
{
    write(m_sound);
    QVERIFY(execOn({u"PRAGMA application_id = 7"_s}));
    Chats chats(path());
    const auto opened = await(chats.open());
    QVERIFY(opened && opened->setAside);
    QCOMPARE(opened->setAside->message,
             u"The file of the conversations was not one of Maestro's, and was set aside."_s);
    QVERIFY(!opened->setAside->advice.isEmpty());
}

void tst_ChatDamage::aNewerMaestrosFile()
{
    write(m_sound);
    QVERIFY(execOn({u"PRAGMA user_version = 99"_s}));
    const QByteArray before = contents(path());
    {
        Chats chats(path());
        const auto opened = await(chats.open());
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::Unsupported);
        QVERIFY(await(chats.save(1, u"x"_s, {})).has_value());
    }
    QCOMPARE(contents(path()), before);
}

void tst_ChatDamage::anIndexThatIsDamaged()
{
    write(m_sound);
    // Its pages; 1 and 10 say where they are.
    const QString damage = u"UPDATE messages_search_data SET block = x'0102030405' WHERE id > 10"_s;
    QVERIFY(execOn({damage}));
    Chats chats(path());
    const auto opened = await(chats.open());
    QVERIFY(bool(opened));
    QVERIFY(!opened->setAside);
    // It is made anew, for a search or for a message.
    const auto hits = await(chats.search(u"animal"_s, 50));
    QVERIFY2(bool(hits), hits ? "" : qPrintable(hits.error().detail));
    QCOMPARE(hits->size(), Conversations);
    QVERIFY(execOn({damage}));
    const auto error = await(chats.save(1, {.id = 5000, .turn = Prompt{u"another animal"_s}}));
    QVERIFY2(!error, error ? qPrintable(error->detail) : "");
    QCOMPARE(await(chats.search(u"another"_s, 50))->size(), 1);
}

void tst_ChatDamage::anIndexThatCannotBeOpened()
{
    write(m_sound);
    QVERIFY(execOn({u"UPDATE messages_search_data SET block = x'0102030405'"_s}));
    Chats chats(path());
    const auto opened = await(chats.open());
    QVERIFY(opened && opened->setAside);
    QVERIFY(!await(chats.save(1, u"New"_s, {})));
}

void tst_ChatDamage::aFileThatHasCodeInIt()
{
    write(m_sound);
    QVERIFY(execOn({u"CREATE TRIGGER t AFTER INSERT ON messages BEGIN DELETE FROM drafts; END"_s}));
    Chats chats(path());
    const auto opened = await(chats.open());
    QVERIFY(opened && opened->setAside);
}

QTEST_GUILESS_MAIN(tst_ChatDamage)
#include "tst_chatdamage.moc"
