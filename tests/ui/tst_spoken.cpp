// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

//! Listens to an answer as a screen reader does: over the accessibility bus, from another program.
//! Only on the desktop of desktop.sh.
class tst_Spoken : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void onTextChanged(const QDBusMessage &event);
    void onStateChanged(const QDBusMessage &event);

private Q_SLOTS:
    void initTestCase();
    void hearsAnAnswerSentenceBySentence();
    void tellsWhatItIs();
    void readsTheTextWithItsRoles();
    void movesTheCaretAndSelects();
    void tellsWhatTabReached();
    void cleanupTestCase();

private:
    QVariantList call(const QString &interface, const QString &method,
                      const QVariantList &arguments = {});
    QVariant property(const QString &interface, const QString &name);
    QMap<QString, QString> attributesAt(int offset);
    void say(const QByteArray &text);

    QDBusConnection m_bus{QString()};
    QProcess m_program;
    QString m_service;
    QString m_path;
    QStringList m_pieces; //!< as each was announced
    QString m_heard;
    QString m_focused; //!< the path of what got the focus last
};

namespace {

const QString Text = u"org.a11y.atspi.Text"_s;
const QString Accessible = u"org.a11y.atspi.Accessible"_s;
const QString Action = u"org.a11y.atspi.Action"_s;
//! ATSPI_ROLE_DOCUMENT_FRAME and so on
constexpr uint DocumentFrame = 82;
constexpr uint PushButton = 43;
constexpr uint Link = 88;

} // namespace

void tst_Spoken::onTextChanged(const QDBusMessage &event)
{
    const QVariantList arguments = event.arguments();
    if (arguments.value(0).toString() == u"insert"_s) {
        m_service = event.service();
        m_path = event.path();
        m_pieces.append(arguments.value(3).value<QDBusVariant>().variant().toString());
        m_heard += m_pieces.last();
    }
}

void tst_Spoken::onStateChanged(const QDBusMessage &event)
{
    const QVariantList arguments = event.arguments();
    if (arguments.value(0).toString() == u"focused"_s && arguments.value(1).toInt() == 1) {
        m_focused = event.path();
    }
}

QVariantList tst_Spoken::call(const QString &interface, const QString &method,
                              const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_service, m_path, interface, method);
    message.setArguments(arguments);
    const QDBusMessage reply = m_bus.call(message);
    if (reply.type() != QDBusMessage::ReplyMessage) {
        qWarning("%s: %s", qPrintable(method), qPrintable(reply.errorMessage()));
    }
    return reply.arguments();
}

QVariant tst_Spoken::property(const QString &interface, const QString &name)
{
    const QVariantList reply
        = call(u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {interface, name});
    return reply.value(0).value<QDBusVariant>().variant();
}

QMap<QString, QString> tst_Spoken::attributesAt(int offset)
{
    return qdbus_cast<QMap<QString, QString>>(
        call(Text, u"GetAttributes"_s, {offset}).value(0).value<QDBusArgument>());
}

void tst_Spoken::say(const QByteArray &text) { m_program.write(text + '\n'); }

void tst_Spoken::initTestCase()
{
    const QDBusConnection session = QDBusConnection::sessionBus();
    QDBusMessage ask = QDBusMessage::createMethodCall(u"org.a11y.Bus"_s, u"/org/a11y/bus"_s,
                                                      u"org.a11y.Bus"_s, u"GetAddress"_s);
    const QString address = session.call(ask).arguments().value(0).toString();
    QVERIFY(!address.isEmpty());
    QDBusMessage enable = QDBusMessage::createMethodCall(
        u"org.a11y.Bus"_s, u"/org/a11y/bus"_s, u"org.freedesktop.DBus.Properties"_s, u"Set"_s);
    enable.setArguments(
        {u"org.a11y.Status"_s, u"IsEnabled"_s, QVariant::fromValue(QDBusVariant(true))});
    QCOMPARE(session.call(enable).type(), QDBusMessage::ReplyMessage);
    m_bus = QDBusConnection::connectToBus(address, u"reader"_s);
    QVERIFY(m_bus.isConnected());
    QDBusMessage listen = QDBusMessage::createMethodCall(
        u"org.a11y.atspi.Registry"_s, u"/org/a11y/atspi/registry"_s, u"org.a11y.atspi.Registry"_s,
        u"RegisterEvent"_s);
    for (const QString &event :
         {u"object:text-changed:insert"_s, u"object:state-changed:focused"_s}) {
        listen.setArguments({event});
        // The registry may still be on its way.
        QTRY_COMPARE(m_bus.call(listen).type(), QDBusMessage::ReplyMessage);
    }
    QVERIFY(m_bus.connect(QString(), QString(), u"org.a11y.atspi.Event.Object"_s, u"StateChanged"_s,
                          this, SLOT(onStateChanged(QDBusMessage))));
    QVERIFY(m_bus.connect(QString(), QString(), u"org.a11y.atspi.Event.Object"_s, u"TextChanged"_s,
                          this, SLOT(onTextChanged(QDBusMessage))));
    m_program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_program.start(QStringLiteral(SPOKEN_ANSWER), {u"-platform"_s, u"xcb"_s});
    QVERIFY(m_program.waitForStarted());
}

