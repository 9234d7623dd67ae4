// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/reportederror.h"

#include "core/quotation.h"
#include "core/utf8.h"
#include "providers/errorwords.h"
#include "providers/plaintext.h"
#include "providers/retrydelay.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! So much of a body that is no JSON is shown.
constexpr qsizetype ExcerptLimit = 200;
constexpr int NetworkAuthenticationRequired = 511;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

QString firstString(const QJsonObject &object, std::initializer_list<QLatin1StringView> keys)
{
    for (const QLatin1StringView key : keys) {
        if (const QJsonValue value = object[key]; value.isString()) {
            return value.toString();
        }
    }
    return {};
}

QJsonValue wordOrNumber(const QJsonValue &value)
{
    return value.isString() || value.isDouble() ? value : QJsonValue();
}

ReportedError fromFields(const QJsonObject &fields)
{
    ReportedError error;
    error.type = wordOrNumber(fields[fields["type"_L1].isString() ? "type"_L1 : "status"_L1]);
    error.code = wordOrNumber(fields["code"_L1]);
    error.message = firstString(fields, {"message"_L1, "detail"_L1});
    error.requestId = fields["request_id"_L1].toString();
    error.details = fields["details"_L1].toArray();
    return error;
}

std::optional<ReportedError> fromObject(const QJsonObject &object)
{
    const QJsonValue inner = object["error"_L1];
    std::optional<ReportedError> error;
    if (inner.isObject() && !inner.toObject().isEmpty()) {
        error = fromFields(inner.toObject());
    } else if (!inner.toString().isEmpty()) {
        error = fromFields(object);
        error->message = inner.toString();
        const QString description = firstString(object, {"error_description"_L1, "message"_L1});
        if (!description.isEmpty()) {
            error->code = error->code.isNull() ? inner : error->code;
            error->message = description;
        }
    } else if (const QJsonObject detail = object["detail"_L1].toObject(); !detail.isEmpty()) {
        error = fromFields(detail);
    } else if (object["type"_L1] == "error"_L1 || object["object"_L1] == "error"_L1) {
        error = fromFields(object);
    }
    if (error && error->requestId.isEmpty()) {
        error->requestId = object["request_id"_L1].toString();
    }
    return error;
}

QJsonValue parsed(const QByteArray &text)
{
    QJsonDocument document = QJsonDocument::fromJson(text);
    if (document.isNull()) {
        document = QJsonDocument::fromJson(repairUtf8(text));
    }
    return document.isArray() ? QJsonValue(document.array())
        : document.isObject() ? QJsonValue(document.object())
                              : QJsonValue();
}

//! A body that is no report: a gateway's page, usually. Its text without the tags.
ReportedError fromBody(const QByteArray &body, const QJsonValue &json)
{
    ReportedError error;
    if (json.isObject()) {
        error = fromFields(json.toObject());
    }
    if (error.message.isEmpty()) {
        constexpr qsizetype LookedThrough = 8 * 1024;
        static const QRegularExpression markup(
            u"<(style|script)\\b.*?</\\1>|<[^>]*>"_s,
            QRegularExpression::CaseInsensitiveOption
                | QRegularExpression::DotMatchesEverythingOption);
        const QString plain = decodeUtf8(body.left(LookedThrough));
        QString text = plain;
        text.replace(markup, u" "_s);
        error.isExcerpt = text != plain;
        error.message = plainText(text.simplified(), ExcerptLimit);
    }
    return error;
}

QString requestIdOf(const HttpReply &reply)
{
    for (const auto *name : {"x-request-id", "request-id"}) {
        if (const QByteArray value = headerValue(reply.headers, name); !value.isEmpty()) {
            return QString::fromUtf8(value);
        }
    }
    return {};
}

