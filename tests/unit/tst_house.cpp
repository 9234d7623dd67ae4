// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

//! Holds the arrows of CONTRIBUTING.md against the includes: what the include path would let
//! through.
class tst_House : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void includesOnlyWhatItsRoomMaySee_data();
    void includesOnlyWhatItsRoomMaySee();
    void keepsNetworkHeadersInTheirRooms();
    void opensTheNetworkInOnePlace_data();
    void opensTheNetworkInOnePlace();
    void noticesADoorThatIsNew_data();
    void noticesADoorThatIsNew();
    void hasNoSourceOutsideOfItsRooms();
};

namespace {

const QString Root = QStringLiteral(MAESTRO_SOURCE_DIR);

QStringList sources(const QString &folder)
{
    QStringList files;
    QDirIterator it(Root + u'/' + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        files.append(it.next());
    }
    return files;
}

QStringList includesOf(const QString &path)
{
    static const QRegularExpression include(u"^#include [\"<]([^\">]+)[\">]"_s,
                                            QRegularExpression::MultilineOption);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QStringList includes;
    auto matches = include.globalMatch(QString::fromUtf8(file.readAll()));
    while (matches.hasNext()) {
        includes.append(matches.next().captured(1));
    }
    return includes;
}

//! A way to the network, and the files that may open it.
struct Door
{
    QByteArray name;
    //! What it takes to make one, or to derive from it; a reference to one that is there is none.
    QString opening;
    QStringList files;
};

//! All but mentions that open nothing: `class X;`, `X &`, `X *`, `X::`, `unique_ptr<X>`.
QString made(const QString &classes)
{
    return uR"((?<!class )(?<!unique_ptr<)\b(%1)\b(?!\s*(&|\*|::))|\bnew (%1)\b|make_unique<(%1)>)"_s
        .arg(classes);
}

QList<Door> doors()
{
    return {
        {"requests",
         made(u"QNetworkAccessManager"_s),
         {// every request of the program
          u"lib/net/policynam.cpp"_s, u"lib/net/policynam.h"_s,
          // hands on to it what QtNetworkAuth sends
          u"lib/net/tokenendpoint.cpp"_s, u"lib/net/tokenendpoint.h"_s,
          // plays a browser, on loopback
          u"lib/practice/practiceperson.cpp"_s}},
        {"servers",
         made(u"Q(Tcp|Ssl|Http|Local|WebSocket)Server"_s),
         {u"lib/net/loopbackserver.h"_s, u"lib/practice/practiceprovider.cpp"_s}},
        {"sockets",
         uR"(\bnew Q(Tcp|Ssl|Udp|Sctp|Local|Abstract|Web)Socket\b|make_unique<Q\w+Socket>|)"
         uR"(\bpublic Q\w+Socket\b|\bQ(Tcp|Ssl|Udp|Sctp|Local|Web)Socket \w+[;({]|)"
         uR"(\b(connectToHost|connectToHostEncrypted|connectToServer)\b)"_s,
         {}},
        {"names",
         uR"(\bQHostInfo::(lookupHost|fromName)\b|\bQDnsLookup\b)"_s,
         {u"lib/net/fetchurltool.cpp"_s, u"lib/net/probes/nameprobe.cpp"_s}},
        {"the system's own",
         uR"(^#include <(sys/socket|netdb|netinet/.*|arpa/.*|curl/.*)\.h>)"_s,
         // a pair of its own, for signals
         {u"app/composition/interrupt.cpp"_s}},
    };
}

bool isOpenedIn(const Door &door, QString code)
{
    static const QRegularExpression notCode(
        uR"(//[^\n]*|^#include <Q\w+>|QT_FORWARD_DECLARE_CLASS\(\w+\))"_s,
        QRegularExpression::MultilineOption);
    return code.remove(notCode).contains(
        QRegularExpression(door.opening, QRegularExpression::MultilineOption));
}

} // namespace

void tst_House::includesOnlyWhatItsRoomMaySee_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QStringList>("rooms");

    QTest::newRow("core") << u"lib/core"_s << QStringList{u"core"_s};
    QTest::newRow("auth") << u"lib/auth"_s << QStringList{u"core"_s, u"auth"_s};
    QTest::newRow("providers") << u"lib/providers"_s << QStringList{u"core"_s, u"providers"_s};
    QTest::newRow("net") << u"lib/net"_s << QStringList{u"core"_s, u"auth"_s, u"net"_s};
    QTest::newRow("storage") << u"lib/storage"_s << QStringList{u"core"_s, u"storage"_s};
    QTest::newRow("practice") << u"lib/practice"_s << QStringList{u"core"_s, u"practice"_s};
    QTest::newRow("check") << u"lib/check"_s << QStringList{u"core"_s, u"check"_s};
    QTest::newRow("markdown") << u"lib/markdown"_s << QStringList{u"markdown"_s};
    QTest::newRow("syntax") << u"lib/syntax"_s << QStringList{u"core"_s, u"syntax"_s};
    QTest::newRow("ui") << u"ui"_s
                        << QStringList{u"core"_s, u"check"_s, u"markdown"_s, u"syntax"_s, u"ui"_s};
}

