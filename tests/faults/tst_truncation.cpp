// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "unit/providers/decoding.h"

#include <QDir>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;

//! Recorded streams cut at every event and at random bytes: an answer is complete only where the
//! provider's final event is inside, and what is kept is what was there.
class tst_Truncation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isCompleteOnlyWithItsFinalEvent_data();
    void isCompleteOnlyWithItsFinalEvent();
};

namespace {

constexpr int RandomCuts = 200;

Provider providerOfApi(const QString &api)
{
    const bool isOpenAi = api == "responses"_L1 || api == "chat"_L1;
    return isOpenAi ? findProvider(allProviders(), u"openai", api).value()
                    : findProvider(allProviders(), api).value();
}

//! Where the first line ends that says it is the end, in the provider's own words. Found in the
//! bytes, not by what is tested.
qsizetype endOfFinalLine(const QString &api, const QByteArray &bytes)
{
    static const QHash<QString, QString> marks{
        {u"responses"_s, u"\"type\"\\s*:\\s*\"response\\.(completed|incomplete)\""_s},
        {u"chat"_s, u"\"finish_reason\"\\s*:\\s*\"|\\[DONE\\]"_s},
        {u"anthropic"_s, u"\"type\"\\s*:\\s*\"message_stop\""_s},
        {u"gemini"_s, u"\"(finishReason|blockReason)\"\\s*:\\s*\""_s},
    };
    const QRegularExpressionMatch match
        = QRegularExpression(marks.value(api)).match(QString::fromLatin1(bytes));
    if (!match.hasMatch()) {
        return bytes.size() + 1;
    }
    qsizetype end = match.capturedEnd();
    while (end < bytes.size() && bytes[end] != '\n' && bytes[end] != '\r') {
        ++end;
    }
    return end;
}

QList<qsizetype> cutsOf(const QByteArray &bytes)
{
    QList<qsizetype> cuts;
    for (qsizetype at = 0; (at = bytes.indexOf('\n', at)) >= 0; ++at) {
        const bool isBlank = at > 0 && (bytes[at - 1] == '\n' || bytes.mid(at - 3, 3) == "\r\n\r");
        if (isBlank) {
            cuts.append(at + 1);
        }
    }
    QRandomGenerator random(4711);
    for (int i = 0; i < RandomCuts && !bytes.isEmpty(); ++i) {
        cuts.append(random.bounded(bytes.size()));
    }
    return cuts;
}

} // namespace

void tst_Truncation::isCompleteOnlyWithItsFinalEvent_data()
{
    QTest::addColumn<QString>("api");
    QTest::addColumn<QString>("path");
    const QString here = QStringLiteral(MAESTRO_RECORDINGS "/");
    QTest::newRow("here: responses") << u"responses"_s << here + u"openai-responses.sse"_s;
    QTest::newRow("here: chat") << u"chat"_s << here + u"openai-chat.sse"_s;
    QTest::newRow("here: anthropic") << u"anthropic"_s << here + u"anthropic.sse"_s;
    QTest::newRow("here: gemini") << u"gemini"_s << here + u"gemini.sse"_s;

    QFile file(QStringLiteral(MAESTRO_STREAMS "/expected.jsonl"));
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    while (!file.atEnd()) {
        const QJsonObject expected = object(file.readLine());
        const QString name = expected["file"_L1].toString();
        const QString path = QStringLiteral(MAESTRO_STREAMS "/open/") + name;
        if (QFile::exists(path)) {
            QTest::newRow(qPrintable(name)) << expected["api"_L1].toString() << path;
        }
    }
}

void tst_Truncation::isCompleteOnlyWithItsFinalEvent()
{
    QFETCH(QString, api);
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const Provider provider = providerOfApi(api);
    const DecoderOptions options{DecoderOptions::JsonReasoning::KeepAsText};
    const qsizetype finalEnd = endOfFinalLine(api, bytes);
    const StreamMessages all = decode(provider, bytes, 0, options);
    const QString whole = answerOf(all).text();
    const bool isCorrected = std::any_of(all.begin(), all.end(), [](const StreamMessage &message) {
        const auto *content = std::get_if<Content>(&message);
        return content && content->replacesPart;
    });

    const QList<qsizetype> cuts = cutsOf(bytes);
    for (const qsizetype cut : cuts) {
        const StreamMessages messages
            = decode(provider, QByteArrayView(bytes).first(cut), 0, options);
        const QByteArray where = "cut after " + QByteArray::number(cut) + " bytes";
        QVERIFY2(only<Done>(messages).size() == 1, where.constData());
        const auto *done = std::get_if<Done>(&messages.last());
        QVERIFY2(done, where.constData());
        QVERIFY2(done->ending != Done::Ending::Complete || cut >= finalEnd, where.constData());
        const Answer answer = answerOf(messages);
        QVERIFY2(isCorrected || whole.startsWith(answer.text()), where.constData());
        if (done->ending == Done::Ending::CutOff) {
            // A call that was cut off must not be run.
            for (const FunctionCall &call : completedCalls(messages)) {
                QVERIFY2(call.executor == FunctionCall::Executor::Provider, where.constData());
            }
            QVERIFY2(answer.skippedEvents() <= answerOf(all).skippedEvents(), where.constData());
        }
    }
}

QTEST_GUILESS_MAIN(tst_Truncation)
#include "tst_truncation.moc"
