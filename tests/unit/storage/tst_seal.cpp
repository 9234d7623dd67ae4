// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/packedsecrets.h"
#include "storage/passphrasekey.h"
#include "storage/seal.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_Seal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithNist_data();
    void agreesWithNist();
    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void neverUsesANonceTwice();
    void refusesEveryChangedByte();
    void refusesOtherAssociatedData();
    void tellsFieldsApart();
    void hidesHowLongTheSecretIs();
    void refusesWhatIsTooShort();
    void makesTheSameKeyOfTheSamePassphrase();
    void refusesParametersThatCostTooMuchOrNothing_data();
    void refusesParametersThatCostTooMuchOrNothing();
    void packsAndUnpacks();
    void unpacksTheFirstFormat();
    void unpacksNothingElse();
    void locksTheKeyInMemory();
    void cleansAKeyThatMoved();
};

namespace {

LockedKey keyFrom(const QByteArray &hex) { return *LockedKey::fromBytes(QByteArray::fromHex(hex)); }

LockedKey someKey() { return keyFrom(QByteArray(64, '7')); }

} // namespace

void tst_Seal::agreesWithNist_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("nonce");
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("associated");
    QTest::addColumn<QByteArray>("sealed");

    // The GCM specification (McGrew and Viega), test cases 13 to 16.
    const QByteArray zeroKey(64, '0');
    const QByteArray key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    const QByteArray plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0"
                             "c95956809532fcf0e2449a6b525"
                             "b16aedf5aa0de657ba637b391aafd255";
    const QByteArray cipher = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb0"
                              "8e48590dbb3da7b08b1056828838"
                              "c5f61e6393ba7a0abcc9f662898015ad";
    QTest::newRow("case 13: nothing")
        << zeroKey << QByteArray(24, '0') << QByteArray() << QByteArray()
        << QByteArray("530f8afbc74536b9a963b4f1c4cb738b");
    QTest::newRow("case 14: a block of zeros")
        << zeroKey << QByteArray(24, '0') << QByteArray(32, '0') << QByteArray()
        << QByteArray("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    QTest::newRow("case 15: four blocks")
        << key << QByteArray("cafebabefacedbaddecaf888") << plain << QByteArray()
        << QByteArray(cipher + "b094dac5d93471bdec1a502270e3cc6c");
    QTest::newRow("case 16: with associated data")
        << key << QByteArray("cafebabefacedbaddecaf888") << plain.left(120)
        << QByteArray("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        << QByteArray(cipher.left(120) + "76fc6ece0f4e1768cddf8853bb2d551b");
}

void tst_Seal::agreesWithNist()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, nonce);
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, associated);
    QFETCH(QByteArray, sealed);

    const LockedKey locked = keyFrom(key);
    const auto result = Gcm::encrypt(locked, QByteArray::fromHex(nonce), QByteArray::fromHex(plain),
                                     QByteArray::fromHex(associated));
    QVERIFY(bool(result));
    QCOMPARE(result->toHex(), sealed);

    const auto opened = Gcm::decrypt(locked, QByteArray::fromHex(nonce), *result,
                                     QByteArray::fromHex(associated));
    QVERIFY(opened.has_value());
    QCOMPARE(opened->reveal().toHex(), plain);
}

void tst_Seal::opensWhatItSealed_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const qsizetype size : {0, 1, 251, 252, 253, 255, 256, 257, 5000, 100000}) {
        QTest::addRow("%d bytes", int(size)) << QByteArray(size, 'x');
    }
    QTest::newRow("zeros") << QByteArray(300, '\0');
}

void tst_Seal::opensWhatItSealed()
{
    QFETCH(QByteArray, text);
    const LockedKey key = someKey();
    const auto box = seal(key, Secret(text), "row 1");
    QVERIFY(bool(box));
    QVERIFY(text.size() < 8 || !box->contains(text.left(8)));
    const auto opened = unseal(key, *box, "row 1");
    QVERIFY(opened.has_value());
    QCOMPARE(opened->reveal(), text);
    QVERIFY(!unseal(keyFrom(QByteArray(64, '8')), *box, "row 1"));
}