void tst_House::includesOnlyWhatItsRoomMaySee()
{
    QFETCH(QString, folder);
    QFETCH(QStringList, rooms);

    static const QStringList allRooms{u"core"_s,    u"auth"_s,     u"providers"_s, u"net"_s,
                                      u"storage"_s, u"markdown"_s, u"practice"_s,  u"check"_s,
                                      u"syntax"_s,  u"ui"_s,       u"app"_s};
    const QStringList files = sources(folder);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        const QStringList includes = includesOf(file);
        for (const QString &include : includes) {
            const QString room = include.section(u'/', 0, 0);
            QVERIFY2(!allRooms.contains(room) || !include.contains(u'/') || rooms.contains(room),
                     qPrintable(file + u" includes "_s + include));
        }
    }
}

void tst_House::keepsNetworkHeadersInTheirRooms()
{
    static const QRegularExpression network(
        u"^(QNetwork|QTcp|QSsl|QHost|QAbstractSocket|QOAuth|QHttp|QLocalS)"_s);
    static const QRegularExpression widgets(
        u"^(QWidget|QApplication|QMainWindow|QDialog|QLabel|QPainter|QFont)"_s);
    for (const QString &folder :
         {u"lib/core"_s, u"lib/auth"_s, u"lib/providers"_s, u"lib/storage"_s, u"lib/check"_s,
          u"lib/markdown"_s, u"lib/syntax"_s, u"ui"_s}) {
        const QStringList files = sources(folder);
        for (const QString &file : files) {
            const QStringList includes = includesOf(file);
            for (const QString &include : includes) {
                QVERIFY2(!network.match(include).hasMatch(),
                         qPrintable(file + u" includes "_s + include));
                QVERIFY2(folder == "ui"_L1 || !widgets.match(include).hasMatch(),
                         qPrintable(file + u" includes "_s + include));
            }
        }
    }
}

void tst_House::opensTheNetworkInOnePlace_data()
{
    QTest::addColumn<qsizetype>("index");
    const QList<Door> all = doors();
    for (qsizetype i = 0; i < all.size(); ++i) {
        QTest::newRow(all[i].name.constData()) << i;
    }
}

void tst_House::opensTheNetworkInOnePlace()
{
    QFETCH(qsizetype, index);
    const Door door = doors().at(index);
    QStringList opened;
    for (const QString &folder : {u"lib"_s, u"ui"_s, u"app"_s}) {
        const QStringList files = sources(folder);
        for (const QString &path : files) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            if (isOpenedIn(door, QString::fromUtf8(file.readAll()))) {
                opened.append(QDir(Root).relativeFilePath(path));
            }
        }
    }
    opened.sort();
    QCOMPARE(opened, door.files); // a door that is closed meanwhile is taken off the list, too
}

void tst_House::noticesADoorThatIsNew_data()
{
    QTest::addColumn<int>("door");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("isOpened");

    QTest::newRow("a member") << 0 << u"    QNetworkAccessManager m_network;"_s << true;
    QTest::newRow("on the heap") << 0 << u"auto *n = new QNetworkAccessManager(this);"_s << true;
    QTest::newRow("in a pointer") << 0 << u"std::make_unique<QNetworkAccessManager>()"_s << true;
    QTest::newRow("derived") << 0 << u"class X : public QNetworkAccessManager {"_s << true;
    QTest::newRow("passed on") << 0 << u"f(QNetworkAccessManager &network);"_s << false;
    QTest::newRow("kept") << 0 << u"std::unique_ptr<QNetworkAccessManager> m_n;"_s << false;
    QTest::newRow("declared") << 0 << u"class QNetworkAccessManager;"_s << false;
    QTest::newRow("spoken of") << 0 << u"// QNetworkAccessManager network;"_s << false;
    QTest::newRow("a server") << 1 << u"QTcpServer server;"_s << true;
    QTest::newRow("a server passed on") << 1 << u"void accept(QTcpServer &server);"_s << false;
    QTest::newRow("a socket") << 2 << u"QSslSocket socket(this);"_s << true;
    QTest::newRow("a socket on the heap") << 2 << u"new QUdpSocket"_s << true;
    QTest::newRow("a socket that calls") << 2 << u"m_socket->connectToHost(h, 80);"_s << true;
    QTest::newRow("a socket that was accepted")
        << 2 << u"while (QTcpSocket *socket = server.nextPendingConnection()) {"_s << false;
    QTest::newRow("a name looked up") << 3 << u"QHostInfo::lookupHost(h, this, f);"_s << true;
    QTest::newRow("the system's socket") << 4 << u"#include <sys/socket.h>"_s << true;
}

void tst_House::noticesADoorThatIsNew()
{
    QFETCH(int, door);
    QFETCH(QString, code);
    QTEST(isOpenedIn(doors().at(door), code), "isOpened");
}

void tst_House::hasNoSourceOutsideOfItsRooms()
{
    QCOMPARE(QDir(Root + u"/lib"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name),
             (QStringList{u"auth"_s, u"check"_s, u"core"_s, u"markdown"_s, u"net"_s, u"practice"_s,
                          u"providers"_s, u"storage"_s, u"syntax"_s}));
    QVERIFY(QDir(Root).entryList({u"*.cpp"_s, u"*.h"_s}, QDir::Files).isEmpty());
}

QTEST_GUILESS_MAIN(tst_House)
#include "tst_house.moc"
