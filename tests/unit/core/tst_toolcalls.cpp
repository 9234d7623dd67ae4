// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/attachedfiletool.h"
#include "core/chatsession.h"
#include "core/currenttimetool.h"
#include "support/scriptedchat.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Test::ScriptedClient;

namespace {

//! Repeats what it is given, if the person allows it.
class EchoTool final : public Tool
{
public:
    explicit EchoTool(QList<QJsonObject> &ran)
        : m_ran(ran)
    { }
    FunctionDeclaration declaration() const override
    {
        return {u"echo"_s, u"Repeats."_s, {{u"type"_s, u"object"_s}}};
    }
    QString question(const QJsonObject &arguments) const override
    {
        return u"Repeat %1?"_s.arg(arguments["words"_L1].toString());
    }
    QFuture<Result<ToolOutput>> run(const QJsonObject &arguments) override
    {
        m_ran.append(arguments);
        const QString words = arguments["words"_L1].toString();
        return QtFuture::makeReadyFuture(
            words.isEmpty() ? Result<ToolOutput>(Error{Error::Kind::InvalidRequest, u"No words."_s})
                            : Result<ToolOutput>(ToolOutput{words}));
    }

private:
    QList<QJsonObject> &m_ran;
};

StreamMessages calls(const QList<std::pair<QString, QString>> &namesAndArguments)
{
    StreamMessages messages;
    int number = 0;
    for (const auto &[name, arguments] : namesAndArguments) {
        messages.append(FunctionCall{FunctionCall::Phase::Complete, number,
                                     u"call_%1"_s.arg(number), name, arguments});
        ++number;
    }
    messages.append(Done{Done::Ending::Complete, Done::Stop::ToolUse});
    return messages;
}

const StreamMessages Finished{Content{0, u"Well."_s}, Done{Done::Ending::Complete}};

} // namespace

//! The whole loop: a call, the person's word, the result, and the answer that goes on.
class tst_ToolCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void runsACallThatIsAllowedAndGoesOn();
    void tellsTheModelThatItWasNotAllowed();
    void answersWhatCannotBeRun_data();
    void answersWhatCannotBeRun();
    void asksOneCallAfterTheOther();
    void takesNoWordForAnotherCall();
    void stopsWhileItWaitsForThePerson();
    void leavesNoCallWithoutAResult();
    void doesNotRunTheCallsOfAnAnswerThatBroke();
    void endsAModelThatCallsForEver();
    void runsNothingWithoutTools();
    void tellsTheTime();
    void readsAttachedFilesAndNoOthers();
    void keepsNamesApart();

private:
    QList<FunctionResult> results() const;

    QList<QJsonObject> m_ran;
    std::unique_ptr<ScriptedClient> m_client;
    std::unique_ptr<ToolRegistry> m_tools;
    std::unique_ptr<ChatSession> m_session;
    std::unique_ptr<QSignalSpy> m_asked;
};

void tst_ToolCalls::init()
{
    m_ran.clear();
    m_asked.reset();
    m_session.reset();
    m_client = std::make_unique<ScriptedClient>();
    m_tools = std::make_unique<ToolRegistry>();
    QVERIFY(m_tools->add(std::make_unique<EchoTool>(m_ran)));
    QVERIFY(m_tools->add(std::make_unique<CurrentTimeTool>()));
    m_session = std::make_unique<ChatSession>(*m_client);
    m_session->setTools(m_tools.get());
    m_asked = std::make_unique<QSignalSpy>(m_session.get(), &ChatSession::toolPermissionAsked);
}

QList<FunctionResult> tst_ToolCalls::results() const
{
    QList<FunctionResult> found;
    for (const Turn &turn : m_session->conversation().turns) {
        if (const auto *result = std::get_if<FunctionResult>(&turn)) {
            found.append(*result);
        }
    }
    return found;
}

