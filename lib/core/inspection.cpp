// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspection.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Inspection)
};

//! Files in base64 say nothing to a person; texts do, for a good many pages.
constexpr qsizetype LongestBase64 = 200;
constexpr qsizetype LongestText = 100'000;
constexpr qsizetype ShownOfBase64 = 60;
//! A shell takes 128 KiB in one word; what is longer goes in by its standard input.
constexpr qsizetype LongestWord = 100'000;

bool isBase64(const QString &text)
{
    const qsizetype begin = text.startsWith("data:"_L1) ? text.indexOf(u',') + 1 : 0;
    return std::all_of(text.begin() + begin, text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
            || c == u'+' || c == u'/' || c == u'=' || c == u'-' || c == u'_';
    });
}

QString shortened(const QString &text)
{
    if (text.size() > LongestBase64 && isBase64(text)) {
        return text.first(ShownOfBase64)
            + Tr::tr(" … (%1 characters in all)").arg(QLocale().toString(text.size()));
    }
    if (text.size() > LongestText) {
        return text.first(LongestText)
            + Tr::tr(" … (%1 characters in all)").arg(QLocale().toString(text.size()));
    }
    return text;
}

//! The recursion is as deep as what we wrote ourselves.
QJsonValue shortened(const QJsonValue &value)
{
    if (value.isString()) {
        return shortened(value.toString());
    }
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (QJsonValueRef element : array) {
            element = shortened(QJsonValue(element));
        }
        return array;
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            *member = shortened(QJsonValue(*member));
        }
        return object;
    }
    return value;
}

QJsonDocument bodyOf(const InspectedRequest &inspected, InspectedLength length)
{
    const QJsonObject body = QJsonDocument::fromJson(inspected.request.body).object();
    return QJsonDocument(length == InspectedLength::Whole ? body
                                                          : shortened(QJsonValue(body)).toObject());
}

//! In single quotes, where nothing but their own kind means anything to a shell.
QString quoted(const QString &text)
{
    QString inside = text;
    return u'\'' + inside.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString headerWord(const HttpHeader &header, const QByteArray &credential)
{
    const QString line = QString::fromUtf8(header.name + ": " + header.value);
    const QString variable = QString::fromLatin1(credential);
    const qsizetype at = credential.isEmpty() ? -1 : line.indexOf(variable);
    // The variable has to be outside of single quotes to be one.
    return at < 0 ? quoted(line)
                  : quoted(line.first(at)) + u'"' + variable + u'"'
            + (at + variable.size() < line.size() ? quoted(line.sliced(at + variable.size()))
                                                  : QString());
}

} // namespace

std::optional<InspectedRequest> inspect(const AskedQuestion &asked)
{
    if (!asked.provider.makeChatRequest || asked.request.model.isEmpty()) {
        return std::nullopt;
    }
    InspectedRequest inspected;
    inspected.request = asked.provider.makeChatRequest(asked.provider, asked.request);
    inspected.credential = asked.account.type == AccountKey::Type::OAuth ? "$TOKEN" : "$API_KEY";
    const Credential stand{asked.account.type == AccountKey::Type::OAuth
                               ? Credential::Type::OAuthToken
                               : Credential::Type::ApiKey,
                           Secret(inspected.credential)};
    if (asked.provider.authorize) {
        inspected.request.headers += asked.provider.authorize(stand);
    }
    return inspected;
}

QString inspectedJson(const InspectedRequest &inspected, InspectedLength length)
{
    return QString::fromUtf8(bodyOf(inspected, length).toJson(QJsonDocument::Indented));
}

QString inspectedCurl(const InspectedRequest &inspected, InspectedLength length)
{
    const HttpRequest &request = inspected.request;
    QString text = u"curl --no-buffer -X "_s + QString::fromLatin1(request.method) + u' '
        + quoted(QString::fromLatin1(request.url.toEncoded()));
    for (const HttpHeader &header : request.headers) {
        text += u" \\\n  -H "_s + headerWord(header, inspected.credential);
    }
    const QString body = length == InspectedLength::Whole
        ? QString::fromUtf8(request.body)
        : QString::fromUtf8(bodyOf(inspected, length).toJson(QJsonDocument::Compact));
    // JSON on one line holds no line of its own that could end the document early.
    return body.size() <= LongestWord
        ? text + u" \\\n  --data-raw "_s + quoted(body) + u'\n'
        : text + u" \\\n  --data-binary @- <<'END_OF_REQUEST'\n"_s + body + u"\nEND_OF_REQUEST\n"_s;
}

} // namespace Maestro
