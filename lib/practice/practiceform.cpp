// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceform.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

constexpr int MaxParameters = 50;

Error badRequest(const QString &message)
{
    return {.kind = Error::Kind::InvalidRequest, .message = message};
}

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::optional<QString> decode(QByteArray text)
{
    for (qsizetype at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
        if (at + 2 >= text.size() || !isHexDigit(text[at + 1]) || !isHexDigit(text[at + 2])) {
            return std::nullopt;
        }
    }
    text.replace('+', ' ');
    QStringDecoder utf8(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    QString decoded = utf8(QByteArray::fromPercentEncoding(text));
    return utf8.hasError() ? std::nullopt : std::optional(std::move(decoded));
}

} // namespace

Result<Parameters> readForm(const QByteArray &form)
{
    Parameters parameters;
    const QList<QByteArray> pairs = form.isEmpty() ? QList<QByteArray>() : form.split('&');
    if (pairs.size() > MaxParameters) {
        return badRequest(u"The request has too many parameters."_s);
    }
    for (const QByteArray &pair : pairs) {
        const qsizetype equals = pair.indexOf('=');
        const auto name = decode(equals < 0 ? pair : pair.first(equals));
        const auto value = decode(equals < 0 ? QByteArray() : pair.sliced(equals + 1));
        if (!name || !value) {
            return badRequest(u"A parameter is not encoded correctly."_s);
        }
        if (parameters.contains(*name)) {
            return badRequest(u"The parameter “%1” comes more than once."_s.arg(name->left(40)));
        }
        parameters.insert(*name, *value);
    }
    return parameters;
}

Result<Parameters> readJsonForm(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        return badRequest(u"The body is not a JSON object."_s);
    }
    Parameters parameters;
    const QJsonObject object = document.object();
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member->isString()) {
            parameters.insert(member.key(), member->toString());
        }
    }
    return parameters;
}

QByteArray writeForm(const QList<Parameter> &parameters)
{
    QByteArrayList pairs;
    for (const Parameter &parameter : parameters) {
        pairs.append(QUrl::toPercentEncoding(parameter.name) + '='
                     + QUrl::toPercentEncoding(parameter.value));
    }
    return pairs.join('&');
}

} // namespace Maestro::Practice