void tst_ToolCalls::runsACallThatIsAllowedAndGoesOn()
{
    QSignalSpy answering(m_session.get(), &ChatSession::answeringChanged);
    m_session->send(u"Hi"_s);
    QCOMPARE(m_client->requests.last().functions.size(), 2);
    m_client->current->end(calls({{u"echo"_s, u"{\"words\":\"a\"}"_s}}), std::nullopt);
    QVERIFY(m_session->isAnswering());
    QTRY_COMPARE(m_asked->size(), 1);
    QCOMPARE(m_asked->at(0).at(0).value<ToolQuestion>(),
             (ToolQuestion{u"call_0"_s, u"echo"_s, {{u"words"_s, u"a"_s}}, u"Repeat a?"_s}));
    QVERIFY(m_ran.isEmpty()); // not before the person's word
    m_session->allowTool(u"call_0"_s, true);
    QTRY_COMPARE(m_client->requests.size(), 2);
    QCOMPARE(std::get<FunctionResult>(m_client->requests.last().conversation.turns.last()),
             (FunctionResult{u"call_0"_s, u"echo"_s, u"a"_s, false}));
    m_client->current->end(Finished, std::nullopt);
    QCOMPARE(m_session->answer().text(), u"Well."_s);
    QCOMPARE(answering.size(), 2); // once for both rounds
    QVERIFY(!m_session->isAnswering());
}

void tst_ToolCalls::tellsTheModelThatItWasNotAllowed()
{
    m_session->send(u"Hi"_s);
    m_client->current->end(calls({{u"echo"_s, u"{}"_s}}), std::nullopt);
    QTRY_COMPARE(m_asked->size(), 1);
    m_session->allowTool(u"call_0"_s, false);
    QTRY_COMPARE(m_client->requests.size(), 2);
    QVERIFY(m_ran.isEmpty());
    QVERIFY(results().first().failed);
    QCOMPARE(results().first().output, u"The person did not allow this call."_s);
}

void tst_ToolCalls::answersWhatCannotBeRun_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("arguments");
    QTest::newRow("a tool that nobody has") << u"rm"_s << u"{}"_s;
    QTest::newRow("no name") << QString() << u"{}"_s;
    QTest::newRow("half of the arguments") << u"echo"_s << u"{\"words\":\"a"_s;
    QTest::newRow("arguments that are a list") << u"echo"_s << u"[1]"_s;
    QTest::newRow("arguments that are words") << u"echo"_s << u"please"_s;
}

void tst_ToolCalls::answersWhatCannotBeRun()
{
    QFETCH(QString, name);
    QFETCH(QString, arguments);
    m_session->send(u"Hi"_s);
    m_client->current->end(calls({{name, arguments}}), std::nullopt);
    QTRY_COMPARE(m_client->requests.size(), 2);
    QCOMPARE(results().size(), 1);
    QVERIFY(results().first().failed && results().first().output.endsWith(u'.'));
    QCOMPARE(results().first().callId, u"call_0"_s);
    QVERIFY(m_ran.isEmpty() && m_asked->isEmpty());
}

void tst_ToolCalls::asksOneCallAfterTheOther()
{
    m_session->send(u"Hi"_s);
    m_client->current->end(calls({{u"echo"_s, u"{\"words\":\"a\"}"_s},
                                  {u"current_time"_s, QString()},
                                  {u"echo"_s, u"{\"words\":\"\"}"_s}}),
                           std::nullopt);
    QTRY_COMPARE(m_asked->size(), 1);
    m_session->allowTool(u"call_0"_s, true);
    QTRY_COMPARE(m_asked->size(), 2);
    QCOMPARE(m_asked->at(1).at(0).value<ToolQuestion>().callId, u"call_2"_s);
    m_session->allowTool(u"call_2"_s, true);
    QTRY_COMPARE(m_client->requests.size(), 2);
    QCOMPARE(results().size(), 3);
    QVERIFY(!results().at(0).failed && !results().at(1).failed && results().at(2).failed);
    QCOMPARE(results().at(2).output, u"No words."_s);
}

void tst_ToolCalls::takesNoWordForAnotherCall()
{
    m_session->allowTool(u"call_0"_s, true);
    m_session->send(u"Hi"_s);
    m_session->allowTool(u"call_0"_s, true);
    m_client->current->end(calls({{u"echo"_s, u"{}"_s}}), std::nullopt);
    QTRY_COMPARE(m_asked->size(), 1);
    m_session->allowTool(u"call_1"_s, true);
    QVERIFY(m_ran.isEmpty());
    m_session->allowTool(u"call_0"_s, true);
    m_session->allowTool(u"call_0"_s, true);
    QTRY_COMPARE(m_client->requests.size(), 2);
    QCOMPARE(m_ran.size(), 1);
}

