// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/compatibleprovider.h"

#include "providers/openai/chatstreamhandler.h"
#include "providers/openai/openaierrors.h"
#include "providers/openai/openaiprovider.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

constexpr qsizetype LongestAddress = 1024;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

Error wrongAddress(const QString &message)
{
    return {Error::Kind::InvalidRequest, message,
            Tr::tr("Type it like https://server.example/v1, or http://localhost:11434/v1.")};
}

bool isThisComputer(const QString &host)
{
    static const QRegularExpression loopback(
        u"^(localhost|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|::1)$"_s);
    return loopback.match(host).hasMatch();
}

//! "localhost:11434/v1" is how people write it.
QUrl parsed(const QString &text)
{
    if (text.contains("://"_L1)) {
        return QUrl(text, QUrl::StrictMode);
    }
    QUrl url(u"https://"_s + text, QUrl::StrictMode);
    if (isThisComputer(url.host())) {
        url.setScheme(u"http"_s);
    }
    return url;
}

//! Whatever is listed: what such a server calls its models says nothing of what they can do.
QStringList readCompatibleModels(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonArray list
        = document.isArray() ? document.array() : document.object()["data"_L1].toArray();
    QStringList models;
    for (const QJsonValue &model : list) {
        models.append(model["id"_L1].toString());
    }
    models.removeAll(QString());
    return models;
}

void refine(Error &error, const ReportedError &, const QString &server)
{
    if (error.kind == Error::Kind::AuthenticationRequired) {
        error.message = Tr::tr("%1 wants an API key, or another one.").arg(server);
        error.advice = Tr::tr("Enter a key of this server.");
    }
}

ErrorReading compatibleErrorReading(const QString &server) { return {server, errorKind, refine}; }

Error readCompatibleError(const Provider &provider, const HttpReply &reply)
{
    Error error = readErrorReply(reply, compatibleErrorReading(provider.name));
    if (reply.status >= 300 && reply.status < 400) {
        error.advice = Tr::tr("Type the address that it names, if you trust that one, too.");
    } else if (reply.status == 404 && error.kind != Error::Kind::ModelNotFound) {
        error.message = Tr::tr("%1 has nothing for us at this address.").arg(provider.name);
        error.advice = Tr::tr("Is the base address right? It usually ends in /v1.");
    }
    return error;
}

} // namespace

Result<QUrl> readBaseUrl(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty()) {
        return wrongAddress(Tr::tr("No address was given."));
    }
    const bool isOdd = std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.isSpace() || !c.isPrint() || c == u'\\';
    });
    QUrl url = parsed(text);
    if (isOdd || text.size() > LongestAddress || !url.isValid() || url.host().isEmpty()
        || url.port() == 0) {
        return wrongAddress(Tr::tr("That is not the address of a server."));
    }
    if (!url.userInfo().isEmpty()) {
        return wrongAddress(Tr::tr("The address must not contain a user name or password."));
    }
    if (url.hasQuery() || url.hasFragment()) {
        return wrongAddress(Tr::tr("The address must end before any ? or #."));
    }
    if (url.scheme() != "https"_L1 && !(url.scheme() == "http"_L1 && isThisComputer(url.host()))) {
        return wrongAddress(
            Tr::tr("The address must begin with https, or with http on this computer."));
    }
    if (url.port() == (url.scheme() == "https"_L1 ? 443 : 80)) {
        url.setPort(-1);
    }
    url = url.adjusted(QUrl::NormalizePathSegments);
    while (url.path().endsWith(u'/')) {
        url.setPath(url.path().chopped(1));
    }
    // From its wire form, so that it is shown as it is called.
    return QUrl::fromEncoded(url.toEncoded(), QUrl::StrictMode);
}

Provider compatibleProvider(const QUrl &baseUrl)
{
    Provider provider = chatProvider();
    provider.id = CompatibleId;
    provider.name = QString::fromLatin1(baseUrl.toEncoded(
        QUrl::RemoveScheme | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment));
    provider.name.remove("//"_L1);
    provider.baseUrl = baseUrl;
    provider.models.clear();
    provider.keyPrefix.clear();
    provider.makeStreamHandler = [](const Provider &row) -> std::unique_ptr<StreamHandler> {
        return std::make_unique<ChatStreamHandler>(compatibleErrorReading(row.name));
    };
    provider.readError = readCompatibleError;
    provider.readModels = readCompatibleModels;
    return provider;
}

} // namespace Maestro::OpenAi
