// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"

#include <QRandomGenerator>

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;

//! What holds for the handlers of all providers alike.
class tst_StreamHandlers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void giveTheSameMessagesForEverySplit_data() { recordings(); }
    void giveTheSameMessagesForEverySplit();
    void neverCompleteAnythingOfAStreamThatWasCutOff_data() { recordings(); }
    void neverCompleteAnythingOfAStreamThatWasCutOff();
    void skipAMalformedEventAndGoOn_data() { recordings(); }
    void skipAMalformedEventAndGoOn();
    void ignoreWhatTheyDoNotKnow_data() { recordings(); }
    void ignoreWhatTheyDoNotKnow();
    void replaceBytesThatAreNoUtf8_data() { recordings(); }
    void replaceBytesThatAreNoUtf8();
    void surviveWrongTypesInEveryField_data() { recordings(); }
    void surviveWrongTypesInEveryField();
    void surviveNoise_data() { recordings(); }
    void surviveNoise();
    void endAnEmptyStreamAsCutOff_data() { recordings(); }
    void endAnEmptyStreamAsCutOff();

private:
    static void recordings();
    static bool endsOnceAndLast(const StreamMessages &messages);
};

namespace {

const QByteArray BlankLine = "\n\n";

QList<QByteArray> eventsOf(QByteArray bytes)
{
    bytes.replace("\r\n", "\n");
    QList<QByteArray> events;
    for (qsizetype from = 0; from < bytes.size();) {
        const qsizetype end = bytes.indexOf(BlankLine, from);
        events.append(bytes.mid(from, end + BlankLine.size() - from));
        from = end + BlankLine.size();
    }
    return events;
}

//! Every value of the tree in turn replaced by `wrong`.
QList<QJsonValue> withEachValueWrong(const QJsonValue &value, const QJsonValue &wrong)
{
    QList<QJsonValue> variants{wrong};
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            const QList<QJsonValue> inner = withEachValueWrong(member.value(), wrong);
            for (const QJsonValue &variant : inner) {
                QJsonObject changed = object;
                changed.insert(member.key(), variant);
                variants.append(changed);
            }
        }
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            const QList<QJsonValue> inner = withEachValueWrong(array.at(i), wrong);
            for (const QJsonValue &variant : inner) {
                QJsonArray changed = array;
                changed.replace(i, variant);
                variants.append(changed);
            }
        }
    }
    return variants;
}

QByteArray textOf(const QJsonValue &value)
{
    return value.isObject() ? QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)
        : value.isArray()   ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                            : QByteArray("0");
}

} // namespace

void tst_StreamHandlers::recordings() { addRecordings(); }

bool tst_StreamHandlers::endsOnceAndLast(const StreamMessages &messages)
{
    return only<Done>(messages).size() == 1 && std::holds_alternative<Done>(messages.last());
}

#define FETCH_RECORDING                                                                            \
    QFETCH(QString, file);                                                                         \
    QFETCH(QByteArray, id);                                                                        \
    QFETCH(QByteArray, api);                                                                       \
    const Provider provider = providerOf(id.constData(), api.constData());                         \
    const QByteArray bytes = recording(file)

void tst_StreamHandlers::giveTheSameMessagesForEverySplit()
{
    FETCH_RECORDING;
    const StreamMessages whole = decode(provider, bytes);
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        StreamDecoder decoder(provider);
        StreamMessages messages = decoder.feed(QByteArrayView(bytes).first(cut));
        messages += decoder.feed(QByteArrayView(bytes).sliced(cut));
        messages += decoder.finish();
        QVERIFY2(messages == whole, qPrintable(u"cut at byte %1"_s.arg(cut)));
    }
    for (const qsizetype chunk : {1, 2, 3, 7}) {
        QVERIFY2(decode(provider, bytes, chunk) == whole, qPrintable(u"chunks of %1"_s.arg(chunk)));
    }
}

void tst_StreamHandlers::neverCompleteAnythingOfAStreamThatWasCutOff()
{
    FETCH_RECORDING;
    const QList<QByteArray> events = eventsOf(bytes);
    for (qsizetype count = 0; count < events.size(); ++count) {
        const StreamMessages messages = decode(provider, events.first(count).join());
        QVERIFY(endsOnceAndLast(messages));
        const Done done = std::get<Done>(messages.last());
        // Chat says everything with the finish reason but the usage; "[DONE]" may be lost.
        const bool isWhole = done.stopReason == "tool_calls"_L1;
        QCOMPARE(done.ending, isWhole ? Done::Ending::Complete : Done::Ending::CutOff);
        QCOMPARE(completedCalls(messages).isEmpty(), !isWhole);
    }
}