void tst_Spoken::hearsAnAnswerSentenceBySentence()
{
    // The program has to find its reader first.
    QTRY_VERIFY_WITH_TIMEOUT((say("Ready. "), m_heard.contains(u"Ready. "_s)), 20000);
    say("\\n\\n# Title\\n\\nA sentence. It goes on wi");
    QTRY_VERIFY(m_heard.endsWith(u"Title\nA sentence. "_s));
    m_heard.clear();
    m_pieces.clear();
    say("thout a stop. And");
    QTRY_COMPARE(m_pieces, QStringList{u"It goes on without a stop. "_s});
    say(" **then** it ends.\\n\\n```cpp\\nint a;\\n```\\n\\n- [a link](https://x.example)");
    say({});
    QTRY_VERIFY(m_heard.endsWith(u"And then it ends.\nint a;\na link"_s));
    QVERIFY(!m_heard.contains(u"question"_s));
}

void tst_Spoken::tellsWhatItIs()
{
    QCOMPARE(call(Accessible, u"GetRole"_s).value(0).toUInt(), DocumentFrame);
    QCOMPARE(property(Accessible, u"Name"_s).toString(), u"Conversation"_s);
    const QStringList interfaces = call(Accessible, u"GetInterfaces"_s).value(0).toStringList();
    QVERIFY(interfaces.contains(Text));
}

void tst_Spoken::readsTheTextWithItsRoles()
{
    const QString all = call(Text, u"GetText"_s, {0, -1}).value(0).toString();
    QCOMPARE(property(Text, u"CharacterCount"_s).toInt(), static_cast<int>(all.size()));
    QVERIFY(all.startsWith(u"question\n"_s));
    QVERIFY(all.endsWith(u"And then it ends.\nint a;\na link\n"_s));
    const auto at = [&](const QString &words) { return static_cast<int>(all.lastIndexOf(words)); };
    const QMap<QString, QString> heading = attributesAt(static_cast<int>(all.indexOf(u"Title"_s)));
    const QMap<QString, QString> plain = attributesAt(at(u"it ends"_s));
    QVERIFY(heading.contains(u"weight"_s));
    QVERIFY(heading.value(u"size"_s).toDouble() > plain.value(u"size"_s).toDouble());
    QVERIFY(!plain.contains(u"weight"_s));
    QVERIFY(attributesAt(at(u"then"_s)).contains(u"weight"_s));
    QVERIFY(attributesAt(at(u"int a;"_s)).value(u"family-name"_s) != plain.value(u"family-name"_s));
    QVERIFY(attributesAt(at(u"a link"_s)).contains(u"underline"_s));
}

void tst_Spoken::movesTheCaretAndSelects()
{
    QVERIFY(call(Text, u"SetCaretOffset"_s, {9}).value(0).toBool());
    QCOMPARE(property(Text, u"CaretOffset"_s).toInt(), 9);
    QVERIFY(call(Text, u"AddSelection"_s, {9, 14}).value(0).toBool());
    const QVariantList selection = call(Text, u"GetSelection"_s, {0});
    QCOMPARE(selection, (QVariantList{9, 14}));
}

void tst_Spoken::tellsWhatTabReached()
{
    const QString transcript = m_path;
    const auto press = [&] {
        m_focused.clear();
        say("Tab");
        QTRY_VERIFY(!m_focused.isEmpty());
        m_path = m_focused;
    };
    press();
    QCOMPARE(call(Accessible, u"GetRole"_s).value(0).toUInt(), PushButton);
    QCOMPARE(property(Accessible, u"Name"_s).toString(), u"Wrap"_s);
    QVERIFY(call(Action, u"DoAction"_s, {0}).value(0).toBool());
    QTRY_COMPARE(property(Accessible, u"Name"_s).toString(), u"Do not wrap"_s);
    press();
    QCOMPARE(property(Accessible, u"Name"_s).toString(), u"Copy code"_s);
    press();
    QCOMPARE(call(Accessible, u"GetRole"_s).value(0).toUInt(), Link);
    QCOMPARE(property(Accessible, u"Name"_s).toString(), u"a link"_s);
    QCOMPARE(property(Accessible, u"Description"_s).toString(), u"https://x.example"_s);
    m_path = transcript;
}

void tst_Spoken::cleanupTestCase()
{
    m_program.terminate();
    QVERIFY(m_program.waitForFinished());
}

QTEST_GUILESS_MAIN(tst_Spoken)
#include "tst_spoken.moc"