void tst_Seal::neverUsesANonceTwice()
{
    const LockedKey key = someKey();
    QSet<QByteArray> nonces;
    for (int i = 0; i < 10000; ++i) {
        nonces.insert((*seal(key, Secret("same"), "same")).left(Gcm::NonceSize));
    }
    QCOMPARE(nonces.size(), 10000);
}

void tst_Seal::refusesEveryChangedByte()
{
    const LockedKey key = someKey();
    const QByteArray box = *seal(key, Secret(QByteArray(700, 's')), "row 1");
    for (qsizetype i = 0; i < box.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = box;
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            QVERIFY2(!unseal(key, changed, "row 1"), qPrintable(QString::number(i)));
        }
        QVERIFY(!unseal(key, box.left(i), "row 1"));
    }
    QVERIFY(!unseal(key, box + 'x', "row 1"));
}

void tst_Seal::refusesOtherAssociatedData()
{
    const LockedKey key = someKey();
    const QByteArray box = *seal(key, Secret("secret"), "row 1");
    for (const QByteArray &other :
         {QByteArray("row 2"), QByteArray("row 1 "), QByteArray("row "), QByteArray()}) {
        QVERIFY(!unseal(key, box, other));
    }
}

void tst_Seal::tellsFieldsApart()
{
    QVERIFY(associatedData({"ab", "c"}) != associatedData({"a", "bc"}));
    QVERIFY(associatedData({"ab"}) != associatedData({"ab", ""}));
    QVERIFY(associatedData({}) != associatedData({""}));
}

void tst_Seal::hidesHowLongTheSecretIs()
{
    const LockedKey key = someKey();
    QCOMPARE(seal(key, Secret("a"), {})->size(),
             seal(key, Secret(QByteArray(252, 'a')), {})->size());
    QVERIFY(seal(key, Secret(QByteArray(253, 'a')), {})->size()
            > seal(key, Secret("a"), {})->size());
}

void tst_Seal::refusesWhatIsTooShort()
{
    const LockedKey key = someKey();
    for (qsizetype size = 0; size < 60; ++size) {
        QVERIFY(!unseal(key, QByteArray(size, '\0'), {}));
    }
    QVERIFY(!LockedKey::fromBytes(QByteArray(31, 'k')));
    QVERIFY(!LockedKey::fromBytes(QByteArray(33, 'k')));
    QVERIFY(!Gcm::encrypt(key, QByteArray(11, 'n'), "x", {}));
}

void tst_Seal::makesTheSameKeyOfTheSamePassphrase()
{
    const auto parameters = newPassphraseParameters();
    QVERIFY(bool(parameters));
    QCOMPARE(parameters->n, quint64(1) << 17);
    const auto stored = passphraseParametersFrom(toBytes(*parameters));
    QVERIFY(stored.has_value());
    QCOMPARE(*stored, *parameters);

    PassphraseParameters quick{.n = 1 << 14, .salt = parameters->salt};
    QVERIFY(*keyOf(Secret("correct horse"), quick) == *keyOf(Secret("correct horse"), quick));
    QVERIFY(!(*keyOf(Secret("correct horse"), quick) == *keyOf(Secret("correct horsf"), quick)));
    PassphraseParameters salted = quick;
    salted.salt[0] = static_cast<char>(salted.salt[0] + 1);
    QVERIFY(!(*keyOf(Secret("correct horse"), quick) == *keyOf(Secret("correct horse"), salted)));

    QVERIFY(bool(keyOf(Secret("correct horse"), *parameters)));
}

