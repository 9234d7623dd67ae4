// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"
#include "streamsummary.h"

#include <QDir>

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;

//! Streams of the real providers against what their own libraries make of them.
class tst_RecordedStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void amountToWhatTheProvidersLibrariesMakeOfThem_data();
    void amountToWhatTheProvidersLibrariesMakeOfThem();
};

namespace {

QJsonValue orNull(const QJsonValue &value)
{
    return value.toString().isEmpty() && !value.isObject() ? QJsonValue() : value;
}

//! The members that both have, in one form: no text is null, and of a call what is compared.
QJsonObject comparable(const QJsonObject &summary)
{
    QJsonArray calls;
    const QJsonArray all = summary["function_calls"_L1].toArray();
    for (const QJsonValue &call : all) {
        calls.append(QJsonObject{{u"id"_s, call["id"_L1]},
                                 {u"name"_s, call["name"_L1]},
                                 {u"arguments"_s, call["arguments"_L1]}});
    }
    QJsonObject usage = summary["usage"_L1].toObject();
    usage.remove("cache_write"_L1);
    return {{u"text"_s, summary["text"_L1]},
            {u"reasoning"_s, summary["reasoning"_L1]},
            {u"refusal"_s, orNull(summary["refusal"_L1])},
            {u"function_calls"_s, calls},
            {u"usage"_s, usage},
            {u"stop_reason"_s, orNull(summary["stop_reason"_L1])},
            {u"error"_s, summary["error"_L1]},
            {u"terminal_seen"_s, summary["terminal_seen"_L1]}};
}

Provider providerOfApi(const QString &api)
{
    const bool isOpenAi = api == "responses"_L1 || api == "chat"_L1;
    return isOpenAi ? findProvider(allProviders(), u"openai", api).value()
                    : findProvider(allProviders(), api).value();
}

} // namespace

void tst_RecordedStreams::amountToWhatTheProvidersLibrariesMakeOfThem_data()
{
    QTest::addColumn<QJsonObject>("expected");
    QFile file(QStringLiteral(MAESTRO_STREAMS "/expected.jsonl"));
    if (!file.open(QIODevice::ReadOnly)) {
        QSKIP("The recorded streams are not here.");
    }
    while (!file.atEnd()) {
        const QJsonObject expected = object(file.readLine());
        const QString name = expected["file"_L1].toString();
        if (QFile::exists(QStringLiteral(MAESTRO_STREAMS "/open/") + name)) {
            QTest::newRow(qPrintable(name)) << expected;
        }
    }
}

void tst_RecordedStreams::amountToWhatTheProvidersLibrariesMakeOfThem()
{
    QFETCH(QJsonObject, expected);
    const QString name = expected["file"_L1].toString();
    QFile file(QStringLiteral(MAESTRO_STREAMS "/open/") + name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const Provider provider = providerOfApi(expected["api"_L1].toString());

    const DecoderOptions options{DecoderOptions::JsonReasoning::KeepAsText};
    const StreamMessages whole = decode(provider, bytes, 0, options);
    QCOMPARE(comparable(Cli::summarize(answerOf(whole))), comparable(expected));
    QCOMPARE(only<Done>(whole).size(), 1);
    QVERIFY(std::holds_alternative<Done>(whole.last()));
    for (const qsizetype chunk : {1, 7, 4096}) {
        QVERIFY2(decode(provider, bytes, chunk, options) == whole,
                 qPrintable(u"in chunks of %1"_s.arg(chunk)));
    }
}

QTEST_GUILESS_MAIN(tst_RecordedStreams)
#include "tst_recordedstreams.moc"
