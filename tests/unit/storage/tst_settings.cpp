// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/settings.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const AccountKey Key{u"openai"_s, AccountKey::Type::ApiKey, u"5f2a0c1e"_s};
const AccountKey Server{u"compatible"_s, AccountKey::Type::ApiKey, u"http://[::1]:8080/v1"_s};

} // namespace

class tst_Settings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersTheDefaultAccounts();
    void remembersThisInstallation();
    void remembersFavouritesAndHowModelsCount();
    void takesGarbageForNoChoice_data();
    void takesGarbageForNoChoice();
    void saysThatItCouldNotWrite();
    void isForThisPersonAlone();

private:
    QString file() const
    {
        return m_folder.filePath(QString::number(m_number) + u"/settings.ini"_s);
    }

    QTemporaryDir m_folder;
    int m_number = 0;
};

void tst_Settings::remembersTheDefaultAccounts()
{
    {
        Settings settings(file());
        QVERIFY(!settings.defaultAccount());
        QVERIFY(!QFile::exists(file()));
        QVERIFY(!settings.setDefaultAccount(Key));
        QVERIFY(!settings.setDefaultAccount(Server));
    }
    const Settings settings(file());
    QCOMPARE(settings.defaultAccount(), Server);
    QCOMPARE(settings.defaultAccountOf(u"openai"_s), Key);
    QVERIFY(!settings.defaultAccountOf(u"gemini"_s));
}

void tst_Settings::remembersThisInstallation()
{
    ++m_number;
    {
        Settings settings(file());
        QVERIFY(settings.hostId().isEmpty());
        QVERIFY(!settings.keepHostId(u"urn:uuid:1"_s).result());
        QVERIFY(!settings.keepPendingClientId(u"chatgpt"_s, u"oaiapp_1"_s).result());
    }
    Settings settings(file());
    QCOMPARE(settings.hostId(), u"urn:uuid:1"_s);
    QCOMPARE(settings.pendingClientId(u"chatgpt"_s), u"oaiapp_1"_s);
    QVERIFY(settings.pendingClientId(u"openai"_s).isEmpty());
    QVERIFY(!settings.keepPendingClientId(u"chatgpt"_s, {}).result());
    QVERIFY(Settings(file()).pendingClientId(u"chatgpt"_s).isEmpty());
}

void tst_Settings::remembersFavouritesAndHowModelsCount()
{
    ++m_number;
    const TokenRates rates
        = TokenRates::fromJson({{u"a/b,c;%\"é"_s, QJsonArray{600, 200, 1, 200}}});
    QVERIFY(rates != TokenRates());
    {
        Settings settings(file());
        QVERIFY(settings.favouriteModels().isEmpty());
        QCOMPARE(settings.tokenRates(), TokenRates());
        QVERIFY(!settings.setFavouriteModels({u"openai/gpt, and more"_s, u"gemini/é"_s}));
        QVERIFY(!settings.setTokenRates(rates));
    }
    Settings settings(file());
    QCOMPARE(settings.favouriteModels(), (QStringList{u"openai/gpt, and more"_s, u"gemini/é"_s}));
    QCOMPARE(settings.tokenRates(), rates);
    QVERIFY(!settings.setFavouriteModels({}));
    QVERIFY(Settings(file()).favouriteModels().isEmpty());
}

void tst_Settings::takesGarbageForNoChoice_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no settings") << QByteArray("\0\xff\xfe[[[===\n\n;", 12);
    QTest::newRow("an unknown type") << QByteArray(
        "[default-accounts]\nopenai=password, x\n[General]\ndefault-provider=openai\n");
    QTest::newRow("too few words")
        << QByteArray("[default-accounts]\nopenai=oauth\n[General]\ndefault-provider=openai\n");
}

void tst_Settings::takesGarbageForNoChoice()
{
    ++m_number;
    QFETCH(QByteArray, content);
    QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
    QFile written(file());
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(content);
    written.close();
    Settings settings(file());
    QVERIFY(!settings.defaultAccount());
    QVERIFY(settings.favouriteModels().isEmpty());
    QCOMPARE(settings.tokenRates(), TokenRates());
    QVERIFY(!settings.setDefaultAccount(Key));
    QCOMPARE(Settings(file()).defaultAccount(), Key);
}

void tst_Settings::saysThatItCouldNotWrite()
{
    ++m_number;
    QVERIFY(QDir().mkpath(file())); // a folder where the file should be
    Settings settings(file());
    QVERIFY(settings.setDefaultAccount(Key));
}

void tst_Settings::isForThisPersonAlone()
{
    ++m_number;
    const mode_t before = ::umask(0);
    Settings settings(file());
    QVERIFY(!settings.setDefaultAccount(Key));
    QVERIFY(!settings.setDefaultAccount(Server));
    ::umask(before);
    constexpr auto Person
        = QFile::ReadUser | QFile::WriteUser | QFile::ReadOwner | QFile::WriteOwner;
    QCOMPARE(QFile::permissions(file()) & ~Person, QFile::Permissions());
    constexpr auto Enter = Person | QFile::ExeUser | QFile::ExeOwner;
    QCOMPARE(QFile::permissions(QFileInfo(file()).path()) & ~Enter, QFile::Permissions());
}

QTEST_GUILESS_MAIN(tst_Settings)
#include "tst_settings.moc"