//! The provider's words, then its codes and the request id: what a support desk asks for.
QString detailOf(const ReportedError &error, int status)
{
    QStringList codes;
    if (status != 0) {
        codes.append(u"HTTP %1"_s.arg(status));
    }
    for (const QJsonValue &value : {error.type, error.code}) {
        const QString word
            = value.isDouble() ? QString::number(value.toInteger()) : value.toString();
        if (!word.isEmpty() && !codes.contains(word) && word != QString::number(status)) {
            codes.append(word);
        }
    }
    if (!error.requestId.isEmpty()) {
        codes.append(u"request id "_s + error.requestId);
    }
    constexpr qsizetype CodesLimit = 400;
    QStringList lines{plainText(error.message), plainText(codes.join(u", "_s), CodesLimit)};
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString reasonOf(const ReportedError &error)
{
    return error.isExcerpt ? QString() : shortened(plainText(error.message));
}

//! Statuses that no provider answers a question with: something on the way does.
std::optional<Error> fromTheNetwork(const HttpReply &reply, const QString &providerName)
{
    const QString status = u"HTTP %1"_s.arg(reply.status);
    if (reply.status >= 300 && reply.status < 400) {
        const QUrl target(QString::fromLatin1(headerValue(reply.headers, "location")));
        const QString host = plainText(target.host(), ExcerptLimit);
        return Error{
            Error::Kind::InvalidResponse,
            Tr::tr("%1 sends us to another address, where a key must not go.").arg(providerName),
            Tr::tr("A network login page or a wrong address can cause this."),
            host.isEmpty() ? status : status + u", "_s + host};
    }
    if (reply.status == NetworkAuthenticationRequired) {
        return Error{Error::Kind::Network,
                     Tr::tr("The network asks to be signed in to before it lets us through."),
                     Tr::tr("Open any page in the browser, sign in to the network, and try again."),
                     status};
    }
    return {};
}

//! Inside a stream `reply` has neither status nor headers.
Error describe(const ReportedError &reported, const HttpReply &reply, const ErrorReading &reading)
{
    Error error = describeError(reading.kindOf(reported, reply.status), reading.provider);
    error.reason = reasonOf(reported);
    error.detail = detailOf(reported, reply.status);
    if (waitingHelps(error.kind)) {
        error.retryAfter = retryDelay(reply.headers, reported);
    }
    if (reading.refine) {
        reading.refine(error, reported, reading.provider);
    }
    return error;
}

} // namespace

QString ReportedError::word() const { return code.isString() ? code.toString() : type.toString(); }

std::optional<ReportedError> reportedError(const QJsonValue &value)
{
    if (!value.isArray()) {
        return fromObject(value.toObject());
    }
    const QJsonArray array = value.toArray();
    for (const QJsonValue &element : array) {
        if (auto error = fromObject(element.toObject())) {
            return error;
        }
    }
    return {};
}

std::optional<ReportedError> strayError(QByteArrayView stray)
{
    const QByteArray text = stray.toByteArray();
    if (auto error = reportedError(parsed(text))) {
        return error;
    }
    // Other lost lines may stand before it: the body begins with a bracket at the start of a line.
    qsizetype lineStart = 0;
    while (lineStart < text.size()) {
        if (text.at(lineStart) == '{' || text.at(lineStart) == '[') {
            return reportedError(parsed(text.mid(lineStart)));
        }
        const qsizetype lineEnd = text.indexOf('\n', lineStart);
        lineStart = lineEnd < 0 ? text.size() : lineEnd + 1;
    }
    return {};
}

StreamFault fatalFault(const ReportedError &error, const ErrorReading &reading)
{
    return {true, describe(error, {}, reading), error.type, error.code,
            error.message.left(PlainTextLimit)};
}

ReportedError reportedErrorOf(const HttpReply &reply)
{
    const QJsonValue json = parsed(reply.body);
    ReportedError error = reportedError(json).value_or(fromBody(reply.body, json));
    if (error.requestId.isEmpty()) {
        error.requestId = requestIdOf(reply);
    }
    return error;
}

Error readErrorReply(const HttpReply &reply, const ErrorReading &reading)
{
    const auto error = fromTheNetwork(reply, reading.provider);
    return error ? *error : describe(reportedErrorOf(reply), reply, reading);
}

Error::Kind kindOfStatus(int status)
{
    switch (status) {
    case 401:
        return Error::Kind::AuthenticationRequired;
    case 402:
        return Error::Kind::QuotaExceeded;
    case 403:
        return Error::Kind::PermissionDenied;
    case 408:
    case 504:
        return Error::Kind::Timeout;
    case 413:
        return Error::Kind::TooLarge;
    case 429:
        return Error::Kind::RateLimited;
    case 502:
    case 503:
    case 529:
        return Error::Kind::Overloaded;
    default:
        break;
    }
    if (status >= 500) {
        return Error::Kind::ServerFailure;
    }
    return status >= 400 ? Error::Kind::InvalidRequest : Error::Kind::Unknown;
}

bool saysTooLong(const QString &message)
{
    static const QRegularExpression words(
        u"context (length|window)|prompt is too long|input is too long|exceeds? the maximum number of tokens|too many (input )?tokens"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(message.left(PlainTextLimit)).hasMatch();
}

} // namespace Maestro