void tst_ToolCalls::stopsWhileItWaitsForThePerson()
{
    m_session->send(u"Hi"_s);
    m_client->current->end(calls({{u"echo"_s, u"{}"_s}, {u"echo"_s, u"{}"_s}}), std::nullopt);
    QTRY_COMPARE(m_asked->size(), 1);
    m_session->stop();
    QVERIFY(!m_session->isAnswering());
    m_session->allowTool(u"call_0"_s, true);
    QVERIFY(m_ran.isEmpty());
    QCOMPARE(results().size(), 2); // or the next question would be refused
    QVERIFY(results().at(0).failed && results().at(1).failed);
    QCOMPARE(m_client->requests.size(), 1);
}

void tst_ToolCalls::leavesNoCallWithoutAResult()
{
    m_session->send(u"Hi"_s);
    m_client->current->end(calls({{u"echo"_s, u"{}"_s}}), std::nullopt);
    QTRY_COMPARE(m_asked->size(), 1);
    m_session->clear();
    QVERIFY(m_session->conversation().turns.isEmpty() && !m_session->isAnswering());
    m_session->send(u"Anew"_s);
    QCOMPARE(m_client->requests.last().conversation.turns.size(), 1);
}

void tst_ToolCalls::doesNotRunTheCallsOfAnAnswerThatBroke()
{
    m_session->send(u"Hi"_s);
    StreamMessages messages = calls({{u"current_time"_s, u"{}"_s}});
    messages.last() = Done{Done::Ending::CutOff};
    m_client->current->end(messages, Error{Error::Kind::Interrupted, u"Broken."_s});
    QVERIFY(!m_session->isAnswering());
    QCOMPARE(m_client->requests.size(), 1);
    QVERIFY(results().size() == 1 && results().first().failed);
}

void tst_ToolCalls::endsAModelThatCallsForEver()
{
    m_session->send(u"Hi"_s);
    for (int request = 1; m_session->isAnswering() && request < 100; ++request) {
        QTRY_COMPARE(m_client->requests.size(), request);
        m_client->current->end(calls({{u"current_time"_s, u"{}"_s}}), std::nullopt);
    }
    QVERIFY(!m_session->isAnswering());
    QCOMPARE(m_client->requests.size(), 13);
    QCOMPARE(m_client->requests.at(11).toolChoice, ToolChoice::Auto);
    QCOMPARE(m_client->requests.last().toolChoice, ToolChoice::None);
    QCOMPARE(results().size(), 13);
    QVERIFY(results().last().failed);
}

void tst_ToolCalls::runsNothingWithoutTools()
{
    m_session->setTools(nullptr);
    m_session->send(u"Hi"_s);
    QVERIFY(m_client->requests.last().functions.isEmpty());
    m_client->current->end(calls({{u"current_time"_s, u"{}"_s}}), std::nullopt);
    QVERIFY(!m_session->isAnswering());
    QVERIFY(results().isEmpty());
}

void tst_ToolCalls::tellsTheTime()
{
    CurrentTimeTool tool;
    QVERIFY(tool.question({}).isEmpty());
    const QString text = tool.run({}).result()->text;
    QVERIFY2(text.contains(QString::number(QDateTime::currentDateTime().date().year())),
             qPrintable(text));
}

void tst_ToolCalls::readsAttachedFilesAndNoOthers()
{
    const QList<Attachment> attached{*makeAttachment(u"notes.txt"_s, "first"),
                                     *makeAttachment(u"dot.gif"_s, "GIF89a"),
                                     *makeAttachment(u"notes.txt"_s, "second")};
    AttachedFileTool tool([attached] { return attached; });
    const auto read = [&tool](const QString &name) {
        return tool.run({{u"name"_s, name}}).result();
    };
    QCOMPARE(read(u"notes.txt"_s)->text, u"second"_s);
    QVERIFY(!read(u"dot.gif"_s));
    for (const QString &other : {u"/etc/hostname"_s, u"../notes.txt"_s, QString()}) {
        QVERIFY(!read(other));
        QVERIFY(read(other).error().message.contains(u"notes.txt"_s));
    }
}

void tst_ToolCalls::keepsNamesApart()
{
    QVERIFY(!m_tools->add(std::make_unique<CurrentTimeTool>()));
    QCOMPARE(m_tools->declarations().size(), 2);
    m_tools->remove(u"echo"_s);
    QVERIFY(!m_tools->find(u"echo"_s));
    QVERIFY(m_tools->find(u"current_time"_s));
}

QTEST_GUILESS_MAIN(tst_ToolCalls)
#include "tst_toolcalls.moc"