void tst_StreamHandlers::skipAMalformedEventAndGoOn()
{
    FETCH_RECORDING;
    const QList<QByteArray> events = eventsOf(bytes);
    const StreamMessages whole = decode(provider, events.join());
    for (const QByteArray &bad : {QByteArray("data: {\"type\":\"respo"), QByteArray("data: [1,2]"),
                                  QByteArray("data: 7"), QByteArray("data: <html>")}) {
        for (qsizetype at = 0; at < events.size() - 1; ++at) {
            QList<QByteArray> disturbed = events;
            disturbed.insert(at, bad + BlankLine);
            StreamMessages messages = decode(provider, disturbed.join());
            const QList<StreamFault> faults = only<StreamFault>(messages);
            QCOMPARE(faults.size(), 1);
            QVERIFY(!faults.first().fatal);
            QCOMPARE(faults.first().error.kind, Error::Kind::InvalidResponse);
            messages.removeIf([](const StreamMessage &message) {
                return std::holds_alternative<StreamFault>(message);
            });
            QVERIFY(areSame(messages, whole));
        }
    }
}

void tst_StreamHandlers::ignoreWhatTheyDoNotKnow()
{
    FETCH_RECORDING;
    const QList<QByteArray> events = eventsOf(bytes);
    const StreamMessages whole = decode(provider, events.join());
    for (const QByteArray &strange : {QByteArray("event: ping\ndata: {\"type\": \"ping\"}"),
                                      QByteArray(": comment"), QByteArray("data:"),
                                      QByteArray("event: news\ndata: "
                                                 "{\"type\":\"news\",\"index\":0,\"delta\":{"
                                                 "\"type\":\"future_delta\",\"text\":\"?\"}}")}) {
        QList<QByteArray> disturbed = events;
        for (qsizetype at = events.size() - 1; at >= 0; --at) {
            disturbed.insert(at, strange + BlankLine);
        }
        QVERIFY(areSame(decode(provider, disturbed.join()), whole));
    }
}

void tst_StreamHandlers::replaceBytesThatAreNoUtf8()
{
    FETCH_RECORDING;
    QByteArray broken = bytes;
    broken.replace("schaue", "sch\xFFue");
    const StreamMessages messages = decode(provider, broken);
    QVERIFY(only<StreamFault>(messages).isEmpty());
    QVERIFY(answerOf(messages).text().startsWith(u"Ich sch\uFFFDue für"_s));
}

void tst_StreamHandlers::surviveWrongTypesInEveryField()
{
    FETCH_RECORDING;
    const QList<QByteArray> events = eventsOf(bytes);
    const QList<QJsonValue> wrongs{QJsonValue(),
                                   true,
                                   -1,
                                   1e300,
                                   u"text"_s,
                                   QJsonArray{1, QJsonArray{}, QJsonObject{}},
                                   QJsonObject{{u"type"_s, 1}}};
    for (qsizetype at = 0; at < events.size(); ++at) {
        const qsizetype data = events.at(at).indexOf("data: ") + 6;
        const QJsonDocument document = QJsonDocument::fromJson(events.at(at).mid(data));
        if (!document.isObject()) {
            continue;
        }
        for (const QJsonValue &wrong : wrongs) {
            const QList<QJsonValue> variants = withEachValueWrong(document.object(), wrong);
            for (const QJsonValue &variant : variants) {
                QList<QByteArray> disturbed = events;
                disturbed[at] = events.at(at).left(data) + textOf(variant) + BlankLine;
                const StreamMessages messages = decode(provider, disturbed.join());
                QVERIFY(endsOnceAndLast(messages));
                QVERIFY(answerOf(messages).done());
            }
        }
    }
}

void tst_StreamHandlers::surviveNoise()
{
    FETCH_RECORDING;
    QRandomGenerator random(20261122);
    for (int round = 0; round < 300; ++round) {
        QByteArray noisy = bytes;
        for (int i = 0; i < 1 + round / 10; ++i) {
            noisy[random.bounded(noisy.size())] = static_cast<char>(random.bounded(256));
        }
        QVERIFY(endsOnceAndLast(decode(provider, noisy, 1 + round)));
    }
    for (const char bracket : {'[', '{'}) {
        QByteArray deep = "data: ";
        for (int i = 0; i < 100'000; ++i) {
            deep += bracket == '[' ? "[" : "{\"a\":";
        }
        QVERIFY(endsOnceAndLast(decode(provider, deep + BlankLine)));
        QVERIFY(endsOnceAndLast(decode(provider, deep.mid(6)))); // as a stray body
    }
}

void tst_StreamHandlers::endAnEmptyStreamAsCutOff()
{
    FETCH_RECORDING;
    Q_UNUSED(bytes)
    QCOMPARE(decode(provider, QByteArray()), (StreamMessages{Done{}}));
}

QTEST_GUILESS_MAIN(tst_StreamHandlers)
#include "tst_streamhandlers.moc"