void tst_Seal::refusesParametersThatCostTooMuchOrNothing_data()
{
    QTest::addColumn<quint64>("n");
    QTest::addColumn<quint32>("r");
    QTest::addColumn<quint32>("p");
    QTest::newRow("no effort") << quint64(2) << 8U << 1U;
    QTest::newRow("no power of two") << quint64(100000) << 8U << 1U;
    QTest::newRow("n of a terabyte") << (quint64(1) << 40) << 8U << 1U;
    QTest::newRow("n that overflows") << (quint64(1) << 63) << 8U << 1U;
    QTest::newRow("r of gigabytes") << (quint64(1) << 20) << 32U << 1U;
    QTest::newRow("p for ever") << (quint64(1) << 17) << 8U << 4000000000U;
    QTest::newRow("zeros") << quint64(0) << 0U << 0U;
}

void tst_Seal::refusesParametersThatCostTooMuchOrNothing()
{
    QFETCH(quint64, n);
    QFETCH(quint32, r);
    QFETCH(quint32, p);
    const PassphraseParameters parameters{.n = n, .r = r, .p = p, .salt = QByteArray(16, 's')};
    QVERIFY(!passphraseParametersFrom(toBytes(parameters)));
    QVERIFY(!keyOf(Secret("correct horse"), parameters));
}

void tst_Seal::packsAndUnpacks()
{
    const AccountSecrets secrets{.signsWith = Credential::Type::OAuthToken,
                                 .apiKey = Secret("key"),
                                 .accessToken = Secret(QByteArray("a\0b", 3)),
                                 .refreshToken = Secret(QByteArray(9000, 'r')),
                                 .idToken = {},
                                 .accessTokenExpiresAt
                                 = QDateTime::fromMSecsSinceEpoch(1700000000123, Qt::UTC),
                                 .servers = {u"https://a.example"_s, u"https://b.example:1"_s}};
    QVERIFY(unpack(pack(secrets)) == secrets);
    QVERIFY(unpack(pack({})) == AccountSecrets{});
}

void tst_Seal::unpacksTheFirstFormat()
{
    // It ended before the servers, of which there are none here.
    const AccountSecrets secrets{.apiKey = Secret("key")};
    const QByteArray packed = pack(secrets).reveal();
    QVERIFY(unpack(Secret('\1' + packed.mid(1).chopped(4))) == secrets);
}

void tst_Seal::unpacksNothingElse()
{
    const QByteArray packed
        = pack({.apiKey = Secret("key"), .accessToken = Secret("token")}).reveal();
    for (qsizetype size = 0; size < packed.size(); ++size) {
        QVERIFY(!unpack(Secret(packed.left(size))));
    }
    QVERIFY(!unpack(Secret(packed + 'x')));
    QVERIFY(!unpack(Secret('\3' + packed.mid(1))));
    QVERIFY(!unpack(Secret(QByteArray(64, '\xff'))));
}

void tst_Seal::locksTheKeyInMemory()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("Sanitizers lock no memory.");
#endif
    const auto lockedKilobytes = [] {
        QFile status(u"/proc/self/status"_s);
        if (!status.open(QIODevice::ReadOnly)) {
            return -1;
        }
        const QByteArray text = status.readAll();
        return text.mid(text.indexOf("VmLck:") + 6).trimmed().split(' ').first().toInt();
    };
    const int before = lockedKilobytes();
    if (before < 0) {
        QSKIP("This system does not say how much memory is locked.");
    }
    {
        const LockedKey key = *LockedKey::random();
        QVERIFY(lockedKilobytes() > before);
    }
    QCOMPARE(lockedKilobytes(), before);
}

void tst_Seal::cleansAKeyThatMoved()
{
    LockedKey key = *LockedKey::random();
    const QByteArray bytes = key.bytes().toByteArray();
    LockedKey moved = std::move(key);
    QCOMPARE(moved.bytes().toByteArray(), bytes);
    moved = LockedKey();
    QCOMPARE(moved.bytes().toByteArray(), QByteArray(32, '\0'));
}

QTEST_GUILESS_MAIN(tst_Seal)
#include "tst_seal.moc"
